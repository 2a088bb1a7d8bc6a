import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Literal, requiredLiterals } from '../../src/model/literals.ts';

/** A letter of either case stands between brackets. */
function shown({ text, either }: Literal): string {
  return [...text].map((char, i) => (either.includes(i) ? `(${char})` : char)).join('');
}

function holds(line: string, { text, either }: Literal): boolean {
  const fits = (start: number) =>
    [...text].every(
      (char, i) => (either.includes(i) ? line[start + i]?.toLowerCase() : line[start + i]) === char,
    );
  return Array.from(line, (_, start) => start).some(fits);
}

test.each([
  ['connection refused', ['connection refused']],
  ['[Ee]rror: (?<what>.*)', ['(e)rror: ']],
  ['dial tcp [^:]+:\\d+: connect: (?:no route|refused)', [': connect: no route', ': connect: refused']],
  ['too many open files|EMFILE', ['too many open files', 'EMFILE']],
  ['ab{0,1}cdef', ['acdef', 'abcdef']],
  ['x{4}\\.', ['xxxx.']],
  ['(?i)Oom!', ['(o)(o)(m)!']],
  ['lookup (?<host>\\S+) on \\S+: no such host', [': no such host']],
  ['(?=panic)\\bpanic: ', ['panic: ']],
  ['login failed for user "(?<user>\\w+)"', ['login failed for user ']],
])('every match of /%s/ holds one of %j', (source, literals) => {
  expect(requiredLiterals(source).map(shown).sort()).toEqual([...literals].sort());
});

test.each(['\\d+', 'a*b?', '(?:refused|\\w+)', '.*', '[a-z]{8}', '(?:cart)?'])(
  '/%s/ has no literal',
  (source) => {
    expect(requiredLiterals(source)).toEqual([]);
  },
);

/** Expressions over a small alphabet, so that random texts match them. */
const { source } = fc.letrec<{ source: string; piece: string }>((tie) => ({
  source: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      'B',
      'ab',
      '\\.',
      '.',
      '\\w',
      '[ab]',
      '[^a]',
      '[a-c]',
      '\\b',
      '^',
      'é',
      '\\x61',
      '[aA]',
      '[Bb]',
    ),
    fc.tuple(tie('source'), tie('source')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('source'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '+?'))
      .map(([a, q]) => `(${a})${q}`),
    tie('source').map((a) => `(?=${a})`),
    tie('source').map((a) => `(?!${a})`),
  ),
}));

test('literals are really required: whatever matches holds one of them', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'B', 'A', 'c', '.', 'é', ' '), { maxLength: 12 });
  fc.assert(
    fc.property(source, fc.array(text, { minLength: 20, maxLength: 20 }), (expression, texts) => {
      const literals = requiredLiterals(expression);
      const compiled = new RegExp(expression, 'm');
      for (const characters of texts) {
        const line = characters.join('');
        if (literals.length === 0 || !compiled.test(line)) continue;
        expect(literals.some((literal) => holds(line, literal))).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
