import type { LogHit, LogLine } from '../model/cluster.ts';
import type { LineRules } from './line-rules.ts';
import { countLines, scanLines } from './line-scan.ts';
import { lineStart, withoutReturn } from './log-ends.ts';
import { saidIn, timedLine } from './log-time.ts';

const FEED = 0x0a;
/** The newest matched lines that are kept of each classifier. */
const KEPT_LINES = 5;
/** So many of the first matches may give the time of the first: not every line of a stack trace has one. */
const FIRST_WITHIN = 50;

/** A line that matched: its number, and where it stands in the bytes at hand. */
type Place = { readonly line: number; readonly from: number; readonly to: number };
/** The same as it stands in the log. */
type RawLine = { readonly line: number; readonly raw: string };

/** The matches of one classifier in one log. */
type Tally = {
  count: number;
  first: number | undefined;
  lines: readonly RawLine[];
  /** The newest in the bytes at hand, which become `lines` when those have been looked through. */
  readonly newest: Place[];
};

/** The hits of a log, found while it goes by. */
export type LogHits = {
  /** Looks through whole lines and returns how many they are; `before` is the number of lines before them. */
  scan(bytes: Buffer, from: number, to: number, before: number): number;
  hits(): readonly LogHit[];
};

/**
 * Finds the lines that the rules match; only lines that hold a literal of a rule, and are not of a shape that is known,
 * are decoded at all. Of a line no more than `lineBytes` are held against the rules.
 */
export function logHits(rules: LineRules, newest: number | undefined, lineBytes: number): LogHits {
  const { grams, shapes, expressionsOf } = rules;
  const tallies = new Map<number, Tally>();
  /** Expressions of which a literal stands in the line at hand. */
  let likely: number[] = [];
  let lineFrom = 0;
  let lineTo = 0;
  let number = 0;

  function tallyOf(rule: number): Tally {
    const tally = tallies.get(rule);
    if (tally) return tally;
    const made = { count: 0, first: undefined, lines: [], newest: [] };
    tallies.set(rule, made);
    return made;
  }

  /** Where the part of the line at hand ends that is looked at. */
  const lookedAt = () => Math.min(lineTo, lineFrom + lineBytes);

  /** Tries the expressions of the line at hand. */
  function tryLine(bytes: Buffer): void {
    const matched = matchedBy(likely, rules, saidIn(textAt(bytes, lineFrom, lookedAt())));
    shapes.learn(likely, matched);
    count(bytes, matched);
    likely = [];
  }

  function count(bytes: Buffer, matched: readonly number[]): void {
    for (const rule of matched) {
      const tally = tallyOf(rule);
      if (tally.count++ < FIRST_WITHIN)
        tally.first ??= timedLine(textAt(bytes, lineFrom, lookedAt()), newest).time;
      tally.newest.push({ line: number, from: lineFrom, to: lookedAt() });
      if (tally.newest.length > KEPT_LINES) tally.newest.shift();
    }
  }

  return {
    scan(bytes, from, to, before) {
      lineTo = from;
      number = before;
      let counted = from;
      scanLines(grams, bytes, from, to, (literal, at) => {
        if (at >= lineTo) {
          if (likely.length > 0) tryLine(bytes);
          lineFrom = lineStart(bytes, from, at);
          lineTo = bytes.indexOf(FEED, at);
          number += countLines(bytes, counted, lineTo + 1);
          counted = lineTo + 1;
          const known = shapes.matched(bytes, lineFrom, lineTo);
          if (known) {
            count(bytes, known);
            return lineTo;
          }
        }
        if (at + (grams.literals[literal]?.bytes.length ?? 0) <= lineFrom + lineBytes)
          for (const index of expressionsOf[literal] ?? []) if (!likely.includes(index)) likely.push(index);
        return lineFrom;
      });
      if (likely.length > 0) tryLine(bytes);
      for (const tally of tallies.values()) settle(tally, bytes);
      return number - before + countLines(bytes, counted, to);
    },
    hits: () =>
      [...tallies].sort(([a], [b]) => a - b).map(([rule, tally]) => hitOf(rule, tally, rules, newest)),
  };
}

function textAt(bytes: Buffer, from: number, to: number): string {
  return withoutReturn(bytes.toString('utf8', from, to));
}

/** The rules of which one of these expressions matches the text. */
function matchedBy(indexes: readonly number[], { expressions }: LineRules, text: string): readonly number[] {
  const matched: number[] = [];
  for (const index of indexes) {
    const known = expressions[index];
    if (known && !matched.includes(known.rule) && known.expression.test(text)) matched.push(known.rule);
  }
  return matched;
}

/** Decodes the newest lines before their bytes are gone. */
function settle(tally: Tally, bytes: Buffer): void {
  if (tally.newest.length === 0) return;
  const found = tally.newest.map(({ line, from, to }): RawLine => ({ line, raw: textAt(bytes, from, to) }));
  tally.lines = [...tally.lines, ...found].slice(-KEPT_LINES);
  tally.newest.length = 0;
}

function hitOf(rule: number, tally: Tally, rules: LineRules, newest: number | undefined): LogHit {
  const lines = tally.lines.map(({ line, raw }): LogLine => ({ line, ...timedLine(raw, newest) }));
  const last = lines.findLast(({ time }) => time !== undefined)?.time;
  return { classifier: rules.classifiers[rule] ?? '', count: tally.count, first: tally.first, last, lines };
}
