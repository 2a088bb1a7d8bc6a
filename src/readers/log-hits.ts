import type { LogHit, LogLine } from '../model/cluster.ts';
import type { LineRules } from './line-rules.ts';
import { withoutReturn } from './log-ends.ts';
import { saidIn, timedLine } from './log-time.ts';

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
  const { search, shapes } = rules;
  const tallies = new Map<number, Tally>();

  function tallyOf(rule: number): Tally {
    const tally = tallies.get(rule);
    if (tally) return tally;
    const made = { count: 0, first: undefined, lines: [], newest: [] };
    tallies.set(rule, made);
    return made;
  }

  function count(bytes: Buffer, place: Place, matched: readonly number[]): void {
    for (const rule of matched) {
      const tally = tallyOf(rule);
      if (tally.count++ < FIRST_WITHIN)
        tally.first ??= timedLine(textAt(bytes, place.from, place.to), newest).time;
      tally.newest.push(place);
      if (tally.newest.length > KEPT_LINES) tally.newest.shift();
    }
  }

  return {
    scan(bytes, from, to, before) {
      const lines = search.lines(bytes, from, to, (line, lineFrom, lineTo, shape, isNew) => {
        const place = { line: before + line + 1, from: lineFrom, to: Math.min(lineTo, lineFrom + lineBytes) };
        if (shape !== undefined && isNew) shapes.begin(shape);
        const known = shape === undefined ? undefined : shapes.matched(shape);
        if (known) return count(bytes, place, known);
        const likely = likelyIn(bytes, place, rules);
        const matched = matchedBy(likely, rules, saidIn(textAt(bytes, place.from, place.to)));
        if (shape !== undefined && !isNew)
          shapes.learn(shape, bytes.subarray(lineFrom, lineTo), likely, matched);
        count(bytes, place, matched);
      });
      for (const tally of tallies.values()) settle(tally, bytes);
      return lines;
    },
    hits: () =>
      [...tallies].sort(([a], [b]) => a - b).map(([rule, tally]) => hitOf(rule, tally, rules, newest)),
  };
}

/** The expressions of which a literal stands in a line; what is looked for may need its line feed to be seen. */
function likelyIn(
  bytes: Buffer,
  { from, to }: Place,
  { search, expressionsOf }: LineRules,
): readonly number[] {
  const likely: number[] = [];
  for (const literal of search.literals(bytes, from, to + 1))
    for (const index of expressionsOf[literal] ?? []) if (!likely.includes(index)) likely.push(index);
  return likely;
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
