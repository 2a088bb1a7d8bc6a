import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UserError } from '../model/errors.ts';
import { deliver, deliverAll, type Packed } from './inflate.ts';
import { type Intake, toIntake } from './intake.ts';
import type { Archive, Reading } from './reading.ts';
import { HEAD_BYTES, isXz, isZip, refuseUnreadable, sniffed } from './sniff.ts';
import { tarIntake } from './tar.ts';
import { isTar } from './tar-header.ts';
import { readZip } from './zip.ts';
import { fileAccess } from './zip-directory.ts';

const CHUNK = 1024 ** 2;
/** A damaged archive up to this size is read once more to save all that comes before the flaw. */
const SMALL = 4 * CHUNK;

/** Reads a file that is an archive, or one file of text, without holding it. */
export async function readPackedFile(
  source: string,
  size: number,
  archive: Archive,
  reading: Reading,
): Promise<void> {
  const file = await open(source);
  try {
    const zip = fileAccess(file, size);
    const head = await zip.read(0, HEAD_BYTES);
    if (isZip(head)) return await readZip(zip, archive, reading);
    const bytes = createReadStream(source, { highWaterMark: CHUNK });
    const whole = size <= SMALL ? () => zip.read(0, size) : undefined;
    await readPacked({ path: archive.path, bytes, size, whole }, head, archive, reading);
  } finally {
    await file.close();
  }
}

/** Reads a stream that is an archive, or text; returns its bytes. */
export async function readPackedStream(
  stream: Readable,
  archive: Archive,
  reading: Reading,
): Promise<number> {
  const chunks = stream[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let count = 0;
  while (count < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    held.push(next.value);
    count += next.value.length;
  }
  const head = Buffer.concat(held);
  if (isZip(head))
    throw new UserError(`${archive.path}: a zip archive has its directory at its end; give it as a file`);
  async function* all(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      count += next.value.length;
      yield next.value;
    }
  }
  const bytes = Readable.from(all(), { objectMode: true });
  await readPacked({ path: archive.path, bytes, size: undefined }, head, archive, reading);
  return count;
}

async function readPacked(packed: Packed, head: Buffer, archive: Archive, reading: Reading): Promise<void> {
  const intake = sniffed((inner) => {
    if (isTar(inner)) return tarIntake(archive, reading);
    refuseUnreadable(archive.path, inner);
    return single(archive, reading);
  });
  if (isXz(head) && (await readXz(packed, intake, reading))) return;
  await deliverAll(packed, head, intake, reading);
}

/** False when the program is not here; what starts it is loaded for such a bundle only. */
async function readXz({ path, bytes }: Packed, intake: Intake, reading: Reading): Promise<boolean> {
  const { findXz, unxz } = await import('./xz.ts');
  const program = findXz();
  if (!program) return false;
  const flow = unxz(program, bytes);
  const failure = async (out: number) => {
    const error = await flow.failure();
    if (error && out === 0) throw new UserError(`${path}: xz cannot read it: ${error.message}`);
    return error;
  };
  try {
    await deliver({ path, ...flow, failure }, intake, reading);
  } finally {
    // Whatever ended the reading, xz has ended too.
    await flow.failure();
  }
  return true;
}

/** What is no archive is one file. */
function single(archive: Archive, reading: Reading): Intake {
  const name = archive.path.replace(/\.(?:gz|zst|xz)$/i, '');
  return toIntake(reading.open({ path: name, size: undefined, modified: undefined }, archive));
}
