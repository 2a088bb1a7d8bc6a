import { expect, it } from 'vitest';
import { BUILTIN_ASKED } from '../../src/catalogue/asked.generated.ts';
import { builtinExpression } from '../../src/catalogue/builtin-expression.ts';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import { askedBy, type Expression } from '../../src/model/expression.ts';

const built = new Set(JSON.parse(BUILTIN_ASKED).map(([source]: readonly [string]) => source));

function askedOf({ literals, digits }: Expression) {
  return { literals, digits };
}

it('what was found out of the built-in expressions when Casefile was built is what they ask for', () => {
  const { classes, noise, gates } = builtinCatalogue();
  const expressions = [
    ...classes.flatMap((known) => known.expressions),
    ...noise.flatMap(({ any }) => any),
    ...[...gates.values()].flatMap(({ needs, never }) => [...(needs ? [needs] : []), ...never]),
  ];
  expect(expressions.length).toBeGreaterThan(500);
  for (const expression of expressions) {
    expect(built).toContain(expression.source);
    expect(askedOf(expression)).toEqual(askedBy(expression.source));
  }
});

it('of another expression it is found out when it is asked for', () => {
  const source = '[Cc]heckout (?:queue|backlog) of \\d+ orders at :9107';
  expect(built).not.toContain(source);
  expect(askedOf(builtinExpression(source))).toEqual(askedBy(source));
});
