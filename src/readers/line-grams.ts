import { endianness } from 'node:os';
import type { Literal } from '../model/literals.ts';
import { HASH_FACTOR } from './line-hash.ts';

/** A literal as bytes: a text byte `b` fits when `b | either[i]` is `bytes[i]`. */
export type LiteralBytes = { readonly bytes: Uint8Array; readonly either: Uint8Array };

/** Literals, ready to be looked for; a place is one literal with one window of four bytes in it. */
export type Grams = {
  readonly literals: readonly LiteralBytes[];
  /** A bit for the hash of each window that may belong to a literal. */
  readonly bits: Int32Array;
  /** The first place of each bucket of windows, and of each place the next one; -1 is none. */
  readonly buckets: Int32Array;
  readonly next: Int32Array;
  /** Of each place: its window, its literal, and where in that the window stands. */
  readonly windows: Int32Array;
  readonly literalOf: Int32Array;
  readonly offsets: Int32Array;
  /** Of each place: the window behind it, when the literal fills that too, else 0. */
  readonly behinds: Int32Array;
};

/** Shifts the hash of a window down to a bit of `bits`, or to one of the buckets. */
export const BIT_SHIFT = 32 - 19;
export const BUCKET_SHIFT = 32 - 13;

type Place = {
  readonly window: number;
  readonly mask: number;
  /** The window behind it, when the literal fills that too. */
  readonly behind: number | undefined;
  readonly literal: number;
  readonly offset: number;
};

/**
 * Prepares literals so that they are found by looking at every fourth window of four bytes only. Wherever a literal
 * begins, each of the four alignments leaves it such windows: of those the one that shows most of it, and then the
 * rarest, is looked for. What a short literal leaves open in its window may be anything.
 */
export function gramsOf(literals: readonly Literal[]): Grams {
  const all = literals.map(bytesOf);
  const places = all.flatMap(({ bytes }, literal) => placesOf(foldedOf(bytes), literal));
  const bits = new Int32Array(2 ** (32 - BIT_SHIFT - 5));
  const buckets = new Int32Array(2 ** (32 - BUCKET_SHIFT)).fill(-1);
  const next: number[] = [];
  const windows: number[] = [];
  const owners: Place[] = [];
  for (const place of places)
    for (const variant of variantsOf(place.window, place.mask)) {
      const hash = Math.imul(variant, HASH_FACTOR);
      const bit = hash >>> BIT_SHIFT;
      bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << bit);
      const bucket = hash >>> BUCKET_SHIFT;
      next.push(buckets[bucket] ?? -1);
      buckets[bucket] = owners.push(place) - 1;
      windows.push(variant);
    }
  return {
    literals: all,
    bits,
    buckets,
    next: Int32Array.from(next),
    windows: Int32Array.from(windows),
    literalOf: Int32Array.from(owners, ({ literal }) => literal),
    offsets: Int32Array.from(owners, ({ offset }) => offset),
    behinds: Int32Array.from(owners, ({ behind }) => behind ?? 0),
  };
}

function bytesOf({ text, either }: Literal): LiteralBytes {
  const bytes = new Uint8Array(Buffer.from(text));
  const mask = new Uint8Array(bytes.length);
  for (const place of either) mask[Buffer.byteLength(text.slice(0, place))] = 0x20;
  return { bytes, either: mask };
}

function foldedOf(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte | 0x20);
}

const LITTLE = endianness() === 'LE';

/**
 * The windows of some bytes, in the machine's byte order: the first has all but one of its own before them, the last
 * all but one behind them.
 */
function windowsOf(bytes: Uint8Array): Int32Array {
  const windows = new Int32Array(bytes.length + 3);
  let window = 0;
  for (let end = 0; end < windows.length; end++) {
    const byte = bytes[end] ?? 0;
    window = LITTLE ? (window >>> 8) | (byte << 24) : (window << 8) | byte;
    windows[end] = window;
  }
  return windows;
}

/** The place of each alignment. */
function placesOf(folded: Uint8Array, literal: number): Place[] {
  const windows = windowsOf(folded);
  const masks = windowsOf(new Uint8Array(folded.length).fill(0xff));
  return [0, 1, 2, 3].map((alignment) => {
    const offset = bestOffset(folded, windows, alignment);
    const behind = behindOf(windows, offset);
    return { window: windows[offset + 3] ?? 0, mask: masks[offset + 3] ?? 0, behind, literal, offset };
  });
}

function behindOf(windows: Int32Array, offset: number): number | undefined {
  return offset >= 0 && offset + 11 <= windows.length ? windows[offset + 7] : undefined;
}

