/** An object of unknown fields, as JSON and YAML have it. */
export type Fields = Readonly<Record<string, unknown>>;

/** The same fields with their values changed; the very same when no value is another. */
export function changedFields(fields: Fields, change: (value: unknown, name: string) => unknown): Fields {
  let isChanged = false;
  const entries: [string, unknown][] = [];
  for (const name of Object.keys(fields)) {
    const value = change(fields[name], name);
    isChanged ||= value !== fields[name];
    entries.push([name, value]);
  }
  // Entries, because `__proto__` in JSON is a field like any other.
  return isChanged ? Object.fromEntries(entries) : fields;
}

/** The same list with its items changed; the very same when no item is another. */
export function changedList(
  list: readonly unknown[],
  change: (item: unknown) => unknown,
): readonly unknown[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}

/** Whether a value is such an object, and neither a list nor nothing. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
