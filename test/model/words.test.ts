import { expect, test } from 'vitest';
import { count, cutTo, times } from '../../src/model/words.ts';

test.each([
  [0, 'pod', 'no pods'],
  [1, 'entry', '1 entry'],
  [2, 'entry', '2 entries'],
  [1234, 'class', '1,234 classes'],
])('%d %s is said as %s', (number, noun, said) => {
  expect(count(number, noun)).toBe(said);
});

test('a text is cut between characters, never within one', () => {
  expect(cutTo('cart🛒cart', 6)).toBe('cart…');
  expect(cutTo('cart', 4)).toBe('cart');
});

test('what happened is counted in words', () => {
  expect([1, 2, 1234].map(times)).toEqual(['once', '2 times', '1,234 times']);
});
