import { Readable } from 'node:stream';
import { deliverAll } from './inflate.ts';
import { type Intake, toIntake } from './intake.ts';
import type { Archive, Reading } from './reading.ts';
import { isZip, sniffed } from './sniff.ts';
import { tarIntake } from './tar.ts';
import { isTar } from './tar-header.ts';
import type { Entry, Sink } from './visitor.ts';
import { readZip } from './zip.ts';
import { memoryAccess } from './zip-directory.ts';

/** Reads a file of an archive that is packed itself: a compressed file into its sink, an archive file by file. */
export async function unpack(
  entry: Entry,
  packed: Buffer,
  sink: Sink | undefined,
  reading: Reading,
): Promise<void> {
  const bytes = Readable.from([packed], { objectMode: true });
  const source = { path: entry.path, bytes, size: packed.length, whole: async () => packed };
  if (sink) return deliverAll(source, packed, toIntake(sink), reading);
  const archive: Archive = { path: entry.path, prefix: `${entry.path}/`, level: 1 };
  if (!isZip(packed))
    return deliverAll(
      source,
      packed,
      sniffed((head) => inner(head, archive, reading)),
      reading,
    );
  await readZip(memoryAccess(packed), archive, reading);
}

function inner(head: Buffer, archive: Archive, reading: Reading): Intake {
  if (isTar(head)) return tarIntake(archive, reading);
  reading.note(archive.path, 'named like an archive, but is none; not read');
  return toIntake(undefined);
}
