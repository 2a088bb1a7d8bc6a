import * as fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { codeOf } from './error-code.ts';
import { readFolder } from './folder.ts';
import { setHeapGrowth } from './heap-growth.ts';
import { readPackedFile, readPackedStream } from './packed-file.ts';
import { type Archive, type Reading, startReading } from './reading.ts';
import { unpack } from './unpack.ts';
import type { Visitor } from './visitor.ts';

/** What was read: the bundle's name, its bytes as it lies there, the files shown, and whether it was whole. */
export type BundleSummary = {
  readonly name: string;
  readonly bytes: number;
  readonly files: number;
  readonly complete: boolean;
};

/**
 * Shows every file of a bundle to a visitor in one pass: an archive, a folder, a single file or, as `-`,
 * standard input. What it is, is told by its content; nothing is ever written.
 */
export async function readBundle(
  source: string,
  visitor: Visitor,
  limits: Limits = DEFAULT_LIMITS,
): Promise<BundleSummary> {
  setHeapGrowth();
  const reading = startReading(visitor, limits, unpack);
  const name = source === '-' ? 'standard input' : path.basename(path.resolve(source));
  const archive = { path: name, prefix: '', level: 0 };
  const bytes = await readSource(source, archive, reading).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new UserError(`${source}: ${UNREADABLE[code] ?? `cannot be read (${code})`}`, { cause: error });
  });
  const complete = reading.close();
  const files = reading.files();
  if (files === 0)
    throw new UserError(
      `${source}: ${complete ? 'holds no file' : 'is damaged or cut: there is no file in it'} that can be read`,
    );
  return { name, bytes, files, complete };
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'cannot be read: permission denied',
};

/** Returns how many bytes were read. */
async function readSource(source: string, archive: Archive, reading: Reading): Promise<number> {
  if (source === '-') return readPackedStream(process.stdin, archive, reading);
  const stat = fs.statSync(source);
  if (stat.isDirectory()) return readFolder(source, archive, reading);
  if (!stat.isFile()) return readPackedStream(fs.createReadStream(source), archive, reading);
  await readPackedFile(source, stat.size, archive, reading);
  return stat.size;
}
