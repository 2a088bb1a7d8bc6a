import type { Text } from './common.ts';
import type { Draft } from './draft.ts';
import { readEvents } from './events.ts';
import { KINDS, kindOf } from './kinds.ts';
import { splitObjects } from './outline.ts';

/** An object or event that a text describes, as the API would give it, and the line of each of its fields. */
export type Described = {
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly lines: ReadonlyMap<string, number>;
  /** Whether it is only shown in the description of another object, which leaves most of it out. */
  readonly aside: boolean;
};

/**
 * Reads what `kubectl describe` printed of any objects, one or many. Ages are counted back from `time`, in
 * milliseconds since 1970. What kind an object is, its text tells; `expected` decides where that was cut off.
 */
export function describedObjects(text: string, time: number | undefined, expected?: string): Described[] {
  return splitObjects(text).flatMap((outline) => {
    const kind = kindOf(outline) ?? expected;
    return kind ? describe({ kind, outline, time }) : [];
  });
}

function describe(text: Text): Draft[] {
  const drafts = (KINDS.get(text.kind)?.read ?? []).flatMap((read) => read(text) ?? []);
  return [...drafts, ...readEvents(text)];
}
