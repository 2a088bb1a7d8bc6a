import { describe, expect, it } from 'vitest';
import { BIT_SHIFT, BUCKET_SHIFT, gramsOf } from '../../src/readers/line-grams.ts';
import { FOLD, HASH_FACTOR } from '../../src/readers/line-hash.ts';
import { lineRulesOf } from '../../src/readers/line-rules.ts';
import { plainSearch } from '../../src/readers/line-scan.ts';
import { logBytes } from '../bench/log-lines.ts';
import { CATALOGUE } from '../support/cluster.ts';

/** What classes look for in lines, each text once. */
const literals = [
  ...new Map(
    lineRulesOf(CATALOGUE)
      .flatMap(({ expressions }) => expressions.flatMap((expression) => expression.literals))
      .map((literal) => [JSON.stringify(literal), literal]),
  ).values(),
];
const grams = gramsOf(literals);
/** Lines that programs write when all is well. */
const quiet = Buffer.concat([...logBytes(7, 4_000_000, { hits: 0, unlike: false })]);

// A class that looks for a word of every line slows each analysis down: `"level":"` once took a quarter more for all logs.
describe('what classes look for in lines', () => {
  it('stands in none that programs write when all is well', () => {
    const search = plainSearch(grams);
    const found = new Set<string>();
    search.lines(quiet, 0, quiet.length, (_, from, to) => {
      for (const literal of search.literals(quiet, from, to)) found.add(literals[literal]?.text ?? '');
    });
    expect([...found]).toEqual([]);
  });

  it('is compared with few of their windows', () => {
    const words = new Int32Array(quiet.buffer, quiet.byteOffset, quiet.length >> 2);
    const compared = words.reduce((sum, word) => sum + placesAt(word | FOLD), 0);
    expect(compared / words.length).toBeLessThan(0.2);
  });
});

/** How many literals are compared at a window. */
function placesAt(window: number): number {
  const hash = Math.imul(window, HASH_FACTOR);
  const bit = hash >>> BIT_SHIFT;
  if ((((grams.bits[bit >>> 5] ?? 0) >>> bit) & 1) === 0) return 0;
  let places = 0;
  for (let place = grams.buckets[hash >>> BUCKET_SHIFT] ?? -1; place >= 0; place = grams.next[place] ?? -1)
    places++;
  return places;
}
