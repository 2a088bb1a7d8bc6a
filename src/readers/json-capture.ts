/** A stretch of bytes that is kept while chunks go by. */
export type Capture = {
  /** Keeps what comes from `at` on, behind what it holds. */
  begin(at: number): void;
  /** Keeps what has come up to `to`; a chunk is over, or the stretch is interrupted. */
  pause(bytes: Buffer, to: number): void;
  /** Goes on at the first byte of the next chunk. */
  resume(): void;
  /** What it holds so far, as text. */
  text(): string;
  /** All of it as text, and empties it; nothing when it was larger than the limit. */
  take(bytes: Buffer, to: number): string | undefined;
};

/** Captures no more than so many bytes. */
export function capture(limit: number): Capture {
  let pieces: Buffer[] = [];
  let size = 0;
  let from: number | undefined;

  return {
    begin(at) {
      from = at;
    },
    pause(bytes, to) {
      if (from === undefined) return;
      size += to - from;
      if (size <= limit) pieces.push(Buffer.from(bytes.subarray(from, to)));
      else pieces = [];
      from = undefined;
    },
    resume() {
      from = 0;
    },
    text: () => Buffer.concat(pieces).toString(),
    take(bytes, to) {
      const start = from ?? to;
      const last = bytes.subarray(start, to);
      const whole = size + last.length <= limit;
      const text = pieces.length === 0 ? last.toString() : Buffer.concat([...pieces, last]).toString();
      pieces = [];
      size = 0;
      from = undefined;
      return whole ? text : undefined;
    },
  };
}
