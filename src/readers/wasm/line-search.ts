// AssemblyScript, a kind of TypeScript: scripts/generate.mjs compiles it to WebAssembly, line-simd.ts runs it.

/** What the flags at a hash say: a window that counts only with the next one, one that always counts, such a pair. */
export const WITH_NEXT: i32 = 1;
export const ALWAYS: i32 = 2;
export const PAIR: i32 = 4;

/** As in line-hash.ts. */
const FOLD: i32 = 0x20202020;
const HASH_FACTOR: i32 = <i32>0x9e3779b1;
/** Makes the window behind a window part of the hash of both. */
export const NEXT_FACTOR: i32 = <i32>0x85ebca6b;
export const FLAG_BITS: i32 = 18;
export const BUCKET_BITS: i32 = 13;
const SHAPE_BITS: i32 = 13;
/** Longer lines have no shape. */
const LONGEST: i32 = 1024;
/** Text that is looked through at a time. */
export const TEXT_BYTES: i32 = 256 * 1024;
/** The shortest line that is found has a literal of five bytes and its line feed. */
const MOST_FOUND: i32 = TEXT_BYTES / 6 + 1;
/** Numbers that are asked for: a byte, and three digits behind it. */
const TOLD_BY: i32 = 3;
const VALUES: i32 = 1000;

/** Where everything stands in memory. */
export const FLAGS: i32 = 64 * 1024;
export const BUCKETS: i32 = FLAGS + (1 << FLAG_BITS);
export const TOLD: i32 = BUCKETS + (4 << BUCKET_BITS);
const SHAPE_LENGTHS: i32 = TOLD + 256 * 1024;
const SHAPES: i32 = SHAPE_LENGTHS + (4 << SHAPE_BITS);
/** The shape of the line at hand. */
const SHAPE: i32 = SHAPES + (LONGEST << SHAPE_BITS);
/** Of each line that was found, as words: its number, its beginning, its end, its shape. */
export const FOUND: i32 = SHAPE + LONGEST;
/** Of each group that is likely: where it stands, and the line feeds before it. */
const GROUPS: i32 = FOUND + (MOST_FOUND << 4);
const GROUP_BYTES: i32 = 8;
export const TEXT: i32 = GROUPS + (((TEXT_BYTES / 16 + 1) * GROUP_BYTES + 15) & ~15);
/** Behind the text there is room for the last group. */
export const PLACES: i32 = TEXT + TEXT_BYTES + 1024;

/** Added to a shape that is seen for the first time, or again after another one took its place. */
export const NEW_SHAPE: i32 = 1 << SHAPE_BITS;
const NO_SHAPE: i32 = -1;

const FEED: i32 = 0x0a;

/** How many lines the text has that `scan` looked through. */
export let lines: i32 = 0;

/**
 * Finds the lines with literals in text of this size, which ends with a line feed; returns how many they are. Groups of
 * four windows are sifted twice without a branch, as the processor could not foresee which way that goes.
 */
export function scan(size: i32): i32 {
  const end = TEXT + size;
  const likely = likelyGroups(end);
  let found = FOUND;
  /** The first line that is still of interest. */
  let open = TEXT;
  for (let group = GROUPS; group < likely; group += GROUP_BYTES) {
    const at = load<i32>(group);
    while (open < at + 16) {
      const literal = literalIn(at, open, end);
      if (literal < 0) break;
      const from = lineStart(open, literal);
      const to = lineEnd(literal);
      store<i32>(found, load<i32>(group, 4) + feedsBetween(at, from));
      store<i32>(found, from - TEXT, 4);
      store<i32>(found, to - TEXT, 8);
      store<i32>(found, shapeOf(from, to), 12);
      found += 16;
      open = to + 1;
    }
  }
  return (found - FOUND) >> 4;
}

/** Lists the groups of which a window may belong to a literal, each with the number of line feeds before it. */
function likelyGroups(end: i32): i32 {
  let group = GROUPS;
  let feeds = 0;
  for (let at = TEXT; at < end; at += 16) {
    const text = v128.load(at);
    const hashes = hashesOf(text);
    const ab = i64x2.extract_lane(hashes, 0);
    const cd = i64x2.extract_lane(hashes, 1);
    const known =
      flags(<i32>(<u32>ab >>> (32 - FLAG_BITS))) |
      flags(<i32>(<u64>ab >>> (64 - FLAG_BITS))) |
      flags(<i32>(<u32>cd >>> (32 - FLAG_BITS))) |
      flags(<i32>(<u64>cd >>> (64 - FLAG_BITS)));
    store<i32>(group, at);
    store<i32>(group, feeds, 4);
    group += select<i32>(GROUP_BYTES, 0, (known & (ALWAYS | WITH_NEXT)) !== 0);
    feeds += popcnt(feedMask(text));
  }
  lines = feeds;
  const all = group;
  group = GROUPS;
  for (let next = GROUPS; next < all; next += GROUP_BYTES) {
    const at = load<i32>(next);
    store<i64>(group, load<i64>(next));
    group += select<i32>(GROUP_BYTES, 0, countingIn(at) !== 0);
  }
  return group;
}

function hashesOf(text: v128): v128 {
  return i32x4.mul(v128.or(text, i32x4.splat(FOLD)), i32x4.splat(HASH_FACTOR));
}

