/** Reads one value of untrusted JSON or YAML: the value in the shape that is promised, or the shape's empty value. */
export type Shape<T> = (value: unknown) => T;

/** The type that a shape promises. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

const EMPTY_LIST: readonly never[] = Object.freeze([]);
const EMPTY_MAP: Readonly<Record<string, never>> = Object.freeze(
  Object.create(null) as Record<string, never>,
);

/** A string; numbers and booleans that YAML made of an unquoted string become strings again. */
export const text: Shape<string | undefined> = (value) => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** A finite number. */
export const number: Shape<number | undefined> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A boolean. */
export const flag: Shape<boolean | undefined> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A list, empty when there is none; members that have not the item's shape are left out. */
export function list<T>(item: Shape<T>): Shape<readonly NonNullable<T>[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0) return EMPTY_LIST;
    // A list that grows member by member takes room for sixteen more.
    const items = value.map(item);
    return items.every(isThere) ? items : items.filter(isThere);
  };
}

function isThere<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

/** A map from any name, or from the wanted ones, to values of one shape, without a prototype; empty when there is none. */
export function map<T>(
  item: Shape<T>,
  wanted?: ReadonlySet<string>,
): Shape<Readonly<Record<string, NonNullable<T>>>> {
  return (value) => {
    if (!isRecord(value)) return EMPTY_MAP;
    const names = Object.keys(value).filter((name) => wanted?.has(name) ?? true);
    if (names.length === 0) return EMPTY_MAP;
    const entries: Record<string, NonNullable<T>> = Object.create(null) as Record<string, NonNullable<T>>;
    for (const name of names) {
      const shaped = item(value[name]);
      if (isThere(shaped)) entries[name] = shaped;
    }
    return entries;
  };
}

/** The names of a map's entries, never their values: for what may hold secrets. */
export const keys: Shape<readonly string[]> = (value) =>
  isRecord(value) ? Object.keys(value) : (EMPTY_LIST as readonly string[]);

/** An object with the named fields, or nothing when the value is no object. */
export function record<F extends { readonly [K in keyof F]: Shape<unknown> }>(
  fields: F,
): Shape<{ readonly [K in keyof F]: Shaped<F[K]> } | undefined> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  // V8 takes an object for a dictionary, three times as large, when it is given many fields one by one.
  const blank = Object.fromEntries(shapes.map(([name]) => [name, undefined]));
  return (value) => {
    if (!isRecord(value)) return undefined;
    const result: Record<string, unknown> = { ...blank };
    for (const [name, shape] of shapes)
      result[name] = shape(Object.hasOwn(value, name) ? value[name] : undefined);
    return result as { readonly [K in keyof F]: Shaped<F[K]> };
  };
}

/** As `record`, but a missing object reads as one whose every field is missing. */
export function section<F extends { readonly [K in keyof F]: Shape<unknown> }>(
  fields: F,
): Shape<{ readonly [K in keyof F]: Shaped<F[K]> }> {
  const shape = record(fields);
  const empty = Object.freeze(shape({})) as { readonly [K in keyof F]: Shaped<F[K]> };
  return (value) => shape(value) ?? empty;
}

/** So many values of one shape are held to be shared, the longer ones not. */
const HELD = 256;
const LONGEST_HELD = 4096;

/**
 * As the shape, but what reads the same is the same value: most of what pods hold was copied from the template that they
 * were made of, and a large cluster would not fit into memory otherwise.
 */
export function shared<T extends object | undefined>(shape: Shape<T>): Shape<T> {
  const held = new Map<string, T>();
  return (value) => {
    const read = shape(value);
    if (read === undefined || Object.isFrozen(read)) return read;
    const said = JSON.stringify(read);
    const same = held.get(said);
    if (same || said.length > LONGEST_HELD) return same ?? read;
    if (held.size === HELD) held.clear();
    held.set(said, read);
    return read;
  };
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
