// AssemblyScript, a kind of TypeScript: scripts/generate.mjs compiles it to WebAssembly, line-simd.ts runs it.

/** As in line-hash.ts. */
const FOLD: i32 = 0x20202020;
const HASH_FACTOR: i32 = <i32>0x9e3779b1;
export const WINDOW_BITS: i32 = 18;
export const BUCKET_BITS: i32 = 13;
const SHAPE_BITS: i32 = 13;
/** Longer lines have no shape. */
const LONGEST: i32 = 1024;
/** Text that is looked through at a time. */
export const TEXT_BYTES: i32 = 256 * 1024;
/** The shortest line that is found has a literal of five bytes and its line feed. */
const MOST_FOUND: i32 = TEXT_BYTES / 6 + 1;
/** Numbers that are asked for: a byte, and one of so many values of three digits behind it. */
const VALUES: i32 = 1000;

// Where everything stands in memory.

/** For the hash of each window a bit for each of the eight kinds of bytes that a literal has behind it. */
export const FOLLOWERS: i32 = 64 * 1024;
export const BUCKETS: i32 = FOLLOWERS + (1 << WINDOW_BITS);
export const TOLD: i32 = BUCKETS + (4 << BUCKET_BITS);
const SHAPE_LENGTHS: i32 = TOLD + 256 * 1024;
const SHAPES: i32 = SHAPE_LENGTHS + (4 << SHAPE_BITS);
/** The shape of the line at hand. */
const SHAPE: i32 = SHAPES + (LONGEST << SHAPE_BITS);
/** Of each line that was found, as words: its number, its beginning, its end, its shape. */
export const FOUND: i32 = SHAPE + LONGEST;
/** Of each group that is likely: where it stands, and the line feeds before the step that it belongs to. */
const GROUPS: i32 = FOUND + (MOST_FOUND << 4);
const GROUP_BYTES: i32 = 8;
export const TEXT: i32 = GROUPS + (((TEXT_BYTES / 16 + 1) * GROUP_BYTES + 15) & ~15);
/** Behind the text there is room for the last step. */
export const PLACES: i32 = TEXT + TEXT_BYTES + 1024;

/** Added to a shape that is seen for the first time, or again after another one took its place. */
export const NEW_SHAPE: i32 = 1 << SHAPE_BITS;
const NO_SHAPE: i32 = -1;
/** The golden ratio, as a fraction of all words. */
const SPREAD: i64 = ((<i64>HASH_FACTOR) << 32) | 0x7f4a7c15;

const FEED: i32 = 0x0a;
/** Four groups of four windows. */
const STEP: i32 = 64;
/** The lowest three bits are the kind of a byte: they are the same for both cases of a letter. */
const KINDS: i32 = 7;
/** A bit for each kind. */
const KIND_BITS: v128 = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);

// What a place is made of, behind its window: the one behind that or 0, where in the literal the window stands, the
// literal and its length, and the next place of the bucket.
const BEHIND: i32 = 4;
const OFFSET: i32 = 8;
const LITERAL: i32 = 12;
const LENGTH: i32 = 16;
const NEXT: i32 = 20;

/** How many lines the text has that `scan` looked through. */
export let lines: i32 = 0;
/** How often `literals` was called. */
let run: i32 = 0;

/**
 * Finds the lines with literals in text of this size, which ends with a line feed; returns how many they are. Groups of
 * four windows are sifted without a branch, as the processor could not foresee which way that goes.
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
      store<i32>(found, load<i32>(group, 4) + feedsBetween(stepOf(at), from));
      store<i32>(found, from - TEXT, 4);
      store<i32>(found, to - TEXT, 8);
      store<i32>(found, shapeOf(from, to), 12);
      found += 16;
      open = to + 1;
    }
  }
  return (found - FOUND) >> 4;
}

/** Lists the groups of which a window may belong to a literal, each with the number of line feeds before its step. */
function likelyGroups(end: i32): i32 {
  let listed = GROUPS;
  let feeds = 0;
  for (let at = TEXT; at < end; at += STEP) {
    const group = ((<i64>feeds) << 32) | <i64>at;
    listed = listIfLikely(listed, group, at);
    listed = listIfLikely(listed, group + 16, at + 16);
    listed = listIfLikely(listed, group + 32, at + 32);
    listed = listIfLikely(listed, group + 48, at + 48);
    const low = feedMask(v128.load(at)) | (feedMask(v128.load(at, 16)) << 16);
    const high = feedMask(v128.load(at, 32)) | (feedMask(v128.load(at, 48)) << 16);
    feeds += popcnt(low) + popcnt(high);
  }
  lines = feeds;
  return listed;
}

