import { FOLD, HASH_FACTOR } from './line-grams.ts';

const I32 = 0x7f;
const V128 = 0x7b;
const [AT, END, OUT, HASHES, NEXT] = [0, 1, 2, 3, 4];

/**
 * The WebAssembly of the search, in its binary form:
 *
 *     (func (export "search") (param $at i32) (param $end i32) (param $out i32) (result i32)
 *       (local $hashes v128) (local $next i32)
 *       $next = $out
 *       do
 *         $hashes = ((the 16 bytes at $at | FOLD) * HASH_FACTOR) >>> shift, in four lanes
 *         the word at $next = $at
 *         $next += 4 * (the byte at lane 0 | at lane 1 | at lane 2 | at lane 3 of $hashes)
 *         $at += 16
 *       while $at < $end
 *       ($next - $out) / 4)
 *
 * The bytes at the hashes are 1 for those of windows that are looked for, else 0, so nothing is branched on.
 */
export function searchModule(shift: number): Uint8Array<ArrayBuffer> {
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const number = (value: number) => [0x41, ...signed(value)];
  const known = (lane: number) => [...get(HASHES), ...simd(27), lane, 0x2d, 0, 0];
  const [or, add, subtract, shiftLeft, shiftRight, store] = [
    [0x72],
    [0x6a],
    [0x6b],
    [0x74],
    [0x76],
    [0x36, 2, 0],
  ];
  const group = [
    [...get(AT), ...simd(0), 0, 0, ...lanes(FOLD), ...simd(80), ...lanes(HASH_FACTOR), ...simd(181)],
    [...number(shift), ...simd(173), ...set(HASHES)],
    [...get(NEXT), ...get(AT), ...store],
    [...get(NEXT), ...known(0), ...known(1), ...or, ...known(2), ...or, ...known(3), ...or],
    [...number(2), ...shiftLeft, ...add, ...set(NEXT)],
  ].flat();
  const again = [...get(AT), ...number(16), ...add, 0x22, AT, ...get(END), 0x49, 0x0d, 0];
  const result = [...get(NEXT), ...get(OUT), ...subtract, ...number(2), ...shiftRight];
  const loop = [0x03, 0x40, ...group, ...again, 0x0b];
  const body = [2, 1, V128, 1, I32, ...get(OUT), ...set(NEXT), ...loop, ...result, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
    ...section(2, [1, ...name('casefile'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('search'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

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
