import { decodeName } from './decode-name.ts';

export const TAR_BLOCK = 512;

/** What one header block of a tar archive says. */
export type TarHeader = {
  /** The character that tells the kind of member; NUL in the oldest format. */
  readonly type: string;
  readonly name: string;
  /** Bytes of content, in blocks behind the header; a header with another size than a whole number is damaged. */
  readonly size: number;
  /** Seconds since 1970; NaN where it is not told. */
  readonly modified: number;
  /** Whether blocks of the map of a sparse file stand before its content. */
  readonly mapFollows: boolean;
};

/** Where the fields of a header stand, and how long they are. */
const NAME = 0;
const NAME_LENGTH = 100;
const SIZE = 124;
const MODIFIED = 136;
const NUMBER_LENGTH = 12;
const CHECKSUM = 148;
const CHECKSUM_LENGTH = 8;
const TYPE = 156;
const MAGIC = 257;
const PREFIX = 345;
const PREFIX_LENGTH = 155;
const MAP_FOLLOWS = 482;

const BLANK = 0x20;
const ZERO = 0x30;
const SEVEN = 0x37;
/** The sum of a block of zeros. */
const EMPTY_SUM = CHECKSUM_LENGTH * BLANK;

/** Reads the header block at this place: `empty` when it holds only zeros, `damaged` when its checksum or size is wrong. */
export function tarHeader(bytes: Buffer, at: number): TarHeader | 'empty' | 'damaged' {
  const sum = sumOf(bytes, at);
  if (sum === EMPTY_SUM) return 'empty';
  const size = numberAt(bytes, at + SIZE, NUMBER_LENGTH);
  if (sum !== checksumAt(bytes, at) || !Number.isSafeInteger(size)) return 'damaged';
  const type = String.fromCharCode(bytes[at + TYPE] ?? 0);
  return {
    type,
    name: nameAt(bytes, at),
    size,
    modified: numberAt(bytes, at + MODIFIED, NUMBER_LENGTH),
    mapFollows: type === 'S' && bytes[at + MAP_FOLLOWS] !== 0,
  };
}

function checksumAt(bytes: Buffer, at: number): number {
  return numberAt(bytes, at + CHECKSUM, CHECKSUM_LENGTH);
}

/** The sum of all bytes of a header, with blanks where it stands itself. */
function sumOf(bytes: Buffer, at: number): number {
  const view = viewOf(bytes);
  // Two sums of 256 bytes each fit into one number, so four bytes are added at a time.
  let sums = 0;
  for (let i = at; i < at + TAR_BLOCK; i += 4) {
    const word = view.getInt32(i);
    sums = (sums + (word & 0xff00ff) + ((word >>> 8) & 0xff00ff)) | 0;
  }
  let sum = (sums & 0xffff) + (sums >>> 16) + EMPTY_SUM;
  for (let i = at + CHECKSUM; i < at + CHECKSUM + CHECKSUM_LENGTH; i++) sum -= bytes[i] ?? 0;
  return sum;
}

let known: { readonly bytes: Buffer; readonly view: DataView } | undefined;

/** A view of these bytes; the headers of many small files stand in the same ones. */
function viewOf(bytes: Buffer): DataView {
  if (known?.bytes !== bytes)
    known = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
  return known.view;
}

/** Octal digits between blanks and NULs, or, marked by the highest bit, a binary number; NaN for anything else. */
function numberAt(bytes: Buffer, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (first >= 0x80) return first === 0x80 ? binaryAt(bytes, at + 1, length - 1) : Number.NaN;
  let i = at;
  while (i < at + length && isGap(bytes[i])) i++;
  let value = 0;
  for (; i < at + length && !isGap(bytes[i]); i++) {
    const digit = bytes[i] ?? 0;
    if (digit < ZERO || digit > SEVEN) return Number.NaN;
    value = value * 8 + digit - ZERO;
  }
  return value;
}

function binaryAt(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

function isGap(byte: number | undefined): boolean {
  return byte === BLANK || byte === 0;
}

/** The name, with what the POSIX format keeps of a long one in a second field. */
function nameAt(bytes: Buffer, at: number): string {
  const name = textAt(bytes, at + NAME, NAME_LENGTH);
  const hasPrefix =
    bytes[at + PREFIX] !== 0 && bytes.toString('latin1', at + MAGIC, at + MAGIC + 6) === 'ustar\0';
  return hasPrefix ? `${textAt(bytes, at + PREFIX, PREFIX_LENGTH)}/${name}` : name;
}

function textAt(bytes: Buffer, at: number, length: number): string {
  let end = at;
  let all = 0;
  for (; end < at + length && bytes[end] !== 0; end++) all |= bytes[end] ?? 0;
  return all < 0x80 ? bytes.toString('latin1', at, end) : decodeName(bytes.subarray(at, end));
}

/** Whether these first bytes are those of a tar archive: a header with a right checksum. */
export function isTar(head: Buffer): boolean {
  if (head.length < TAR_BLOCK) return false;
  const sum = sumOf(head, 0);
  return sum !== EMPTY_SUM && sum === checksumAt(head, 0);
}
