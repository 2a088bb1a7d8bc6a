import type { Grams, LiteralBytes } from './line-grams.ts';
import { HASH_FACTOR } from './line-hash.ts';
import { type LineFound, type LineSearch, literalsIn } from './line-scan.ts';
import { LINE_SEARCH } from './line-search.generated.ts';

/** As much of the standard as is used here; Node has it, its types do not say so. */
declare const WebAssembly: {
  validate(code: Uint8Array): boolean;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

/** What wasm/line-search.ts exports, and where it says what each is. */
type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  scan(size: number): number;
  literals(from: number, to: number, list: number): number;
} & Readonly<Record<Constant | 'lines', { readonly value: number }>>;
type Constant =
  | 'WINDOW_BITS'
  | 'BUCKET_BITS'
  | 'FOLLOWERS'
  | 'BUCKETS'
  | 'TOLD'
  | 'FOUND'
  | 'TEXT'
  | 'TEXT_BYTES'
  | 'PLACES'
  | 'NEW_SHAPE';

const PAGE_BYTES = 64 * 1024;
const PLACE_BYTES = 24;
/** What stands before the bytes of a literal. */
const LITERAL_HEAD = 8;
const FEED = 0x0a;
/** The last step of the text, and the group behind it. */
const BEHIND = 80;

let compiled: { readonly module: object | undefined } | undefined;

function compile(): { readonly module: object | undefined } {
  const code = Buffer.from(LINE_SEARCH, 'base64');
  return { module: WebAssembly.validate(code) ? new WebAssembly.Module(code) : undefined };
}

/**
 * The search in WebAssembly, with SIMD instructions; nothing where the machine has no such. `told` has a one for each
 * number that an expression asks for, as DigitMask has it.
 */
export function simdSearch(grams: Grams, told: Uint8Array): LineSearch | undefined {
  compiled ??= compile();
  if (!compiled.module) return undefined;
  // What is compiled is that file.
  const search = new WebAssembly.Instance(compiled.module).exports as Exports;
  const listAt = fill(search, grams, told);
  const bytes = new Uint8Array(search.memory.buffer);
  const words = new Int32Array(search.memory.buffer);
  const most = search.TEXT_BYTES.value;
  const textAt = search.TEXT.value;
  const foundAt = search.FOUND.value >> 2;
  const newFrom = search.NEW_SHAPE.value;

  /** The part of some bytes that stands in the memory while its lines are told. */
  let here: { readonly source: Buffer; readonly from: number; readonly to: number } | undefined;

  /** Puts text where it is looked through. */
  function put(source: Buffer, from: number, to: number) {
    bytes.set(to - from === source.length ? source : source.subarray(from, to), textAt);
    bytes.fill(0, textAt + to - from, textAt + to - from + BEHIND);
  }

  /** Looks through whole lines that fit into the memory, behind `before` others. */
  function searchIn(source: Buffer, from: number, to: number, before: number, found: LineFound): number {
    put(source, from, to);
    here = { source, from, to };
    const count = search.scan(to - from);
    for (let i = foundAt; i < foundAt + 4 * count; i += 4) {
      const shape = words[i + 3] as number;
      const line = before + (words[i] as number);
      const start = from + (words[i + 1] as number);
      const end = from + (words[i + 2] as number);
      found(line, start, end, shape < 0 ? undefined : shape % newFrom, shape >= newFrom);
    }
    here = undefined;
    return search.lines.value;
  }

  function lines(source: Buffer, from: number, to: number, found: LineFound): number {
    let lines = 0;
    let start = from;
    while (to - start > most) {
      const end = source.lastIndexOf(FEED, start + most - 1) + 1;
      if (end > start) {
        lines += searchIn(source, start, end, lines, found);
        start = end;
      } else {
        // A line so long is looked at by whoever asks, in its beginning.
        const lineEnd = source.indexOf(FEED, start);
        found(lines++, start, lineEnd, undefined, false);
        start = lineEnd + 1;
      }
    }
    return lines + searchIn(source, start, to, lines, found);
  }

  function literals(source: Buffer, from: number, to: number): readonly number[] {
    if (to - from > most) return literalsIn(grams, source, from, to);
    if (here?.source !== source || from < here.from || to > here.to) {
      put(source, from, to);
      here = undefined;
    }
    const start = here?.from ?? from;
    const end = (listAt >> 2) + search.literals(from - start, to - start, listAt);
    const found: number[] = [];
    for (let i = listAt >> 2; i < end; i++) found.push(words[i] as number);
    return found;
  }

  return { lines, literals };
}

/** Writes to the memory what is looked for; returns where there is room for a list of all literals. */
function fill(search: Exports, grams: Grams, told: Uint8Array): number {
  const { windows, behinds, offsets, literalOf, literals } = grams;
  const bucketsAt = search.BUCKETS.value >> 2;
  const bucketShift = 32 - search.BUCKET_BITS.value;
  const followersAt = search.FOLLOWERS.value;
  const windowShift = 32 - search.WINDOW_BITS.value;
  const placesAt = search.PLACES.value;
  const literalsAt = placesAt + windows.length * PLACE_BYTES;
  const listAt = (literalsAt + literals.reduce((sum, one) => sum + sizeOf(one), 0) + 3) & ~3;
  const end = listAt + 4 * literals.length;
  search.memory.grow(Math.ceil((end - search.memory.buffer.byteLength) / PAGE_BYTES));
  const memory = new Uint8Array(search.memory.buffer);
  const words = new Int32Array(search.memory.buffer);
  memory.set(told, search.TOLD.value);

  const literalAt = writeLiterals(memory, literals, literalsAt);
  windows.forEach((window, index) => {
    const behind = behinds[index] ?? 0;
    const literal = literalOf[index] ?? 0;
    const place = placesAt + index * PLACE_BYTES;
    const hash = Math.imul(window, HASH_FACTOR);
    const bucket = bucketsAt + (hash >>> bucketShift);
    const offset = offsets[index] ?? 0;
    const bytes = literals[literal]?.bytes;
    words.set(
      [window, behind, offset, literalAt[literal] ?? 0, bytes?.length ?? 0, words[bucket] ?? 0],
      place >> 2,
    );
    words[bucket] = place;
    const follower = followersAt + (hash >>> windowShift);
    memory[follower] = (memory[follower] ?? 0) | followersOf(bytes?.[offset + 4]);
  });
  return listAt;
}

function sizeOf({ bytes }: LiteralBytes): number {
  return LITERAL_HEAD + 2 * bytes.length;
}

/** Writes the literals, one after the other, and returns where the bytes of each stand. */
function writeLiterals(memory: Uint8Array, literals: Grams['literals'], from: number): readonly number[] {
  const view = new DataView(memory.buffer);
  let at = from;
  return literals.map((literal, index) => {
    const place = at + LITERAL_HEAD;
    view.setInt32(place - 4, index, true);
    memory.set(literal.bytes, place);
    memory.set(literal.either, place + literal.bytes.length);
    at += sizeOf(literal);
    return place;
  });
}

/** The bytes that may stand behind a window, by their kind: the literal's next one, or any where it ends. */
function followersOf(next: number | undefined): number {
  return next === undefined ? 0xff : 1 << (next & 7);
}
