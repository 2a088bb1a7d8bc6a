import { expect, it } from 'vitest';
import { createSieve } from '../../src/engine/sieve.ts';
import { expression } from '../../src/model/expression.ts';
import { CATALOGUE } from '../support/cluster.ts';

it('every expression that matches a message is held for likely to, and few others are', () => {
  const expressions = CATALOGUE.classes.flatMap((known) => known.expressions);
  const messages = CATALOGUE.classes.flatMap((known) =>
    known.by === 'text' ? [...known.examples.hit, ...known.examples.miss] : [],
  );
  const sieve = createSieve(expressions);
  let likely = 0;
  for (const message of messages) {
    const matching = expressions.filter((one) => one.test(message));
    expect([...sieve(message)]).toEqual(expect.arrayContaining(matching));
    likely += sieve(message).size;
  }
  expect(messages.length).toBeGreaterThan(500);
  expect(likely / messages.length).toBeLessThan(expressions.length / 20);
});

it('an expression that asks for no fixed text, or for a short one, is always likely to match', () => {
  const [number, signal] = [expression('\\d+'), expression('^[Oo]OM')];
  expect([...createSieve([number, signal])('cart')]).toEqual([number, signal]);
});
