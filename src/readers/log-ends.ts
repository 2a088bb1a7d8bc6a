import type { LogEnds, LogLine } from '../model/cluster.ts';
import { timedLine } from './log-time.ts';

const FEED = 0x0a;
const HEAD_LINES = 5;
const TAIL_LINES = 40;
/** Of a longer line only this much is kept. */
const KEPT_LINE_BYTES = 2048;
/** All that is kept of one end: a bundle has as many logs as containers. */
const KEPT_BYTES = 8192;

/** Lines in a row, each with its line feed, and how many they are. */
type Lines = { readonly bytes: string; readonly count: number };

/**
 * Keeps the 5 first and the 40 last lines of a log while it goes by, each up to 2 KiB, together up to 8 KiB at each end.
 * They are held as strings with a character for each byte, because a small buffer may keep a much larger one, and to
 * decode lines that nobody asks for takes time.
 */
export class KeptEnds implements LogEnds {
  /** Empty as long as the last lines are all lines. */
  private first = '';
  private firstCount = 0;
  private latest = '';
  private latestCount = 0;
  /** How many lines were taken in all. */
  lines = 0;

  private readonly before: number;
  private readonly written: number | undefined;

  /** `before` is the number of lines in the file before the log, `written` when the file was. */
  constructor(before: number, written: number | undefined) {
    this.before = before;
    this.written = written;
  }

  /** Takes whole lines, so many. */
  add(bytes: Buffer, from: number, to: number, count: number): void {
    const known = this.latest;
    const last = lastOf({ bytes: known, count: this.latestCount }, bytes, from, to, count);
    this.latest = last.bytes;
    this.latestCount = last.count;
    this.lines += count;
    if (this.latestCount === this.lines || this.firstCount >= HEAD_LINES) return;
    if (this.firstCount === 0) this.addFirst(bytesOf(known), 0, known.length);
    this.addFirst(bytes, from, to);
  }

  head(): readonly LogLine[] {
    const beginning = this.latestCount === this.lines ? this.latest : this.first;
    return this.numbered(textOf(beginning).split('\n', Math.min(HEAD_LINES, this.lines)), 1);
  }

  tail(): readonly LogLine[] {
    return this.numbered(
      textOf(this.latest).split('\n', this.latestCount),
      this.lines - this.latestCount + 1,
    );
  }

  last(): number | undefined {
    return lastTime(textOf(this.latest), this.written);
  }

  private addFirst(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to && this.firstCount < HEAD_LINES && this.first.length < KEPT_BYTES; ) {
      const end = bytes.indexOf(FEED, at);
      this.first += `${bytes.toString('latin1', at, Math.min(end, at + KEPT_LINE_BYTES))}\n`;
      this.firstCount++;
      at = end + 1;
    }
  }

  private numbered(lines: readonly string[], first: number): readonly LogLine[] {
    return lines.map((line, i) => ({
      line: this.before + first + i,
      ...timedLine(withoutReturn(line), this.written),
    }));
  }
}

function bytesOf(bytes: string): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** Decoded and cut, without the last line feed. */
function textOf(bytes: string): string {
  const all = bytes.slice(0, -1);
  const cut =
    all.length > KEPT_LINE_BYTES
      ? all
          .split('\n')
          .map((line) => line.slice(0, KEPT_LINE_BYTES))
          .join('\n')
      : all;
  return decoded(cut);
}

/** The text whose bytes these characters are. */
export function decoded(bytes: string): string {
  return bytesOf(bytes).toString('utf8');
}

function lastTime(text: string, newest: number | undefined): number | undefined {
  for (let end = text.length; end > 0; end = text.lastIndexOf('\n', end - 1)) {
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    const { time } = timedLine(withoutReturn(line), newest);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** The last lines of what was kept before and of the new ones, so many. */
function lastOf(before: Lines, bytes: Buffer, from: number, to: number, count: number): Lines {
  // The whole of a small log; its lines are cut when they are asked for.
  if (before.count === 0 && count <= TAIL_LINES && to - from - count <= KEPT_BYTES)
    return { bytes: bytes.toString('latin1', from, to), count };
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
  if (walk(bytes, from, to)) walk(bytesOf(before.bytes), 0, before.bytes.length);
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
