import type { Log, LogLine } from '../model/cluster.ts';
import { timedLine } from './log-time.ts';

const FEED = 0x0a;
const HEAD_LINES = 5;
const TAIL_LINES = 40;
/** Of a longer line only this much is kept. */
const KEPT_LINE_BYTES = 2048;
/** All that is kept of one end: a bundle has as many logs as containers. */
const KEPT_BYTES = 8192;

/** Some lines in a row, cut, each with its line feed. */
type Lines = { readonly bytes: Buffer; readonly count: number };

const NONE: Lines = { bytes: Buffer.alloc(0), count: 0 };

/** Keeps the first and the last lines of a log while it goes by. */
export type LogEnds = {
  /** Takes whole lines; with them the log has `lines` in all. */
  add(bytes: Buffer, from: number, to: number, lines: number): void;
  /** What is kept of a log that has so many lines in all. */
  kept(lines: number): Pick<Log, 'head' | 'tail' | 'last'>;
};

/** Keeps 5 first and 40 last lines, each up to 2 KiB, together up to 8 KiB at each end. */
export function logEnds(newest: number | undefined): LogEnds {
  /** Empty as long as the tail holds all lines. */
  let head = NONE;
  let tail = NONE;
  return {
    add(bytes, from, to, lines) {
      const before = tail;
      tail = lastOf(before, bytes, from, to);
      if (tail.count === lines || head.count >= HEAD_LINES) return;
      if (head.count === 0) head = withFirst(head, before.bytes, 0, before.bytes.length);
      head = withFirst(head, bytes, from, to);
    },
    kept: (lines) => keptOf(head, tail, lines, newest),
  };
}

function keptOf(
  first: Lines,
  last: Lines,
  lines: number,
  newest: number | undefined,
): ReturnType<LogEnds['kept']> {
  // As text, because a small buffer may keep a much larger one.
  const tail = textOf(last);
  const { count } = last;
  const head = count === lines ? tail : textOf(first);
  return {
    head: () => numbered(head.split('\n', Math.min(HEAD_LINES, lines)), 1, newest),
    tail: () => numbered(tail.split('\n', count), lines - count + 1, newest),
    last: () => lastTime(tail, newest),
  };
}

function textOf({ bytes }: Lines): string {
  return bytes.toString('utf8', 0, Math.max(0, bytes.length - 1));
}

function lastTime(text: string, newest: number | undefined): number | undefined {
  for (let end = text.length; end > 0; end = text.lastIndexOf('\n', end - 1)) {
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    const { time } = timedLine(withoutReturn(line), newest);
    if (time !== undefined) return time;
  }
  return undefined;
}

function numbered(lines: readonly string[], first: number, newest: number | undefined): readonly LogLine[] {
  return lines.map((line, i) => ({ line: first + i, ...timedLine(withoutReturn(line), newest) }));
}

function withFirst(head: Lines, bytes: Buffer, from: number, to: number): Lines {
  const kept = [head.bytes];
  let { count } = head;
  let size = head.bytes.length;
  for (let at = from; at < to && count < HEAD_LINES && size < KEPT_BYTES; count++) {
    const end = bytes.indexOf(FEED, at);
    const length = Math.min(end - at, KEPT_LINE_BYTES);
    kept.push(bytes.subarray(at, at + length), bytes.subarray(end, end + 1));
    size += length + 1;
    at = end + 1;
  }
  return { bytes: Buffer.concat(kept), count };
}

/** The last lines of what was kept before and of the new ones. */
function lastOf(before: Lines, bytes: Buffer, from: number, to: number): Lines {
  return lastInOnePiece(before, bytes, from, to) ?? lastInPieces(before, bytes, from, to);
}

/** The last lines as they stand; nothing when there are too few or one is to be cut. */
function lastInOnePiece(before: Lines, bytes: Buffer, from: number, to: number): Lines | undefined {
  let start = to;
  let count = 0;
  for (; count < TAIL_LINES && start > from; count++) {
    const at = start - 1 > from ? Math.max(from, bytes.lastIndexOf(FEED, start - 2) + 1) : from;
    if (start - 1 - at > KEPT_LINE_BYTES) return undefined;
    if (to - at - count - 1 > KEPT_BYTES) break;
    start = at;
  }
  return start > from || count === TAIL_LINES || before.count === 0
    ? { bytes: Buffer.from(bytes.subarray(start, to)), count }
    : undefined;
}

function lastInPieces(before: Lines, bytes: Buffer, from: number, to: number): Lines {
  const kept: Buffer[] = [];
  let size = 0;
  const walk = (source: Buffer, start: number, end: number) => {
    for (let stop = end; stop > start && kept.length < TAIL_LINES; ) {
      const at = lineStart(source, start, stop - 1);
      const line = source.subarray(at, Math.min(stop - 1, at + KEPT_LINE_BYTES));
      if (size + line.length > KEPT_BYTES && kept.length > 0) return false;
      kept.push(line);
      size += line.length;
      stop = at;
    }
    return true;
  };
  if (walk(bytes, from, to)) walk(before.bytes, 0, before.bytes.length);
  return { bytes: joined(kept, size), count: kept.length };
}

/** Where the line begins that goes on at `end`. */
export function lineStart(bytes: Buffer, from: number, end: number): number {
  let at = end;
  while (at > from && bytes[at - 1] !== FEED) at--;
  return at;
}

function joined(newestFirst: readonly Buffer[], size: number): Buffer {
  const all = Buffer.allocUnsafe(size + newestFirst.length);
  let at = 0;
  for (const line of newestFirst.toReversed()) {
    at += line.copy(all, at);
    all[at++] = FEED;
  }
  return all;
}

/** The line without the carriage return and the byte order mark that Windows puts there. */
export function withoutReturn(line: string): string {
  const start = line.startsWith('\ufeff') ? 1 : 0;
  return line.slice(start, line.endsWith('\r') ? -1 : undefined);
}
