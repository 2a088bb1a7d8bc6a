import * as fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../model/errors.ts';
import { timed } from '../model/timings.ts';
import { codeOf } from './error-code.ts';
import { limitOf } from './limit-reached.ts';
import { readPackedFile } from './packed-file.ts';
import { type Archive, isNamedArchive, type Reading } from './reading.ts';
import type { Sink } from './visitor.ts';

const CHUNK = 1024 ** 2;

/** The run through one folder: the bytes of its files so far, and where a file's bytes are read to. */
type Walk = { readonly reading: Reading; readonly chunk: Buffer; bytes: number };

/** Shows the files of a folder, sorted by name; links are never followed. Returns the bytes of all. */
export async function readFolder(folder: string, archive: Archive, reading: Reading): Promise<number> {
  const walk = { reading, chunk: Buffer.allocUnsafeSlow(CHUNK), bytes: 0 };
  try {
    await readChildren(folder, archive, walk);
  } catch (error) {
    reading.cut(archive.path, limitOf(error).message);
  }
  return walk.bytes;
}

async function readChildren(folder: string, archive: Archive, walk: Walk): Promise<void> {
  for (const child of childrenOf(folder, archive, walk.reading)) {
    const inside = archive.prefix + child.name;
    const place = path.join(folder, child.name);
    if (child.isDirectory()) await readChildren(place, { ...archive, prefix: `${inside}/` }, walk);
    else if (!child.isFile()) walk.reading.note(inside, notRead(child));
    else if (isNamedArchive(inside)) await readArchive(place, inside, walk);
    else timed('tar, zip and folders', () => readFile(place, inside, archive, walk));
    await walk.reading.pending();
  }
}

function childrenOf(folder: string, archive: Archive, reading: Reading): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (archive.prefix === '') throw error;
    reading.cut(archive.prefix, `the folder cannot be read (${codeOf(error)})`);
    return [];
  }
}

function notRead(child: fs.Dirent): string {
  return child.isSymbolicLink() ? 'symbolic link, not followed' : 'not a regular file, not read';
}

/** Reads an archive that lies in the folder, without holding it. */
async function readArchive(place: string, inside: string, walk: Walk): Promise<void> {
  const { size } = fs.lstatSync(place);
  walk.bytes += size;
  try {
    await readPackedFile(place, size, { path: inside, prefix: `${inside}/`, level: 0 }, walk.reading);
  } catch (error) {
    if (!(error instanceof UserError) && codeOf(error) === undefined) throw error;
    walk.reading.cut(inside, `cannot be read (${codeOf(error) ?? 'no archive'})`);
  }
}

/** Reads at once, without a turn of the event loop for each of many small files. */
function readFile(place: string, inside: string, archive: Archive, walk: Walk): void {
  let file: number | undefined;
  let sink: Sink | undefined;
  let complete = false;
  try {
    file = fs.openSync(place, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    const stat = fs.fstatSync(file);
    walk.bytes += stat.size;
    sink = walk.reading.open({ path: inside, size: stat.size, modified: stat.mtimeMs }, archive);
    if (sink) passOn(file, sink, walk);
    complete = true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    walk.reading.cut(inside, `cannot be read (${codeOf(error)})`);
  } finally {
    sink?.end(complete);
    if (file !== undefined) fs.closeSync(file);
  }
}

function passOn(file: number, sink: Sink, { reading, chunk }: Walk): void {
  for (;;) {
    const length = fs.readSync(file, chunk, 0, chunk.length, null);
    if (length === 0) return;
    reading.spend(length);
    sink.chunk(chunk.subarray(0, length));
  }
}
