import type { Text } from './common.ts';
import type { Draft } from './draft.ts';
import { readEvents } from './events.ts';
import { KINDS, kindOf } from './kinds.ts';
import { saidAt, splitObjects } from './outline.ts';

/** An object or event that a text describes, as the API would give it, and the line of each of its fields. */
export type Described = {
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly lines: ReadonlyMap<string, number>;
  /** Whether it is only shown in the description of another object, which leaves most of it out. */
  readonly aside: boolean;
};

/** Whether an object is known better than a description could tell. */
export type IsKnown = (kind: string, namespace: string | undefined, name: string | undefined) => boolean;

/**
 * Reads what `kubectl describe` printed of any objects, one or many. Ages are counted back from `time`, in
 * milliseconds since 1970. What kind an object is, its text tells; `expected` decides where that was cut off.
 * Of an object that is known only the rest is read: its events, and what is shown aside.
 */
export function describedObjects(
  text: string,
  time: number | undefined,
  expected?: string,
  isKnown: IsKnown = () => false,
): Described[] {
  return splitObjects(text).flatMap((outline) => {
    const kind = kindOf(outline) ?? expected;
    return kind ? describe({ kind, outline, time }, isKnown) : [];
  });
}

function describe(text: Text, isKnown: IsKnown): Draft[] {
  const { kind, outline } = text;
  const readers = KINDS.get(kind)?.read ?? [];
  const known = isKnown(kind, saidAt(outline, 'Namespace'), saidAt(outline, 'Name'));
  // The first reader of a kind reads the object itself.
  const drafts = readers.slice(known ? 1 : 0).flatMap((read) => read(text) ?? []);
  return [...drafts, ...readEvents(text)];
}
