/** Whether a class is named by one of the patterns: its id, or `group/*`. */
export function isNamedBy(id: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === id || pattern === '*' || (pattern.endsWith('/*') && id.startsWith(pattern.slice(0, -1))),
  );
}
