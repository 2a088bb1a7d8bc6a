import type { Sink } from '../bundle/visitor.ts';
import type { Log, LogOwner } from '../model/cluster.ts';
import { timed } from '../model/timings.ts';
import type { LineRules } from './line-rules.ts';
import { logCleaner } from './log-clean.ts';
import { type KeptLines, logEnds } from './log-ends.ts';
import { LINE_BYTES, logHits } from './log-hits.ts';

const FEED = 0x0a;
const FEED_BYTES = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

/**
 * Reads a log as its bytes come, in memory that does not depend on its size, and gives what stays of it when it has
 * ended. `modified` is when the file was last written: times without a year are taken to be shortly before it.
 */
export function logSink(
  file: string,
  owner: LogOwner,
  rules: LineRules,
  done: (log: Log) => void,
  modified?: number,
): Sink {
  const clean = logCleaner();
  const hits = logHits(rules, modified);
  const ends = logEnds(modified);
  /** The beginning of a line that is not over. */
  let open: Buffer = NOTHING;
  let lines = 0;
  let size = 0;

  function take(bytes: Buffer, from: number, to: number) {
    lines += hits.scan(bytes, from, to, lines);
    ends.add(bytes, from, to);
  }

  function takeOpenLine(rest: Buffer) {
    const line = Buffer.concat([open, rest.subarray(0, LINE_BYTES - open.length), FEED_BYTES]);
    open = NOTHING;
    take(line, 0, line.length);
  }

  function read(raw: Buffer) {
    size += raw.length;
    const bytes = clean(raw);
    const first = bytes.indexOf(FEED);
    if (first < 0) {
      open = Buffer.concat([open, bytes.subarray(0, LINE_BYTES - open.length)]);
      return;
    }
    const from = open.length > 0 ? first + 1 : 0;
    if (from > 0) takeOpenLine(bytes.subarray(0, first));
    const to = bytes.lastIndexOf(FEED) + 1;
    if (to > from) take(bytes, from, to);
    open = to < bytes.length ? Buffer.from(bytes.subarray(to, to + LINE_BYTES)) : NOTHING;
  }

  function finish() {
    if (open.length > 0) takeOpenLine(NOTHING);
    done(logOf({ file, owner, lines, bytes: size, hits: hits.hits() }, ends.kept(lines)));
  }

  return {
    chunk: (raw) => timed('scan', () => read(raw)),
    end: () => timed('scan', finish),
  };
}

/** The log, with its ends made lines only when they are looked at. */
function logOf(
  { file, owner, lines, bytes, hits }: Pick<Log, 'file' | 'owner' | 'lines' | 'bytes' | 'hits'>,
  { first, last, head, tail }: KeptLines,
): Log {
  return {
    file,
    owner,
    lines,
    bytes,
    first,
    last,
    hits,
    get head() {
      return head();
    },
    get tail() {
      return tail();
    },
  };
}