/** A byte for each window of a group: whether it may belong to a literal, with the window behind it. */
function countingIn(at: i32): i32 {
  const hashes = hashesOf(v128.load(at));
  const nexts = i32x4.mul(v128.or(v128.load(at, 4), i32x4.splat(FOLD)), i32x4.splat(NEXT_FACTOR));
  const places = i32x4.shr_u(hashes, 32 - FLAG_BITS);
  const pairs = i32x4.shr_u(i32x4.add(hashes, nexts), 32 - FLAG_BITS);
  return (
    counting(i32x4.extract_lane(places, 0), i32x4.extract_lane(pairs, 0)) |
    (counting(i32x4.extract_lane(places, 1), i32x4.extract_lane(pairs, 1)) << 8) |
    (counting(i32x4.extract_lane(places, 2), i32x4.extract_lane(pairs, 2)) << 16) |
    (counting(i32x4.extract_lane(places, 3), i32x4.extract_lane(pairs, 3)) << 24)
  );
}

/** Where a literal begins of which a window stands in the group; -1 where none does. */
function literalIn(group: i32, open: i32, end: i32): i32 {
  let literal = -1;
  const counts = countingIn(group);
  for (let at = group, left = counts; left !== 0 && literal < 0; at += 4, left = <i32>(<u32>left >>> 8))
    if ((left & 0xff) !== 0) literal = literalAt(load<i32>(at) | FOLD, at, open, end);
  return literal;
}

function flags(hash: i32): i32 {
  return <i32>load<u8>(FLAGS + hash);
}

function counting(window: i32, pair: i32): i32 {
  return flags(window) & (ALWAYS | (flags(pair) >>> 2));
}

/** Compares the literals with this window: a place is its window, the one behind, where in the literal, literal, length, next. */
function literalAt(window: i32, at: i32, open: i32, end: i32): i32 {
  const bucket = <u32>(window * HASH_FACTOR) >>> (32 - BUCKET_BITS);
  for (let place = load<i32>(BUCKETS + (bucket << 2)); place !== 0; place = load<i32>(place, 20)) {
    if (load<i32>(place) !== window) continue;
    const behind = load<i32>(place, 4);
    if (behind !== 0 && behind !== (load<i32>(at, 4) | FOLD)) continue;
    const start = at - load<i32>(place, 8);
    const length = load<i32>(place, 16);
    if (start >= open && start + length <= end && stands(load<i32>(place, 12), length, start)) return start;
  }
  return -1;
}

/** Behind the bytes of a literal stand as many that say which bits of the text do not matter. */
function stands(literal: i32, length: i32, start: i32): bool {
  for (let i = 0; i < length; i++)
    if ((load<u8>(start + i) | load<u8>(literal + length + i)) !== load<u8>(literal + i)) return false;
  return true;
}

function feedsBetween(from: i32, to: i32): i32 {
  let count = 0;
  for (let at = from; at < to; at++) if (load<u8>(at) === FEED) count++;
  return count;
}

function lineStart(open: i32, at: i32): i32 {
  let from = at;
  while (from > open && load<u8>(from - 1) !== FEED) from--;
  return from;
}

function lineEnd(at: i32): i32 {
  let to = at;
  let feeds = feedMask(v128.load(to));
  while (feeds === 0) {
    to += 16;
    feeds = feedMask(v128.load(to));
  }
  return to + ctz(feeds);
}

/** A bit for each byte that is a line feed. */
function feedMask(group: v128): i32 {
  return i8x16.bitmask(i8x16.eq(group, i8x16.splat(<i8>FEED)));
}

/** The number of the line's shape: the line with zeros for its digits, but those that are asked for or behind a letter. */
function shapeOf(from: i32, to: i32): i32 {
  const length = to - from;
  if (length > LONGEST) return NO_SHAPE;
  const hash = maskLine(from, length);
  const shape = (hash ^ (hash >>> 16)) & ((1 << SHAPE_BITS) - 1);
  const known = SHAPES + shape * LONGEST;
  const lengthAt = SHAPE_LENGTHS + (shape << 2);
  if (load<i32>(lengthAt) === length && isSame(known, SHAPE, length)) return shape;
  store<i32>(lengthAt, length);
  memory.copy(known, SHAPE, length);
  return shape | NEW_SHAPE;
}

function isSame(one: i32, other: i32, length: i32): bool {
  let i = 0;
  for (; i + 8 <= length; i += 8) if (load<i64>(one + i) !== load<i64>(other + i)) return false;
  for (; i < length; i++) if (load<u8>(one + i) !== load<u8>(other + i)) return false;
  return true;
}

/** Writes the shape of a line and returns a hash of it. */
function maskLine(from: i32, length: i32): i32 {
  let hash = 0;
  /** Digits of the number at hand, and their value. */
  let count = 0;
  let value = 0;
  let staying = false;
  for (let i = 0; i < length; i++) {
    let byte = <i32>load<u8>(from + i);
    const digit = byte - 0x30;
    if (<u32>digit > 9) {
      staying = <u32>((byte | 0x20) - 0x61) < 26;
      count = value = 0;
    } else if (!staying) {
      count++;
      if (count <= TOLD_BY) value = value * 10 + digit;
      staying = count === TOLD_BY && i >= TOLD_BY && isTold(from + i, value);
      if (!staying) byte = 0x30;
      else {
        store<u8>(SHAPE + i - 1, load<u8>(from + i - 1));
        store<u8>(SHAPE + i - 2, load<u8>(from + i - 2));
        hash ^= value;
      }
    }
    store<u8>(SHAPE + i, byte);
    hash = (hash ^ byte) * 0x01000193;
  }
  return hash;
}

/** Whether a number that begins with these three digits, the last of them at a place, is asked for behind the byte before it. */
function isTold(at: i32, value: i32): bool {
  return load<u8>(TOLD + <i32>load<u8>(at - TOLD_BY) * VALUES + value) !== 0;
}
