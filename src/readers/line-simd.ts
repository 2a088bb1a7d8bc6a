import { HASH_FACTOR } from './line-grams.ts';
import { ALWAYS, NEXT_FACTOR, PAIR, searchModule, WITH_NEXT } from './line-simd-module.ts';

/** As much of the standard as is used here; Node has it, its types do not say so. */
declare const WebAssembly: {
  validate(code: Uint8Array): boolean;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

const MiB = 1024 ** 2;
/** How many bytes are looked through at a time. */
export const SEARCH_BYTES = MiB;
/** Bytes in a group of four windows, which one instruction takes together. */
export const GROUP_BYTES = 16;

/** One byte for each hash of a window, behind it the groups that were found, behind those the bytes to look through. */
const HASH_BITS = 18;
const GROUPS_AT = 2 ** HASH_BITS;
const BYTES_AT = MiB;
const PAGE_BYTES = 64 * 1024;
export const FIRST_GROUP = GROUPS_AT >> 2;
export const FIRST_WORD = BYTES_AT >> 2;

/** Looks through bytes for groups of which a window may belong to a literal. */
export type GroupSearch = {
  /** Takes up to SEARCH_BYTES of bytes[from, to) and returns how many groups were found. */
  search(bytes: Buffer, from: number, to: number): number;
  /** The memory in words: from FIRST_GROUP on the addresses of the groups, from FIRST_WORD on what was taken. */
  readonly memory: Int32Array;
};

/** A folded window, and the one behind it where a literal goes on so far. */
export type WindowPair = { readonly window: number; readonly next: number | undefined };

/** Compiles the search with SIMD instructions for these windows; nothing where the machine has no such instructions. */
export function groupSearch(pairs: Iterable<WindowPair>): GroupSearch | undefined {
  const code = searchModule(32 - HASH_BITS);
  if (!WebAssembly.validate(code)) return undefined;
  const pages = (BYTES_AT + SEARCH_BYTES + PAGE_BYTES) / PAGE_BYTES;
  const memory = new WebAssembly.Memory({ initial: pages });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { casefile: { memory } });
  // The module exports this one function.
  const search = exports.search as (at: number, end: number, out: number) => number;
  const bytes = new Uint8Array(memory.buffer);
  const mark = (hash: number, flag: number) => {
    const at = hash >>> (32 - HASH_BITS);
    bytes[at] = (bytes[at] ?? 0) | flag;
  };
  for (const { window, next } of pairs) {
    const hash = Math.imul(window, HASH_FACTOR);
    mark(hash, next === undefined ? ALWAYS : WITH_NEXT);
    if (next !== undefined) mark(hash + Math.imul(next, NEXT_FACTOR), PAIR);
  }
  return {
    search(source, from, to) {
      const end = BYTES_AT + to - from;
      bytes.fill(0, end, end + 2 * GROUP_BYTES);
      bytes.set(source.subarray(from, to + GROUP_BYTES), BYTES_AT);
      return search(BYTES_AT, end, GROUPS_AT);
    },
    memory: new Int32Array(memory.buffer),
  };
}
