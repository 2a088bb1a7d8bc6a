import type { Readable } from 'node:stream';
import { timed } from '../model/timings.ts';

/** Chunks that may wait: enough to keep inflating while a chunk is read, few enough to stay small. */
const AHEAD = 4;

/**
 * Hands every chunk of a stream to `take` and returns what broke it, if anything did.
 * Chunks are only queued as they come and taken in a later turn, so that the stream's next chunk is already
 * being inflated in its own thread meanwhile; what came before an error is still handed over.
 */
export async function drain(
  stream: Readable,
  take: (bytes: Buffer) => Promise<void> | undefined,
): Promise<Error | undefined> {
  const queue: Buffer[] = [];
  let over = false;
  let failure: Error | undefined;
  let wake = () => {};
  const finish = (error?: Error) => {
    failure ??= error;
    over = true;
    wake();
  };
  stream.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    if (queue.length >= AHEAD) stream.pause();
    wake();
  });
  stream.once('end', () => finish()).once('close', () => finish());
  stream.on('error', finish);
  try {
    for (;;) {
      const chunk = queue.shift();
      if (chunk) {
        if (stream.isPaused()) stream.resume();
        const wait = timed('tar, zip and folders', () => take(chunk));
        if (wait) await wait;
        await new Promise(setImmediate);
      } else if (over) return failure;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    stream.destroy();
  }
}
