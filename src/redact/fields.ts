/** An object of unknown fields, as JSON and YAML have it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is such an object, and neither a list nor nothing. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
