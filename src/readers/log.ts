import type { Sink } from '../bundle/visitor.ts';
import type { Log, LogOwner } from '../model/cluster.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { timed } from '../model/timings.ts';
import type { LineRules } from './line-rules.ts';
import { logCleaner } from './log-clean.ts';
import { KeptEnds } from './log-ends.ts';
import { logHits } from './log-hits.ts';
import { longLines } from './long-lines.ts';

const FEED = 0x0a;
const FEED_BYTES = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

/** Where a log stands: the lines of the file before it, and when the file was written. */
export type LogPlace = {
  readonly file: string;
  readonly before?: number;
  readonly modified?: number | undefined;
};

/**
 * Reads a log as its bytes come, in memory that does not depend on its size, and gives what stays of it when it has
 * ended. Times without a year are taken to be shortly before the file was written.
 * Of a line longer than `lineBytes` only the beginning is looked at; `done` is told how many there were.
 */
export function logSink(
  { file, before = 0, modified }: LogPlace,
  owner: LogOwner,
  rules: LineRules,
  done: (log: Log, longLines: number) => void,
  lineBytes: number = DEFAULT_LIMITS.line,
): Sink {
  const clean = logCleaner();
  const hits = logHits(rules, modified, lineBytes);
  const ends = new KeptEnds(before, modified);
  /** The beginning of a line that is not over, and how long the line is by now. */
  let open: Buffer = NOTHING;
  let openBytes = 0;
  let long = 0;
  let size = 0;

  function take(bytes: Buffer, from: number, to: number) {
    ends.add(bytes, from, to, hits.scan(bytes, from, to, before + ends.lines));
  }

  function takeOpenLine(rest: Buffer) {
    const line = Buffer.concat([open, rest.subarray(0, lineBytes - open.length), FEED_BYTES]);
    if (openBytes + rest.length > lineBytes) long++;
    open = NOTHING;
    openBytes = 0;
    take(line, 0, line.length);
  }

  function read(raw: Buffer) {
    size += raw.length;
    const bytes = clean(raw);
    const first = bytes.indexOf(FEED);
    if (first < 0) {
      if (open.length < lineBytes) open = Buffer.concat([open, bytes.subarray(0, lineBytes - open.length)]);
      openBytes += bytes.length;
      return;
    }
    const from = open.length > 0 ? first + 1 : 0;
    if (from > 0) takeOpenLine(bytes.subarray(0, first));
    const to = bytes.lastIndexOf(FEED) + 1;
    if (to > from) {
      take(bytes, from, to);
      long += longLines(bytes, from, to, lineBytes);
    }
    open = to < bytes.length ? Buffer.from(bytes.subarray(to, to + lineBytes)) : NOTHING;
    openBytes = bytes.length - to;
  }

  function finish() {
    if (open.length > 0) takeOpenLine(NOTHING);
    done({ file, owner, before, lines: ends.lines, bytes: size, hits: hits.hits(), ends }, long);
  }

  return {
    chunk: (raw) => timed('scan', () => read(raw)),
    end: () => timed('scan', finish),
  };
}
