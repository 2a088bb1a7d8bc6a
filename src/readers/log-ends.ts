import type { Log, LogLine } from '../model/cluster.ts';
import { timedLine } from './log-time.ts';

const FEED = 0x0a;
const HEAD_LINES = 5;
const TAIL_LINES = 40;
/** Of a longer line only this much is kept. */
const KEPT_LINE_BYTES = 2048;
/** All that is kept of one end: a bundle has as many logs as containers. */
const KEPT_BYTES = 8192;

/**
 * Some lines in a row, cut, each with its line feed: a character a byte, because a small buffer may keep a much larger
 * one, and to decode lines that nobody asks for takes time.
 */
type Lines = { readonly bytes: string; readonly count: number };

const NONE: Lines = { bytes: '', count: 0 };

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
      if (head.count === 0) head = withFirst(head, bytesOf(before), 0, before.bytes.length);
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
  const { count } = last;
  const beginning = count === lines ? last : first;
  return {
    head: () => numbered(textOf(beginning).split('\n', Math.min(HEAD_LINES, lines)), 1, newest),
    tail: () => numbered(textOf(last).split('\n', count), lines - count + 1, newest),
    last: () => lastTime(textOf(last), newest),
  };
}

function bytesOf({ bytes }: Lines): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** Without the last line feed. */
function textOf(lines: Lines): string {
  return bytesOf(lines).toString('utf8', 0, Math.max(0, lines.bytes.length - 1));
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
  let { bytes: kept, count } = head;
  for (let at = from; at < to && count < HEAD_LINES && kept.length < KEPT_BYTES; count++) {
    const end = bytes.indexOf(FEED, at);
    kept += `${bytes.toString('latin1', at, Math.min(end, at + KEPT_LINE_BYTES))}\n`;
    at = end + 1;
  }
  return { bytes: kept, count };
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
    ? { bytes: bytes.toString('latin1', start, to), count }
    : undefined;
}

function lastInPieces(before: Lines, bytes: Buffer, from: number, to: number): Lines {
  const kept: string[] = [];
  let size = 0;
  const walk = (source: Buffer, start: number, end: number) => {
    for (let stop = end; stop > start && kept.length < TAIL_LINES; ) {
      const at = lineStart(source, start, stop - 1);
      const line = source.toString('latin1', at, Math.min(stop - 1, at + KEPT_LINE_BYTES));
      if (size + line.length > KEPT_BYTES && kept.length > 0) return false;
      kept.push(`${line}\n`);
      size += line.length;
      stop = at;
    }
    return true;
  };
  if (walk(bytes, from, to)) walk(bytesOf(before), 0, before.bytes.length);
  return { bytes: kept.reverse().join(''), count: kept.length };
}

/** Where the line begins that goes on at `end`. */
export function lineStart(bytes: Buffer, from: number, end: number): number {
  let at = end;
  while (at > from && bytes[at - 1] !== FEED) at--;
  return at;
}

/** The line without the carriage return and the byte order mark that Windows puts there. */
export function withoutReturn(line: string): string {
  const start = line.startsWith('\ufeff') ? 1 : 0;
  return line.slice(start, line.endsWith('\r') ? -1 : undefined);
}
