import { PassThrough, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { deliver, feed } from './inflate.ts';
import { toIntake } from './intake.ts';
import { limitOf } from './limit-reached.ts';
import type { Archive, Reading } from './reading.ts';
import type { Sink } from './visitor.ts';
import { type RandomAccess, readZipDirectory, type ZipEntry } from './zip-directory.ts';

const CHUNK = 1024 ** 2;
const LOCAL = 0x04034b50;

/** Shows the files of a zip archive in the order of its directory. */
export async function readZip(zip: RandomAccess, archive: Archive, reading: Reading): Promise<void> {
  const entries = await readZipDirectory(zip);
  if (!entries)
    return reading.cut(
      archive.path,
      'the zip archive has no directory at its end: it was cut, nothing of it is read',
    );
  try {
    await readEntries(entries, zip, archive, reading);
  } catch (error) {
    reading.cut(archive.path, limitOf(error).message);
  }
}

async function readEntries(
  entries: readonly ZipEntry[],
  zip: RandomAccess,
  archive: Archive,
  reading: Reading,
): Promise<void> {
  for (const entry of entries) {
    if (entry.name.endsWith('/')) continue;
    const path = archive.prefix + entry.name;
    const reason = notReadBecause(entry);
    if (reason) reading.note(path, reason);
    const sink = reason
      ? undefined
      : reading.open({ path, size: entry.size, modified: entry.modified }, archive);
    if (sink) await readEntry(zip, entry, path, sink, reading);
    await reading.pending();
  }
}

function notReadBecause({ encrypted, symlink, method }: ZipEntry): string | undefined {
  if (encrypted) return 'encrypted, not read';
  if (symlink) return 'symbolic link, not followed';
  return method === 0 || method === 8 ? undefined : `packed by zip method ${method}, not read`;
}

async function readEntry(zip: RandomAccess, entry: ZipEntry, path: string, sink: Sink, reading: Reading) {
  const local = await zip.read(entry.at, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) {
    reading.cut(path, 'the zip archive is damaged where this file should be; it is not read');
    return sink.end(false);
  }
  const from = entry.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = Readable.from(chunksOf(zip, from, entry.packedSize));
  const stream =
    entry.method === 8 ? zlib.createInflateRaw({ chunkSize: chunkSizeFor(entry) }) : new PassThrough();
  feed(packed, stream);
  const checked = withChecksum(sink, entry.checksum, () =>
    reading.cut(path, 'its content is not what was packed: the checksum in the zip archive differs'),
  );
  await deliver({ path, stream, taken: () => entry.packedSize }, toIntake(checked), reading);
}

/** A small file is inflated in small chunks, because a flaw costs the whole chunk that it stands in. */
function chunkSizeFor({ size }: ZipEntry): number {
  return size < 4 * CHUNK ? 16 * 1024 : CHUNK;
}

/** Holds what flows by against its checksum; a cut file is told of anyway. */
function withChecksum(sink: Sink, checksum: number, tellWrong: () => void): Sink {
  let sum = 0;
  return {
    chunk(bytes) {
      sum = zlib.crc32(bytes, sum);
      sink.chunk(bytes);
    },
    end(complete) {
      const isWrong = complete && sum !== checksum;
      if (isWrong) tellWrong();
      sink.end(complete && !isWrong);
    },
  };
}

async function* chunksOf(zip: RandomAccess, from: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const bytes = await zip.read(from + at, Math.min(CHUNK, length - at));
    if (bytes.length === 0) return;
    at += bytes.length;
    yield bytes;
  }
}
