import type { LogHit, LogLine } from '../model/cluster.ts';
import type { LineRules } from './line-rules.ts';
import { decoded, withoutReturn } from './log-ends.ts';
import { saidIn, timedLine } from './log-time.ts';

/** The newest matched lines that are kept of each classifier. */
const KEPT_LINES = 5;
/** So many of the first matches may give the time of the first: not every line of a stack trace has one. */
const FIRST_WITHIN = 50;

/** A line that matched: its number, and where it stands in the bytes at hand. */
type Place = { readonly line: number; readonly from: number; readonly to: number };

/** The matches of one classifier in one log; what is kept of its lines is taken apart when it is asked for. */
class Tally implements LogHit {
  count = 0;
  first: number | undefined;
  private numbers: readonly number[] = [];
  /** The lines of these numbers, a character a byte as in the ends of a log, line feeds between them. */
  private kept = '';
  /** The newest in the bytes at hand, which are kept when those have been looked through. */
  private newest: Place[] | undefined;

  readonly classifier: string;
  private readonly written: number | undefined;

  /** `written` is when the file was. */
  constructor(classifier: string, written: number | undefined) {
    this.classifier = classifier;
    this.written = written;
  }

  add(bytes: Buffer, place: Place): void {
    if (this.count++ < FIRST_WITHIN)
      this.first ??= timedLine(textAt(bytes, place.from, place.to), this.written).time;
    this.newest ??= [];
    this.newest.push(place);
    if (this.newest.length > KEPT_LINES) this.newest.shift();
  }

  /** Takes the newest lines before their bytes are gone. */
  settle(bytes: Buffer): void {
    if (!this.newest) return;
    const known = this.kept === '' ? [] : this.kept.split('\n');
    const found = this.newest.map(({ from, to }) => bytes.toString('latin1', from, to));
    this.kept = [...known, ...found].slice(-KEPT_LINES).join('\n');
    this.numbers = [...this.numbers, ...this.newest.map(({ line }) => line)].slice(-KEPT_LINES);
    this.newest = undefined;
  }

  get lines(): readonly LogLine[] {
    const texts = decoded(this.kept).split('\n', this.numbers.length);
    return texts.map((text, i) => ({
      line: this.numbers[i] ?? 0,
      ...timedLine(withoutReturn(text), this.written),
    }));
  }

  get last(): number | undefined {
    return this.lines.findLast(({ time }) => time !== undefined)?.time;
  }
}

const NONE: readonly LogHit[] = [];

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
  /** By rule; most logs have none. */
  let tallies: Map<number, Tally> | undefined;

  function tallyOf(rule: number): Tally {
    tallies ??= new Map();
    const tally = tallies.get(rule) ?? new Tally(rules.classifiers[rule] ?? '', newest);
    tallies.set(rule, tally);
    return tally;
  }

  function count(bytes: Buffer, place: Place, matched: readonly number[]): void {
    for (const rule of matched) tallyOf(rule).add(bytes, place);
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
      if (tallies) for (const tally of tallies.values()) tally.settle(bytes);
      return lines;
    },
    hits: () => (tallies ? [...tallies].sort(([a], [b]) => a - b).map(([, tally]) => tally) : NONE),
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
