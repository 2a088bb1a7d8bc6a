/** Fills `{{name}}` with its value, on one line; where none is known the name stays, in angle brackets, for the reader to fill. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(
    /\{\{\s*(\w+)\s*\}\}/g,
    (_, name: string) => (Object.hasOwn(values, name) && values[name]?.replace(/\s+/g, ' ')) || `<${name}>`,
  );
}
