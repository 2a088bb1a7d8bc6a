import { describe, expect, it } from 'vitest';
import { fitsSelector, isSelected, meets } from '../../src/model/selectors.ts';

const cart = { app: 'cart', tier: 'front' };

describe("a Service's selector", () => {
  it.each([
    [{ app: 'cart' }, true],
    [{ app: 'cart', tier: 'front' }, true],
    [{ app: 'cart', zone: 'a' }, false],
    [{ app: 'checkout' }, false],
    [{}, false],
  ])('%o selects the pods of the cart: %s', (selector, expected) =>
    expect(isSelected(cart, selector)).toBe(expected),
  );
});

describe('a label selector', () => {
  it('fits all when it is empty', () =>
    expect(fitsSelector(cart, { matchLabels: {}, matchExpressions: [] })).toBe(true));

  it('wants its labels and its expressions', () => {
    const expression = { key: 'tier', operator: 'NotIn', values: ['back'] };
    const fits = (app: string) =>
      fitsSelector(cart, { matchLabels: { app }, matchExpressions: [expression] });
    expect([fits('cart'), fits('checkout')]).toEqual([true, false]);
  });
});

it.each([
  ['In', ['front'], true],
  ['In', ['back'], false],
  ['NotIn', ['back'], true],
  ['NotIn', ['front'], false],
  ['Exists', [], true],
  ['DoesNotExist', [], false],
  ['Resembles', ['front'], false],
])('the label tier=front meets %s %o: %s', (operator, values, expected) =>
  expect(meets(cart, { key: 'tier', operator, values })).toBe(expected),
);
