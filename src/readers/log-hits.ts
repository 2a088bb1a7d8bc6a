import type { LogHit, LogLine } from '../model/cluster.ts';
import type { LineRules } from './line-rules.ts';
import { countLines, scanLines } from './line-scan.ts';
import { lineStart, withoutReturn } from './log-ends.ts';
import { timedLine, unwrapped } from './log-time.ts';

const FEED = 0x0a;
/** Of a longer line only this much is held against the rules. */
export const LINE_BYTES = 16 * 1024;
/** The newest matched lines that are kept of each classifier. */
const KEPT_LINES = 5;
/** So many matches of a classifier in one log are counted; what comes after only makes the newest lines newer. */
export const COUNTED = 10_000;
/** Likely lines that wait, once enough are counted, to be tried from the newest back. */
const WAITING = 32;
/** So many of the first matches may give the time of the first: not every line of a stack trace has one. */
const FIRST_WITHIN = 50;

/** A line that matched, as it stands in the log. */
type RawLine = { readonly line: number; readonly raw: string };

/** The matches of one classifier in one log. */
type Tally = {
  count: number;
  first: number | undefined;
  readonly lines: RawLine[];
  /** The newest line that is matched or waits. */
  newest: number;
  /** A ring of likely lines behind the counted ones, and how many have entered it. */
  readonly waiting: { readonly line: number; readonly bytes: Buffer }[];
  entered: number;
};

/** The hits of a log, found while it goes by. */
export type LogHits = {
  /** Looks through whole lines and returns how many they are; `before` is the number of lines before them. */
  scan(bytes: Buffer, from: number, to: number, before: number): number;
  hits(): readonly LogHit[];
};

/** Finds the lines that the rules match; only lines that hold a literal of a rule are decoded at all. */
export function logHits(rules: LineRules, newest: number | undefined): LogHits {
  const tallies = new Map<number, Tally>();
  /** Expressions of which a literal stands in the line at hand. */
  let likely: number[] = [];
  let lineFrom = 0;
  let lineTo = 0;
  let number = 0;

  function tallyOf(rule: number): Tally {
    const tally = tallies.get(rule);
    if (tally) return tally;
    const made = {
      count: 0,
      first: undefined,
      lines: [],
      newest: 0,
      waiting: [],
      entered: 0,
    };
    tallies.set(rule, made);
    return made;
  }

  /** Tries the expressions of the line at hand. */
  function tryLine(bytes: Buffer): void {
    const to = Math.min(lineTo, lineFrom + LINE_BYTES);
    let raw: string | undefined;
    let text = '';
    for (const index of likely) {
      const { expression, rule } = rules.expressions[index] ?? NO_EXPRESSION;
      const tally = tallyOf(rule);
      if (tally.newest === number) continue;
      if (tally.count === COUNTED) {
        wait(tally, number, bytes.subarray(lineFrom, to));
        continue;
      }
      if (raw === undefined) {
        raw = withoutReturn(bytes.toString('utf8', lineFrom, to));
        text = unquoted(unwrapped(raw));
      }
      if (!expression.match(text)) continue;
      if (tally.count < FIRST_WITHIN) tally.first ??= timedLine(raw, newest).time;
      add(tally, { line: number, raw });
    }
    likely = [];
  }

  return {
    scan(bytes, from, to, before) {
      lineTo = from;
      number = before;
      let counted = from;
      scanLines(rules.grams, bytes, from, to, (literal, at) => {
        if (at >= lineTo) {
          if (likely.length > 0) tryLine(bytes);
          lineFrom = lineStart(bytes, from, at);
          lineTo = bytes.indexOf(FEED, at);
          number += countLines(bytes, counted, lineTo + 1);
          counted = lineTo + 1;
        }
        if (at + (rules.grams.literals[literal]?.bytes.length ?? 0) > lineFrom + LINE_BYTES) return;
        for (const index of rules.expressionsOf[literal] ?? [])
          if (!likely.includes(index)) likely.push(index);
      });
      if (likely.length > 0) tryLine(bytes);
      return number - before + countLines(bytes, counted, to);
    },
    hits: () =>
      [...tallies]
        .filter(([, { count }]) => count > 0)
        .sort(([a], [b]) => a - b)
        .map(([rule, tally]) => hitOf(rule, tally, rules, newest)),
  };
}

/** A line of JSON or logrus has what was said in a string; expressions are written for what was said. */
function unquoted(line: string): string {
  return line.includes('\\"') ? line.replace(/\\+"/g, '"') : line;
}

const NO_EXPRESSION = { expression: { source: '', match: () => undefined }, rule: -1 };

function wait(tally: Tally, line: number, bytes: Buffer): void {
  tally.waiting[tally.entered++ % WAITING] = { line, bytes: Buffer.from(bytes) };
  tally.newest = line;
}

function add(tally: Tally, line: RawLine): void {
  tally.count++;
  tally.newest = line.line;
  tally.lines.push(line);
  if (tally.lines.length > KEPT_LINES) tally.lines.shift();
}

function hitOf(rule: number, tally: Tally, rules: LineRules, newest: number | undefined): LogHit {
  const expressions = rules.expressions.filter((one) => one.rule === rule);
  const oldest = tally.waiting.length < WAITING ? 0 : tally.entered % WAITING;
  for (const { line, bytes } of [...tally.waiting.slice(oldest), ...tally.waiting.slice(0, oldest)]) {
    const raw = withoutReturn(bytes.toString());
    const text = unquoted(unwrapped(raw));
    if (expressions.some(({ expression }) => expression.match(text))) add(tally, { line, raw });
  }
  const lines = tally.lines.map(({ line, raw }): LogLine => ({ line, ...timedLine(raw, newest) }));
  const last = lines.findLast(({ time }) => time !== undefined)?.time;
  return { classifier: rules.classifiers[rule] ?? '', count: tally.count, first: tally.first, last, lines };
}
