import type { Catalogue } from '../classifier.ts';
import { UserError } from '../model/errors.ts';
import type { Expression } from '../model/expression.ts';
import type { Literal } from '../model/literals.ts';
import type { Place } from '../model/signal.ts';
import { digitMask } from './line-digits.ts';
import { gramsOf } from './line-grams.ts';
import { type LineSearch, plainSearch } from './line-scan.ts';
import { createShapes, type Shapes } from './line-shapes.ts';
import { simdSearch } from './line-simd.ts';

/** Lines that a classifier wants kept: those that one of its expressions matches. */
export type LineRule = { readonly classifier: string; readonly expressions: readonly Expression[] };

/** Rules, ready to be held against lines that are still bytes. */
export type LineRules = {
  readonly classifiers: readonly string[];
  readonly expressions: readonly { readonly expression: Expression; readonly rule: number }[];
  /** For each literal, the expressions that may match a line that holds it. */
  readonly expressionsOf: readonly (readonly number[])[];
  readonly search: LineSearch;
  readonly shapes: Shapes;
};

/** Whether a class that looks at these places asks for lines of logs. */
function asksForLines(places: readonly Place[]): boolean {
  return places.some((place) => place === 'log' || place === 'journal');
}

/** What the classes of a catalogue want of lines. */
export function lineRulesOf({ classes }: Catalogue): readonly LineRule[] {
  return classes
    .filter((known) => known.by === 'code' || asksForLines(known.detect.in))
    .filter(({ expressions }) => expressions.length > 0)
    .map(({ id, expressions }) => ({ classifier: id, expressions }));
}

/** A shorter literal stands in too many lines to spare any work. */
const SHORTEST = 5;

/** Finds the literals of all expressions; throws a UserError for an expression without one of 5 bytes or more. */
export function compileLineRules(rules: readonly LineRule[]): LineRules {
  const classifiers = [...new Set(rules.map(({ classifier }) => classifier))];
  const expressions = rules.flatMap((rule) =>
    rule.expressions.map((expression) => ({ expression, rule: classifiers.indexOf(rule.classifier) })),
  );
  const byLiteral = new Map<string, { readonly literal: Literal; readonly users: number[] }>();
  expressions.forEach(({ expression, rule }, index) => {
    for (const literal of literalsOf(expression, classifiers[rule] ?? '')) {
      const key = `${literal.either.join()} ${literal.text}`;
      const known = byLiteral.get(key);
      if (known) known.users.push(index);
      else byLiteral.set(key, { literal, users: [index] });
    }
  });
  const literals = [...byLiteral.values()].map(({ literal }) => literal);
  const texts = literals.map(({ text }) => text);
  const asked = expressions.map(({ expression }) => expression.digits);
  const mask = digitMask([...asked.flat(), ...texts]);
  const grams = gramsOf(literals);
  return {
    classifiers,
    expressions,
    expressionsOf: [...byLiteral.values()].map(({ users }) => users),
    search: simdSearch(grams, mask.told) ?? plainSearch(grams),
    shapes: createShapes(mask, asked, texts),
  };
}

/** What is wrong with an expression for these places: in log lines each of its matches has to hold a text to look for. */
export function flawAt(expression: Expression, places: readonly Place[]): string | undefined {
  return asksForLines(places) ? flawForLines(expression) : undefined;
}

function flawForLines({ source, literals }: Expression): string | undefined {
  if (literals.length > 0 && literals.every(({ text }) => Buffer.byteLength(text) >= SHORTEST))
    return undefined;
  return (
    `the expression /${source}/ is for log lines and would have to be tried on each of them; ` +
    `write it so that every match holds a fixed text of ${SHORTEST} characters or more`
  );
}

function literalsOf(expression: Expression, classifier: string): readonly Literal[] {
  const flaw = flawForLines(expression);
  if (flaw) throw new UserError(`${classifier}: ${flaw}`);
  return expression.literals;
}