/**
 * Where the window of an alignment stands best: where it shows the most bytes, the literal fills the next one too, and
 * both are rare. It may begin before the literal, but reaches no further behind it than the line feed.
 */
function bestOffset(folded: Uint8Array, windows: Int32Array, alignment: number): number {
  let best = alignment;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (let offset = alignment === 0 ? 0 : alignment - 4; offset + 3 <= folded.length; offset += 4) {
    const behind = behindOf(windows, offset);
    const shown = Math.min(folded.length, offset + 4) - Math.max(0, offset);
    const common =
      (COMMON.get(windows[offset + 3] ?? 0) ?? 0) * 8 +
      (behind === undefined ? 0 : (COMMON.get(behind) ?? 0));
    const worth = shown * 10_000 + (behind === undefined ? 0 : 800) - common * 50 + rarity(folded, offset);
    if (worth > bestWorth) [best, bestWorth] = [offset, worth];
  }
  return best;
}

/** What most logs are full of; many literals hold such words too, and are better found by the rest of them. */
const COMMON_WORDS =
  ' time= level=info msg=" level=warn level=error "level":"info","ts": "time":"2026-11-22t10:20:30.123z" "msg":" ' +
  ' error: err=" errors failed to  failure not found  with  for  from  the  and  container containerd containerid ' +
  ' image images  pod= pods podname poduid kube-system kubelet kubernetes kube-apiserver namespace namespaces ' +
  ' node nodes  service services  server servers  client  connection connect connected connecting  status=200 ' +
  ' request requests response  handler handled handling  message messages  http/1.1" https:// get /api/v1/ post ' +
  ' start started starting startup  stopped  running restarting  create created creating  delete deleted ' +
  ' update updated  sync syncing synced  controller manager  component  config configuration configmap  secret ' +
  ' volume volumes mount mounted  registry manifest pull pulling pulled  resource resources  reference ' +
  ' event events  watch  reconciler reconcile  process processing processed  complete completed  success ' +
  ' user users  session  database  query  order orders  customer  timeout timed out  duration  trace debug warning ' +
  ' application  available unavailable  version  default  internal  name= type= code= desc= path= method= reason= ' +
  ' file files directory  cannot  could not  invalid  unknown  certificate  memory  thread  main  java.lang org.com. ' +
  ' exception  caused by: at com. node_modules/ internal/ line  in <module>  mozilla/5.0 (x11; linux x86_64) ' +
  ' localhost 127.0.0.1: 10.42.0.1: svc.cluster.local:  address  listening on  port  host  accepted  established ' +
  ' of the  in a  is not  is ready  by the  to the  on the  at the  and the  or the  all  as  be  it  no  was  has been ' +
  ' path paths  call calls called calling  open opens opened opening  check checks checked checking  exec executor ' +
  ' set sets setting settings  new  state states  list lists listener  value values  type types  data  keep keeps ' +
  ' read reads reading  write writes writing  load loads loaded loading  send sends sent sending  receive received ' +
  ' close closes closed closing  shutdown  done  task tasks  job jobs  worker workers  cache cached  duration  latency ' +
  ' seconds minutes milliseconds  nothing to do  finished  operation operations  condition conditions  placed  item items ' +
  ' because  while  after  before  next  last  first  already exists  using used  queue  metrics  health  probe  ready ';

/** How often each window of four bytes stands in them. */
const COMMON = new Map<number, number>();
for (const window of windowsOf(foldedOf(Buffer.from(COMMON_WORDS))).subarray(3, -3))
  COMMON.set(window, (COMMON.get(window) ?? 0) + 1);

/** The bytes that logs are made of, the commonest first. */
const COMMON_BYTES = ' e0t1a2o3i4n5s6r7h8l9d-c:u.m/f"p=g_w,y[b]vk{xj}qz()';
const RARITY = Uint8Array.from({ length: 256 }, (_, byte) => {
  const rank = COMMON_BYTES.indexOf(String.fromCharCode(byte));
  return rank < 0 ? COMMON_BYTES.length : rank;
});

function rarity(folded: Uint8Array, offset: number): number {
  let sum = 0;
  for (let at = Math.max(0, offset); at < Math.min(folded.length, offset + 4); at++)
    sum += RARITY[folded[at] ?? 0] ?? 0;
  return sum;
}

const FOLDED_BYTES = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte & 0x20);

/** The window with all that may stand in its open bytes, folded. */
function variantsOf(window: number, mask: number): readonly number[] {
  let variants = [window];
  for (let shift = 0; shift < 32; shift += 8) {
    if ((mask >>> shift) & 0xff) continue;
    variants = variants.flatMap((variant) => FOLDED_BYTES.map((byte) => variant | (byte << shift)));
  }
  return variants;
}
