import { type Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { drain } from './drain.ts';
import { codeOf } from './error-code.ts';
import type { Intake } from './intake.ts';
import { LimitReached, limitOf } from './limit-reached.ts';
import type { Reading } from './reading.ts';
import { salvaged } from './salvage.ts';

const MiB = 1024 ** 2;
/** A small file may well be nothing but blanks. */
const RATIO_FROM = 64 * MiB;

/** How bytes are compressed. */
export type Compression = 'gzip' | 'zstd';

/** The compression that these first bytes begin. */
export function compressionOf(head: Buffer): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  return undefined;
}

/** Bytes that are still packed: where they stand, how many they are when known, and all of them when they are few. */
export type Packed = {
  readonly path: string;
  readonly bytes: Readable;
  readonly size: number | undefined;
  readonly whole?: (() => Promise<Buffer>) | undefined;
};

/** Hands packed bytes, inflated where `head` says so, to an intake; what comes before a cut or flaw reaches it. */
export async function deliverAll(
  packed: Packed,
  head: Buffer,
  intake: Intake,
  reading: Reading,
): Promise<void> {
  const { path, bytes, whole } = packed;
  const compression = compressionOf(head);
  if (!compression)
    return deliver({ path, stream: bytes, taken: () => Number.POSITIVE_INFINITY }, intake, reading);
  const inflater = compression === 'gzip' ? gunzip(packed.size) : unzstd();
  feed(bytes, inflater.stream);
  const rescue = compression === 'gzip' && whole && (async (out: number) => salvaged(await whole(), out));
  await deliver({ path, ...inflater, ...(rescue ? { rescue } : {}) }, intake, reading);
}

type Inflater = { readonly stream: Transform; taken(): number };

/**
 * A stream of content, how many packed bytes it has taken, what a flaw behind `out` bytes keeps back, and what went wrong
 * behind `out` bytes where the stream itself only ends.
 */
export type Flow = {
  readonly path: string;
  readonly stream: Readable;
  taken(): number;
  readonly rescue?: (out: number) => Promise<Buffer>;
  readonly failure?: (out: number) => Promise<Error | undefined>;
};

/** Hands all that a stream gives to an intake and tells what ended it early. */
export async function deliver(flow: Flow, intake: Intake, reading: Reading): Promise<void> {
  const { ratio } = reading.limits;
  let out = 0;
  const take = (bytes: Buffer) => {
    out += bytes.length;
    const room = reading.room();
    if (bytes.length > room)
      return Promise.resolve(intake.chunk(bytes.subarray(0, room))).then(() => reading.spend(bytes.length));
    reading.spend(bytes.length);
    if (out > RATIO_FROM && out > ratio * flow.taken())
      throw new LimitReached(`it inflates to more than ${ratio} times its size`, 'ratio');
    return intake.chunk(bytes);
  };
  const all = async () => {
    const broken = await drain(flow.stream, take);
    const failure = broken ?? (await flow.failure?.(out));
    if (failure && flow.rescue && codeOf(failure) === 'Z_DATA_ERROR') await take(await flow.rescue(out));
    return failure;
  };
  const failure = await all().catch(limitOf);
  if (failure) reading.cut(flow.path, explain(failure, out));
  // What was taken in last may reach a limit only now.
  const reached = await Promise.resolve(intake.end(failure === undefined)).catch(limitOf);
  if (reached && !failure) reading.cut(flow.path, reached.message);
}

/** In large chunks, but of a small archive too one is read while the next is inflated. */
function gunzip(size: number | undefined): Inflater {
  const isSmall = size !== undefined && size < 4 * MiB;
  const stream = zlib.createGunzip({ chunkSize: isSmall ? MiB / 4 : MiB });
  return { stream, taken: () => stream.bytesWritten };
}

function unzstd(): Inflater {
  let taken = 0;
  const decoder = new Decompress();
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      attempt(() => decoder.push(chunk), done);
    },
    flush(done) {
      attempt(() => decoder.push(new Uint8Array(0), true), done);
    },
  });
  decoder.ondata = (bytes) => {
    stream.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  };
  return { stream, taken: () => taken };
}

function attempt(run: () => void, done: (error?: Error) => void): void {
  try {
    run();
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Writes one chunk at a time, so that the end comes alone and a cut takes nothing of the last chunk with it. */
export function feed(source: Readable, target: Transform): void {
  source.on('data', (chunk: Buffer) => {
    source.pause();
    target.write(chunk, (error) => {
      if (!error) source.resume();
    });
  });
  source.once('end', () => target.end());
  source.once('error', (error) => target.destroy(error));
  target.once('close', () => source.destroy());
}

function explain(failure: Error, out: number): string {
  if (failure instanceof LimitReached) return failure.message;
  return codeOf(failure) === 'Z_BUF_ERROR'
    ? `the compressed data ends early, after ${out} bytes of content; what came before is read`
    : `the compressed data is damaged after ${out} bytes of content (${failure.message}); the rest is not read`;
}
