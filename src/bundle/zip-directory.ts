import type { FileHandle } from 'node:fs/promises';
import { decodeName } from './decode-name.ts';

/** Bytes that can be read at any place. */
export type RandomAccess = {
  readonly size: number;
  /** Fewer bytes only at the end. */
  read(from: number, length: number): Promise<Buffer>;
};

/** An open file, read at any place. */
export function fileAccess(file: FileHandle, size: number): RandomAccess {
  return {
    size,
    async read(from, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - from)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    },
  };
}

/** Bytes in memory, read at any place. */
export function memoryAccess(bytes: Buffer): RandomAccess {
  return { size: bytes.length, read: async (from, length) => bytes.subarray(from, from + length) };
}

/** One file as a zip archive's directory describes it. */
export type ZipEntry = {
  readonly name: string;
  /** 0 is stored, 8 is deflate. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly symlink: boolean;
  readonly packedSize: number;
  readonly size: number;
  /** The CRC-32 of its content. */
  readonly checksum: number;
  readonly modified: number | undefined;
  /** Where its local header begins. */
  readonly at: number;
};

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const MAX_DIRECTORY = 256 * 1024 ** 2;

/** Reads the directory at the end of a zip archive; nothing when there is none, as when the file was cut. */
export async function readZipDirectory(zip: RandomAccess): Promise<readonly ZipEntry[] | undefined> {
  const place = await findDirectory(zip);
  if (!place || place.size > MAX_DIRECTORY || place.at + place.size > zip.size) return undefined;
  const directory = await zip.read(place.at, place.size);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const extraAt = at + 46 + nameLength;
    const extra = directory.subarray(extraAt, extraAt + extraLength);
    entries.push(entryOf(directory.subarray(at, extraAt), extra));
    at = extraAt + extraLength + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function findDirectory(zip: RandomAccess): Promise<{ at: number; size: number } | undefined> {
  const from = Math.max(0, zip.size - END_BYTES - 0xffff);
  const tail = await zip.read(from, zip.size - from);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    const place = { at: tail.readUInt32LE(at + 16), size: tail.readUInt32LE(at + 12) };
    const large =
      place.at === 0xffffffff || place.size === 0xffffffff || tail.readUInt16LE(at + 10) === 0xffff;
    return large && at >= 20 ? ((await findDirectory64(zip, tail.subarray(at - 20, at))) ?? place) : place;
  }
  return undefined;
}

async function findDirectory64(zip: RandomAccess, locator: Buffer) {
  if (locator.readUInt32LE(0) !== LOCATOR64) return undefined;
  const end = await zip.read(Number(locator.readBigUInt64LE(8)), 56);
  if (end.length < 56 || end.readUInt32LE(0) !== END64) return undefined;
  return { at: Number(end.readBigUInt64LE(48)), size: Number(end.readBigUInt64LE(40)) };
}

function entryOf(header: Buffer, extra: Buffer): ZipEntry {
  const sizes = [header.readUInt32LE(24), header.readUInt32LE(20), header.readUInt32LE(42)];
  const [size = 0, packedSize = 0, at = 0] = withZip64(sizes, extra);
  return {
    name: decodeName(header.subarray(46)).replaceAll('\\', '/'),
    method: header.readUInt16LE(10),
    encrypted: (header.readUInt16LE(8) & 1) === 1,
    symlink: ((header.readUInt32LE(38) >>> 28) & 0xf) === 0xa,
    packedSize,
    size,
    checksum: header.readUInt32LE(16),
    modified: dosTime(header.readUInt16LE(14), header.readUInt16LE(12)),
    at,
  };
}

/** The numbers that did not fit stand, in order, in the extra field of kind 1. */
function withZip64(numbers: readonly number[], extra: Buffer): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return numbers.map((number) => {
      if (number !== 0xffffffff || next + 8 > extra.length) return number;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    });
  }
  return numbers;
}

/** Zip's time has no zone; it is taken for UTC. */
function dosTime(date: number, time: number): number | undefined {
  if (date === 0) return undefined;
  return Date.UTC(
    1980 + (date >>> 9),
    ((date >>> 5) & 15) - 1,
    date & 31,
    time >>> 11,
    (time >>> 5) & 63,
    (time & 31) * 2,
  );
}
