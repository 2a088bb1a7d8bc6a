import { FOLD, HASH_FACTOR } from './line-grams.ts';

/** What the byte at a hash says: a window that counts only with the next one, one that always counts, such a pair. */
export const WITH_NEXT = 1;
export const ALWAYS = 2;
export const PAIR = 4;
/** Makes the window behind a window part of the hash of both. */
export const NEXT_FACTOR = 0x85ebca6b | 0;

const I32 = 0x7f;
const V128 = 0x7b;
const [AT, END, OUT, WINDOWS, HASHES, FOUND] = [0, 1, 2, 3, 4, 5];

/**
 * The WebAssembly of the search, in its binary form:
 *
 *     (func (export "search") (param $at i32) (param $end i32) (param $out i32) (result i32)
 *       (local $windows v128) (local $hashes v128) (local $found i32)
 *       $found = $out
 *       do
 *         $windows = (the 16 bytes at $at | FOLD) * HASH_FACTOR, in four lanes
 *         $hashes = $windows >>> shift
 *         if the byte at lane 0 | at lane 1 | at lane 2 | at lane 3 of $hashes
 *           $windows = ($windows + (the 16 bytes at $at + 4 | FOLD) * NEXT_FACTOR) >>> shift
 *           the word at $found = $at
 *           if, in any lane, the byte at its hash & (ALWAYS | (the byte at its pair's hash >>> 2))
 *             $found += 4
 *         $at += 16
 *       while $at < $end
 *       ($found - $out) / 4)
 */
export function searchModule(shift: number): Uint8Array<ArrayBuffer> {
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const number = (value: number) => [0x41, ...signed(value)];
  const load = (offset: number) => [...get(AT), ...simd(0), 0, offset, ...lanes(FOLD), ...OR_LANES];
  const shifted = [...number(shift), ...simd(173)];
  const byteAt = (local: number, lane: number) => [...get(local), ...simd(27), lane, 0x2d, 0, 0];
  const known = (lane: number) => byteAt(HASHES, lane);
  const counts = (lane: number) =>
    [known(lane), byteAt(WINDOWS, lane), number(2), SHIFT_RIGHT, number(ALWAYS), OR, AND].flat();
  const any = (each: (lane: number) => number[]) => [each(0), each(1), OR, each(2), OR, each(3), OR].flat();
  const pairs = [...get(WINDOWS), ...load(4), ...lanes(NEXT_FACTOR), ...MULTIPLY, ...simd(174), ...shifted];
  const look = [
    [...pairs, ...set(WINDOWS)],
    [...get(FOUND), ...get(AT), 0x36, 2, 0],
    [
      ...get(FOUND),
      ...any(counts),
      ...IS_ZERO,
      ...IS_ZERO,
      ...number(2),
      ...SHIFT_LEFT,
      ...ADD,
      ...set(FOUND),
    ],
  ].flat();
  const group = [
    [...load(0), ...lanes(HASH_FACTOR), ...MULTIPLY, 0x22, WINDOWS, ...shifted, ...set(HASHES)],
    [...any(known), 0x04, 0x40, ...look, 0x0b],
  ].flat();
  const again = [...get(AT), ...number(16), ...ADD, 0x22, AT, ...get(END), 0x49, 0x0d, 0];
  const result = [...get(FOUND), ...get(OUT), 0x6b, ...number(2), ...SHIFT_RIGHT];
  const loop = [0x03, 0x40, ...group, ...again, 0x0b];
  const body = [2, 2, V128, 1, I32, ...get(OUT), ...set(FOUND), ...loop, ...result, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
    ...section(2, [1, ...name('casefile'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('search'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

const [AND, OR, ADD, SHIFT_LEFT, SHIFT_RIGHT, IS_ZERO] = [[0x71], [0x72], [0x6a], [0x74], [0x76], [0x45]];
const OR_LANES = simd(80);
const MULTIPLY = simd(181);

/** A SIMD instruction. */
function simd(code: number): number[] {
  return [0xfd, ...unsigned(code)];
}

/** A vector of the same number in four lanes. */
function lanes(value: number): number[] {
  const lane = [value, value >> 8, value >> 16, value >> 24].map((byte) => byte & 0xff);
  return [...simd(12), ...lane, ...lane, ...lane, ...lane];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text)];
}

/** A number in groups of seven bits, the lowest first. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** The same for a small number that might have a sign: bit 6 of the last group is its sign. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
