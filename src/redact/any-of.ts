/** The source of an expression that finds any of these texts, the longest first, so that none hides one that holds it. */
export function anyOf(texts: Iterable<string>): string {
  return [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[^\w]/g, '\\$&'))
    .join('|');
}
