import { expect, it } from 'vitest';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import { digitTexts } from '../../src/readers/line-digits.ts';
import { requiredLiterals } from '../../src/readers/line-literals.ts';
import { BUILTIN_TEXTS } from '../../src/readers/line-texts.generated.ts';
import { lineTexts } from '../../src/readers/line-texts.ts';

const built = new Set(JSON.parse(BUILTIN_TEXTS).map(([source]: readonly [string]) => source));

it('what was found out of the built-in expressions when Casefile was built is what they ask for', () => {
  const sources = builtinCatalogue().classes.flatMap(({ expressions }) =>
    expressions.map((one) => one.source),
  );
  expect(sources.length).toBeGreaterThan(400);
  for (const source of sources) {
    expect(built).toContain(source);
    expect(lineTexts(source)).toEqual({ literals: requiredLiterals(source), digits: digitTexts(source) });
  }
});

it('of an expression of a site it is found out when it is asked for', () => {
  const source = '(?i)checkout (?:queue|backlog) of \\d+ orders at :9107';
  expect(built).not.toContain(source);
  expect(lineTexts(source).digits).toEqual(digitTexts(source));
  expect(lineTexts(source).literals.map(({ text }) => text)).toEqual(
    requiredLiterals(source).map(({ text }) => text),
  );
});
