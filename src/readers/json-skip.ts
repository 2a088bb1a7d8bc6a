/** Where a run through nested JSON stands; begins with `depth` 1 behind the opening bracket. */
export type Nesting = {
  depth: number;
  /** The deepest it has been. */
  deepest: number;
  inString: boolean;
  /** The last byte was a backslash in a string. */
  escaped: boolean;
};

/** A run that begins behind an opening bracket. */
export function openNesting(): Nesting {
  return { depth: 1, deepest: 1, inString: false, escaped: false };
}

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/** Outside of strings: what opens is +1, what closes -1, a quote 2. */
const STEP = new Int8Array(256);
STEP[0x5b] = STEP[0x7b] = 1;
STEP[0x5d] = STEP[0x7d] = -1;
STEP[QUOTE] = 2;

/** Runs on from `at` until the opening bracket is closed (depth 0) or the bytes end; returns where it stopped. */
export function skipNested(bytes: Buffer, at: number, nesting: Nesting): number {
  const end = bytes.length;
  let { depth, deepest } = nesting;
  let i = at;
  if (nesting.inString) i = skipString(bytes, i, nesting);
  while (i < end) {
    const step = STEP[bytes[i] as number] as number;
    i++;
    if (step === 0) continue;
    if (step === 2) {
      nesting.inString = true;
      i = skipString(bytes, i, nesting);
    } else {
      depth += step;
      if (depth > deepest) deepest = depth;
      if (depth === 0) break;
    }
  }
  nesting.depth = depth;
  nesting.deepest = deepest;
  return i;
}

/** Runs on to behind the closing quote or to the end of the bytes. */
export function skipString(bytes: Buffer, at: number, nesting: Nesting): number {
  const end = bytes.length;
  let i = at;
  if (nesting.escaped && i < end) {
    nesting.escaped = false;
    i++;
  }
  for (; i < end; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      nesting.inString = false;
      return i + 1;
    }
    if (byte === BACKSLASH) {
      if (i + 1 === end) nesting.escaped = true;
      i++;
    }
  }
  return end;
}
