/** What stands where a secret was; the collector writes the same form. */
const MARK = /^\[?(?:REDACTED|DROPPED)-[a-z-]+-[0-9a-z-]+\]?$/;
const LEADING = /^\[(?:REDACTED|DROPPED)-[a-z-]+-[0-9a-z-]+\]/;

/** So many different secrets are told apart; further ones share the number 0. */
const MOST_SECRETS = 200_000;

/** Replaces secrets by marks, counts them, and remembers them for as long as the run lasts. */
export type Marker = {
  /** The mark of a secret: the same secret has the same number wherever it is found. */
  mark(kind: string, secret: string): string;
  /** The mark of something that is left out as a whole and tells nothing but its size. */
  drop(kind: string, text: string): string;
  counts(): ReadonlyMap<string, number>;
  /** The secrets that were found; never to be shown. */
  secrets(): Iterable<string>;
};

/** A marker that has seen nothing yet. Numbers, and not hashes, so that a mark tells nothing of the secret. */
export function createMarker(): Marker {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  function numberOf(secret: string): number {
    const known = numbers.get(secret);
    if (known !== undefined) return known;
    if (numbers.size >= MOST_SECRETS) return 0;
    numbers.set(secret, numbers.size + 1);
    return numbers.size;
  }
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    mark(kind, secret) {
      count(kind);
      return `[REDACTED-${kind}-${numberOf(secret)}]`;
    },
    drop(kind, text) {
      count(kind);
      return `[DROPPED-${kind}-${text.length}-bytes]`;
    },
    counts: () => counts,
    secrets: () => numbers.keys(),
  };
}

/** Whether a text is nothing but a mark; YAML reads one without quotes as a list, so that its brackets are gone. */
export function isMark(text: string): boolean {
  return MARK.test(text);
}

/** The mark that a text begins with, or the empty string. */
export function leadingMark(text: string): string {
  return LEADING.exec(text)?.[0] ?? '';
}
