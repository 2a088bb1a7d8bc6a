/** Literals, ready to be looked for; a place is one literal with one window of four bytes in it. */
export type Grams = {
  readonly literals: readonly Uint8Array[];
  /** A bit for the hash of each window that may belong to a literal. */
  readonly bits: Int32Array;
  /** The masks that any place has. */
  readonly masks: Int32Array;
  /** The first place of each bucket of masked windows, and of each place the next one; -1 is none. */
  readonly buckets: Int32Array;
  readonly next: Int32Array;
  /** Of each place: its window, which of its bits count, its literal, and where in that the window stands. */
  readonly windows: Int32Array;
  readonly windowMasks: Int32Array;
  readonly literalOf: Int32Array;
  readonly offsets: Int32Array;
};

/** Bit 5 of each byte: setting it makes ASCII letters lower case, and confuses other bytes alike on both sides. */
export const FOLD = 0x20202020;
/** Makes a window a number of evenly spread bits. */
export const HASH_FACTOR = 0x9e3779b1 | 0;
/** Shifts that number down to a bit of `bits`, or to one of the buckets. */
export const BIT_SHIFT = 32 - 19;
export const BUCKET_SHIFT = 32 - 12;

type Place = {
  readonly window: number;
  readonly mask: number;
  readonly literal: number;
  readonly offset: number;
};

/**
 * Prepares literals so that they are found by looking at every fourth window of four bytes only. Wherever a literal
 * begins, each of the four alignments leaves it such windows: of those the one that shows most of it, and then the
 * rarest, is looked for. What a short literal leaves open in its window may be anything.
 */
export function gramsOf(literals: readonly string[]): Grams {
  const folded = literals.map((literal) => Uint8Array.from(Buffer.from(literal), (byte) => byte | 0x20));
  const places = folded.flatMap((bytes, literal) =>
    [0, 1, 2, 3].map((alignment) => placeOf(bytes, literal, bestOffset(bytes, alignment))),
  );
  const bits = new Int32Array(2 ** (32 - BIT_SHIFT - 5));
  const buckets = new Int32Array(2 ** (32 - BUCKET_SHIFT)).fill(-1);
  const next = new Int32Array(places.length);
  places.forEach(({ window, mask }, place) => {
    for (const variant of variantsOf(window, mask)) {
      const bit = Math.imul(variant, HASH_FACTOR) >>> BIT_SHIFT;
      bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << bit);
    }
    const bucket = Math.imul(window, HASH_FACTOR) >>> BUCKET_SHIFT;
    next[place] = buckets[bucket] ?? -1;
    buckets[bucket] = place;
  });
  return {
    literals: folded,
    bits,
    masks: Int32Array.from(new Set(places.map(({ mask }) => mask))),
    buckets,
    next,
    windows: Int32Array.from(places, ({ window }) => window),
    windowMasks: Int32Array.from(places, ({ mask }) => mask),
    literalOf: Int32Array.from(places, ({ literal }) => literal),
    offsets: Int32Array.from(places, ({ offset }) => offset),
  };
}

/** The window in the machine's byte order, and which of its bits the literal sets. */
function placeOf(bytes: Uint8Array, literal: number, offset: number): Place {
  const window = new Int32Array(1);
  const mask = new Int32Array(1);
  for (let i = 0; i < 4; i++) {
    const byte = bytes[offset + i];
    if (byte === undefined) continue;
    new Uint8Array(window.buffer)[i] = byte;
    new Uint8Array(mask.buffer)[i] = 0xff;
  }
  return { window: window[0] ?? 0, mask: mask[0] ?? 0, literal, offset };
}

/**
 * Where the window of an alignment stands best: where it shows the most bytes, and then the rarest. It may begin before
 * the literal, but reaches no further behind it than the line feed.
 */
function bestOffset(bytes: Uint8Array, alignment: number): number {
  let best = alignment;
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (let offset = alignment === 0 ? 0 : alignment - 4; offset + 3 <= bytes.length; offset += 4) {
    const shown = Buffer.from(bytes.subarray(Math.max(0, offset), offset + 4));
    const worth = shown.length * 1000 - commonness(shown);
    if (worth > bestWorth) [best, bestWorth] = [offset, worth];
  }
  return best;
}

/** Words that stand in most logs, most of them also in literals: windows in them are found on every other line. */
const COMMON_WORDS = Buffer.from(
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
    ' localhost 127.0.0.1: 10.42.0.1: svc.cluster.local:  address  listening on  port  host  accepted  established ',
);

/** The bytes that logs are made of, the commonest first. */
const COMMON_BYTES = Buffer.from(' e0t1a2o3i4n5s6r7h8l9d-c:u.m/f"p=g_w,y[b]vk{xj}qz()');

function commonness(shown: Buffer): number {
  let sum = 0;
  for (let at = COMMON_WORDS.indexOf(shown); at >= 0; at = COMMON_WORDS.indexOf(shown, at + 1)) sum += 100;
  for (const byte of shown) {
    const rank = COMMON_BYTES.indexOf(byte);
    sum -= rank < 0 ? COMMON_BYTES.length : rank;
  }
  return sum;
}

/** The window with all that may stand in its open bytes, folded. */
function variantsOf(window: number, mask: number): readonly number[] {
  let variants = [window];
  for (let shift = 0; shift < 32; shift += 8) {
    if ((mask >>> shift) & 0xff) continue;
    const folded = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte & 0x20);
    variants = variants.flatMap((variant) => folded.map((byte) => variant | (byte << shift)));
  }
  return variants;
}