/** Lists a group of which a window may belong to a literal; returns where the next is listed. */
function listIfLikely(listed: i32, group: i64, at: i32): i32 {
  const windows = i32x4.mul(v128.or(v128.load(at), i32x4.splat(FOLD)), i32x4.splat(HASH_FACTOR));
  const hashes = i32x4.shr_u(windows, 32 - WINDOW_BITS);
  let kinds = i32x4.splat(0);
  kinds = v128.load8_lane(FOLLOWERS + i32x4.extract_lane(hashes, 0), kinds, 0);
  kinds = v128.load8_lane(FOLLOWERS + i32x4.extract_lane(hashes, 1), kinds, 4);
  kinds = v128.load8_lane(FOLLOWERS + i32x4.extract_lane(hashes, 2), kinds, 8);
  kinds = v128.load8_lane(FOLLOWERS + i32x4.extract_lane(hashes, 3), kinds, 12);
  const behind = i8x16.swizzle(KIND_BITS, v128.and(v128.load(at, 4), i8x16.splat(<i8>KINDS)));
  store<i64>(listed, group);
  return listed + ((<i32>v128.any_true(v128.and(kinds, behind))) << 3);
}

/** The step that a group belongs to. */
function stepOf(group: i32): i32 {
  return TEXT + ((group - TEXT) & ~(STEP - 1));
}

/** Where a literal begins of which a window stands in the group; -1 where none does. */
function literalIn(group: i32, open: i32, end: i32): i32 {
  for (let at = group; at < group + 16; at += 4)
    for (let place = firstPlace(at); place !== 0; place = load<i32>(place, NEXT))
      if (fits(place, at, open, end)) return at - load<i32>(place, OFFSET);
  return -1;
}

/** The first place of the bucket of the window that stands here; 0 when it belongs to no literal. */
function firstPlace(at: i32): i32 {
  const hash = (load<i32>(at) | FOLD) * HASH_FACTOR;
  const followers = <i32>load<u8>(FOLLOWERS + (hash >>> (32 - WINDOW_BITS)));
  if (((followers >>> (<i32>load<u8>(at, 4) & KINDS)) & 1) === 0) return 0;
  return load<i32>(BUCKETS + ((hash >>> (32 - BUCKET_BITS)) << 2));
}

/** Whether the literal of a place stands around the window that stands here. */
function fits(place: i32, at: i32, open: i32, end: i32): bool {
  if (load<i32>(place) !== (load<i32>(at) | FOLD)) return false;
  const behind = load<i32>(place, BEHIND);
  if (behind !== 0 && behind !== (load<i32>(at, 4) | FOLD)) return false;
  const start = at - load<i32>(place, OFFSET);
  const length = load<i32>(place, LENGTH);
  return start >= open && start + length <= end && stands(load<i32>(place, LITERAL), length, start);
}

/** Lists at a place the numbers of the literals that stand in a part of the text, each once; returns how many they are. */
export function literals(from: i32, to: i32, list: i32): i32 {
  const open = TEXT + from;
  const end = TEXT + to;
  let listed = list;
  run++;
  for (let at = open; at < end; at += 4)
    for (let place = firstPlace(at); place !== 0; place = load<i32>(place, NEXT)) {
      if (!fits(place, at, open, end)) continue;
      const literal = load<i32>(place, LITERAL);
      if (load<i32>(literal - 8) === run) continue;
      store<i32>(literal - 8, run);
      store<i32>(listed, load<i32>(literal - 4));
      listed += 4;
    }
  return (listed - list) >> 2;
}

