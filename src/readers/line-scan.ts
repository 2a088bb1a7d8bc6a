import { BIT_SHIFT, BUCKET_SHIFT, type Grams, type LiteralBytes } from './line-grams.ts';
import { FOLD, HASH_FACTOR } from './line-hash.ts';

/** Told of a literal and where it begins; returns where to go on, when what comes before that is of no interest. */
type Found = (literal: number, at: number) => number;

/**
 * Finds literals in bytes[from, to), which end with a line feed; they come in the order of their lines. Looks at every
 * fourth window, four in one step: most steps end there.
 */
function findLiterals(grams: Grams, bytes: Buffer, from: number, to: number, found: Found): void {
  const { bits } = grams;
  const words = wordsOf(bytes.buffer);
  const base = bytes.byteOffset;
  const end = (base + to) >> 2;
  let skip = from;
  let i = (base + from) >> 2;
  for (; i + 3 < end; i += 4) {
    const a = Math.imul((words[i] as number) | FOLD, HASH_FACTOR) >>> BIT_SHIFT;
    const b = Math.imul((words[i + 1] as number) | FOLD, HASH_FACTOR) >>> BIT_SHIFT;
    const c = Math.imul((words[i + 2] as number) | FOLD, HASH_FACTOR) >>> BIT_SHIFT;
    const d = Math.imul((words[i + 3] as number) | FOLD, HASH_FACTOR) >>> BIT_SHIFT;
    const inA = (bits[a >>> 5] as number) >>> a;
    const inB = (bits[b >>> 5] as number) >>> b;
    const inC = (bits[c >>> 5] as number) >>> c;
    const inD = (bits[d >>> 5] as number) >>> d;
    if (((inA | inB | inC | inD) & 1) === 0) continue;
    const at = (i << 2) - base;
    if (inA & 1) skip = compare(grams, words[i] as number, words[i + 1] ?? 0, bytes, skip, to, at, found);
    if (inB & 1)
      skip = compare(grams, words[i + 1] as number, words[i + 2] ?? 0, bytes, skip, to, at + 4, found);
    if (inC & 1)
      skip = compare(grams, words[i + 2] as number, words[i + 3] ?? 0, bytes, skip, to, at + 8, found);
    if (inD & 1)
      skip = compare(grams, words[i + 3] as number, words[i + 4] ?? 0, bytes, skip, to, at + 12, found);
  }
  for (; i < end; i++)
    skip = compare(grams, words[i] as number, words[i + 1] ?? 0, bytes, skip, to, (i << 2) - base, found);
}

/**
 * Compares the literals that may stand around the window at `at`, by the word there and the next one first; returns
 * where those may begin that are still of interest.
 */
function compare(
  { buckets, next, windows, behinds, literalOf, offsets, literals }: Grams,
  word: number,
  nextWord: number,
  bytes: Buffer,
  from: number,
  to: number,
  at: number,
  found: Found,
): number {
  let skip = from;
  const window = word | FOLD;
  let place = buckets[Math.imul(window, HASH_FACTOR) >>> BUCKET_SHIFT] as number;
  for (; place >= 0; place = next[place] as number) {
    if (windows[place] !== window) continue;
    if (behinds[place] !== 0 && behinds[place] !== (nextWord | FOLD)) continue;
    const literal = literalOf[place] as number;
    const start = at - (offsets[place] as number);
    if (stands(literals[literal] as LiteralBytes, bytes, start, skip, to)) skip = found(literal, start);
  }
  return skip;
}

function stands(
  { bytes: literal, either }: LiteralBytes,
  bytes: Buffer,
  start: number,
  from: number,
  to: number,
) {
  if (start < from || start + literal.length > to) return false;
  for (let i = 0; i < literal.length; i++)
    if (((bytes[start + i] as number) | (either[i] as number)) !== literal[i]) return false;
  return true;
}

const FEED = 0x0a;

/**
 * Told of a line that may hold a literal: how many lines are before it, where it stands, and the number of its shape when
 * it has one: a line that differs in numbers only has the same, until a line of another shape takes it over as its own.
 */
export type LineFound = (
  line: number,
  from: number,
  to: number,
  shape: number | undefined,
  isNew: boolean,
) => void;

/** Looks for literals in text that ends with a line feed. */
export type LineSearch = {
  /** Finds all lines with literals in bytes[from, to); returns how many lines they are. */
  lines(bytes: Buffer, from: number, to: number, found: LineFound): number;
  /** The literals that stand in bytes[from, to), each once. */
  literals(bytes: Buffer, from: number, to: number): readonly number[];
};

/** The search for machines without SIMD, and what the other one is held against: it tells no shapes. */
export function plainSearch(grams: Grams): LineSearch {
  return {
    lines(bytes, from, to, found) {
      let lines = 0;
      let open = from;
      findLiterals(grams, bytes, from, to, (_, at) => {
        const lineFrom = Math.max(open, bytes.lastIndexOf(FEED, at) + 1);
        const lineTo = bytes.indexOf(FEED, at);
        lines += countLines(bytes, open, lineFrom);
        found(lines++, lineFrom, lineTo, undefined, false);
        open = lineTo + 1;
        return open;
      });
      return lines + countLines(bytes, open, to);
    },
    literals: (bytes, from, to) => literalsIn(grams, bytes, from, to),
  };
}

/** The literals that stand in bytes[from, to), which end with a line feed, each once. */
export function literalsIn(grams: Grams, bytes: Buffer, from: number, to: number): readonly number[] {
  const found = new Set<number>();
  findLiterals(grams, bytes, from, to, (literal) => {
    found.add(literal);
    return from;
  });
  return [...found];
}

/** How many line feeds are in bytes[from, to). */
function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(FEED, from); at >= 0 && at < to; at = bytes.indexOf(FEED, at + 1)) count++;
  return count;
}

let lastBuffer: ArrayBufferLike | undefined;
let lastWords: Int32Array = new Int32Array(0);

/** The words of a buffer; small files ask for those of the same buffer again and again. */
function wordsOf(buffer: ArrayBufferLike): Int32Array {
  if (buffer !== lastBuffer) {
    lastBuffer = buffer;
    lastWords = new Int32Array(buffer, 0, buffer.byteLength >> 2);
  }
  return lastWords;
}
