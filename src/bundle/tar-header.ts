import { isUtf8 } from 'node:buffer';

export const TAR_BLOCK = 512;

/** One header block of a tar archive. */
export type TarHeader = {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number | undefined;
  /** The type flag; '0' is a regular file. */
  readonly type: string;
};

/** Reads a header block; nothing when it is not one. */
export function parseTarHeader(block: Buffer): TarHeader | undefined {
  const size = parseNumber(block, 124, 12);
  if (size === undefined || parseNumber(block, 148, 8) !== checksum(block)) return undefined;
  const seconds = parseNumber(block, 136, 12);
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? field(block, 345, 155) : '';
  const name = field(block, 0, 100);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size,
    modified: seconds ? seconds * 1000 : undefined,
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0),
  };
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Whether all bytes are zero, as in the blocks that end an archive. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const end = Math.min(at + ZEROS.length, bytes.length);
    if (bytes.compare(ZEROS, 0, end - at, at, end) !== 0) return false;
  }
  return true;
}

/** A name as text; bytes that are not UTF-8 are shown as `\xNN`. */
export function decodeName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);
}

function field(block: Buffer, from: number, length: number): string {
  const nul = block.indexOf(0, from);
  return decodeName(block.subarray(from, nul < 0 ? from + length : Math.min(nul, from + length)));
}

/** The sum of all bytes, the checksum's own counted as spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20;
  for (let i = 0; i < 148; i++) sum += block[i] ?? 0;
  for (let i = 156; i < TAR_BLOCK; i++) sum += block[i] ?? 0;
  return sum;
}

/** An octal number, or a binary one where the first bit is set; nothing when it is neither, negative or too large. */
function parseNumber(block: Buffer, from: number, length: number): number | undefined {
  const first = block[from] ?? 0;
  if (first & 0x80) {
    let value = first & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + (block[from + i] ?? 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(block.toString('latin1', from, from + length))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
}
