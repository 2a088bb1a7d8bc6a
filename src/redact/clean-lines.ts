/** Longer lines seldom come again. */
const LONGEST = 160;
/** Lines that are remembered, until all are forgotten. */
const MOST = 50_000;

/** Remembers lines that were found to hold no secret. */
type CleanLines = { has(line: string): boolean; add(line: string): void };

/** An empty memory of some megabytes. */
export function createCleanLines(): CleanLines {
  const lines = new Set<string>();
  return {
    has: (line) => line.length <= LONGEST && lines.has(line),
    add(line) {
      if (line.length > LONGEST) return;
      if (lines.size >= MOST) lines.clear();
      // A copy: a part of a text would keep the whole text.
      lines.add(Buffer.from(line).toString());
    },
  };
}
