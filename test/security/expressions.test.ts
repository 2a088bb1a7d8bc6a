import { describe, expect, it } from 'vitest';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import { linearExpression } from '../../src/catalogue/linear-expression.ts';
import { type Expression, expression } from '../../src/model/expression.ts';
import { superLinear } from './linear.ts';

const { classes, noise, gates } = builtinCatalogue();
const BUILTIN: readonly { readonly of: string; readonly expression: Expression }[] = [
  ...classes.flatMap(({ id, expressions }) => expressions.map((expression) => ({ of: id, expression }))),
  ...noise.flatMap(({ why, any }) => any.map((expression) => ({ of: `noise: ${why}`, expression }))),
  ...[...gates].flatMap(([group, { needs, never }]) =>
    [...(needs ? [needs] : []), ...never].map((expression) => ({ of: `gate of ${group}`, expression })),
  ),
];
/** Tried on whatever text, as if they asked for none. */
const EXPRESSIONS = BUILTIN.map(({ of, expression: { source } }) => ({
  of,
  expression: expression(source, { literals: [], digits: [] }),
}));

describe('the check for super-linear expressions', () => {
  it.each([
    '(a+)+b',
    '(?:a|a)*b',
    '.*a.*b',
    '\\d+x',
    'lib[a-z]+:',
    '(\\w+)\\s*(\\w+)=',
    'a*a*b',
    '^x*x*$',
    '(?:\\w+\\.)*\\w+ failed',
  ])('finds %s', (source) => {
    expect(superLinear(source)).toBeDefined();
  });

  it.each([
    'abc',
    'name="([^"]+)"',
    'code=\\d+$',
    '^(?<a>\\S+) failed',
    'lib[a-z]{1,40}:',
    'pod \\S+',
    'a=(\\w+),b=(\\w+);',
    '(?:x|y)+z?',
  ])('lets %s pass', (source) => {
    expect(superLinear(source)).toBeUndefined();
  });
});

it('no built-in expression is super-linear', () => {
  const found = EXPRESSIONS.map(({ of, expression: { source } }) => ({
    of,
    source,
    why: superLinear(source),
  }));
  expect(found.filter(({ why }) => why !== undefined)).toEqual([]);
});

const LENGTH = 16 * 1024;
const CELLS = [
  'a',
  '0',
  ' ',
  '.',
  '/',
  ':',
  '"',
  '-',
  '\\',
  '(',
  '=',
  '\t',
  'a.',
  '1.',
  'a/',
  'a: ',
  'x=',
  '"a" ',
  'failed to ',
  'error ',
  '::',
  'pod "',
  '1m',
  'https://a/',
  'a@',
];
const filled = (cell: string) => cell.repeat(Math.ceil(LENGTH / cell.length)).slice(0, LENGTH);

/** Lines that lead an expression on: its own words again and again, or one of them and then a long run. */
function attacksOn({ source }: Expression): readonly string[] {
  const words = [...new Set(source.match(/[A-Za-z][A-Za-z ,:'"=-]{3,}/g) ?? [])].slice(0, 6);
  return words.flatMap((word) => [filled(word), ...['a', ' ', '1'].map((cell) => word + filled(cell))]);
}

it('no built-in expression takes long for a line that is made against it', () => {
  const slow = EXPRESSIONS.flatMap(({ of, expression }) =>
    [...CELLS.map(filled), ...attacksOn(expression)]
      .map((line) => ({
        of,
        source: expression.source,
        line: line.slice(0, 40),
        ms: timeOf(expression, line),
      }))
      .filter(({ ms }) => ms > 150),
  );
  expect(slow).toEqual([]);
}, 300_000);

/** The better of two tries: the first may pay for compiling, and for a busy machine. */
function timeOf(expression: Expression, line: string): number {
  const once = () => {
    const start = process.cpuUsage();
    expression.match(line);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const first = once();
  return first > 150 ? Math.min(first, once()) : first;
}

it("a site's own expression runs in linear time, however it is written", () => {
  const expression = linearExpression('(.*)error(.*)code=(\\d+)$');
  expect(timeOf(expression, `${'error'.repeat(3000)}code=`)).toBeLessThan(2000);
});