/**
 * Behind the bytes of a literal stand as many that say which bits of the text do not matter; before them, in which run of
 * `literals` it was found last, and its number.
 */
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
  const shape = hash & ((1 << SHAPE_BITS) - 1);
  const known = SHAPES + shape * LONGEST;
  const lengthAt = SHAPE_LENGTHS + (shape << 2);
  if (load<i32>(lengthAt) === length && isSame(known, SHAPE, length)) return shape;
  store<i32>(lengthAt, length);
  memory.copy(known, SHAPE, (length + 15) & ~15);
  return shape | NEW_SHAPE;
}

/** Compares two shapes of this length, behind which zeros fill the last vector. */
function isSame(one: i32, other: i32, length: i32): bool {
  for (let i = 0; i < length; i += 16)
    if (v128.any_true(v128.xor(v128.load(one + i), v128.load(other + i)))) return false;
  return true;
}

/** Writes the shape of a line, which a line feed follows, and returns a hash of it. A bit of a mask stands for a byte. */
function maskLine(from: i32, length: i32): i32 {
  let hash: i64 = length;
  /** Whether the byte before is a letter, and a digit that stays. */
  let letterBefore = 0;
  let stayingBefore = 0;
  for (let i = 0; i < length; i += 16) {
    const text = v128.load(from + i);
    const digits = digitsAt(from + i);
    const letters = i8x16.bitmask(within(v128.or(text, i8x16.splat(0x20)), 0x61, 26));
    // A number that goes on here may seem to begin: none is asked for behind a digit.
    const begins = digits & ~(digits << 1);
    const behindLetter = begins & ((letters << 1) | letterBefore);
    const long = begins & ~behindLetter & digitsAt(from + i + 1) & digitsAt(from + i + 2);
    const staying = behindLetter | toldOf(long, from + i) | (digits & stayingBefore);
    // To add a one to the lowest bit of a number clears all of its bits.
    const kept = digits & ~(digits + staying);
    let shape = v128.bitselect(i8x16.splat(0x30), text, bytesOf(digits & ~kept));
    if (i + 16 > length) shape = v128.and(shape, bytesOf((1 << (length - i)) - 1));
    v128.store(SHAPE + i, shape);
    hash = spread(spread(hash ^ i64x2.extract_lane(shape, 0)) ^ i64x2.extract_lane(shape, 1));
    letterBefore = letters >>> 15;
    stayingBefore = kept >>> 15;
  }
  return <i32>(hash >>> 32);
}

/** Which of 16 bytes are digits. */
function digitsAt(at: i32): i32 {
  return i8x16.bitmask(within(v128.load(at), 0x30, 10));
}

/** Which bytes are among so many from the first one on. */
function within(bytes: v128, first: i8, count: i8): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(first)), i8x16.splat(count));
}

/** A byte of ones for each bit of a mask. */
function bytesOf(mask: i32): v128 {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const halves = i8x16.swizzle(i16x8.splat(<i16>mask), i8x16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  return i8x16.eq(v128.and(halves, bits), bits);
}

/** Lets each bit reach those above it, which are the ones that are used. */
function spread(hash: i64): i64 {
  return (hash ^ (hash >>> 32)) * SPREAD;
}

/** Of the numbers that begin at these bits and have three digits, those that are asked for. */
function toldOf(numbers: i32, from: i32): i32 {
  let told = 0;
  for (let rest = numbers; rest !== 0; rest &= rest - 1) if (isTold(from + ctz(rest))) told |= rest & -rest;
  return told;
}

/**
 * Whether a number that begins with the three digits at a place is asked for behind the byte before it, which before a
 * line is a line feed or, where the text begins, a zero.
 */
function isTold(at: i32): bool {
  const value = <i32>load<u8>(at) * 100 + <i32>load<u8>(at, 1) * 10 + <i32>load<u8>(at, 2) - 0x30 * 111;
  return load<u8>(TOLD + <i32>load<u8>(at - 1) * VALUES + value) !== 0;
}
