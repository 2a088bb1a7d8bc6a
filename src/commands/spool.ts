import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';

const IN_MEMORY = 16 * 1024 ** 2;
const CHUNK = 1024 ** 2;

/** Holds one file until its size is known. */
type Spool = {
  write(bytes: Buffer): void;
  size(): number;
  chunks(): Iterable<Buffer>;
  clear(): void;
  close(): void;
};

/** A spool in memory, and beyond 16 MiB in a file without a name, which is gone whatever happens to the program. */
export function openSpool(folder: string): Spool {
  let held: Buffer[] = [];
  let inMemory = 0;
  let onDisk = 0;
  let descriptor: number | undefined;

  function flush() {
    descriptor ??= openNameless(folder);
    for (const bytes of held) {
      for (let at = 0; at < bytes.length; )
        at += fs.writeSync(descriptor, bytes, at, bytes.length - at, onDisk + at);
      onDisk += bytes.length;
    }
    held = [];
    inMemory = 0;
  }

  return {
    write(bytes) {
      held.push(Buffer.from(bytes));
      inMemory += bytes.length;
      if (inMemory > IN_MEMORY) flush();
    },
    size: () => onDisk + inMemory,
    *chunks() {
      for (let at = 0; descriptor !== undefined && at < onDisk; ) {
        const chunk = Buffer.allocUnsafe(Math.min(CHUNK, onDisk - at));
        const length = fs.readSync(descriptor, chunk, 0, chunk.length, at);
        yield chunk.subarray(0, length);
        at += length;
      }
      yield Buffer.concat(held);
    },
    clear() {
      held = [];
      inMemory = 0;
      onDisk = 0;
    },
    close() {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    },
  };
}

function openNameless(folder: string): number {
  const name = path.join(folder, `.casefile-${randomBytes(6).toString('hex')}`);
  const descriptor = fs.openSync(name, 'wx+', 0o600);
  fs.rmSync(name);
  return descriptor;
}
