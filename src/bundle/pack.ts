import { write } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Entry } from './visitor.ts';

const CHUNK = 256 * 1024;
/** The last second that every tar program can read; a bundle may claim any. */
const LAST_TIME = 0x7fff_ffff * 1000;

/** Writes files into a tar.gz, one after the other. */
export type Packing = {
  /** Resolves when the file is handed on; exactly `size` bytes have to be given. */
  add(entry: Entry & { readonly size: number }, chunks: Iterable<Buffer>): Promise<void>;
  /** Resolves when all is on the disk. */
  close(): Promise<void>;
  /** Gives up; resolves when nothing is written any more. */
  abandon(): Promise<void>;
};

/** A tar.gz on an open file; it holds some chunks, however large the files are. */
export function packTarGz(descriptor: number): Packing {
  const tar = pack();
  const written = pipeline(tar, createGzip({ chunkSize: CHUNK }), fileAt(descriptor));
  // Whoever adds next, or closes, is told.
  written.catch(() => {});
  return {
    async add({ path, size, modified = 0 }, chunks) {
      const mtime = new Date(Math.min(Math.max(0, modified), LAST_TIME));
      const entry = tar.entry({ name: path, size, mtime });
      try {
        await pipeline(Readable.from(chunks), entry);
      } catch (error) {
        // What ended the writing is the reason; the entry only knows that it was ended.
        await written;
        throw error;
      }
    },
    async close() {
      tar.finalize();
      await written;
    },
    async abandon() {
      tar.destroy();
      await written.catch(() => {});
    },
  };
}

/** Writes to a file that somebody else closes. */
function fileAt(descriptor: number): Writable {
  return new Writable({
    write(bytes: Buffer, encoding, done) {
      write(descriptor, bytes, 0, bytes.length, null, (error, length) => {
        if (error || length === bytes.length) done(error);
        else this._write(bytes.subarray(length), encoding, done);
      });
    },
  });
}
