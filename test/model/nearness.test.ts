import { describe, expect, it } from 'vitest';
import { areNear, editDistance } from '../../src/model/nearness.ts';

describe('two names', () => {
  it.each([
    ['profile', 'profiles'],
    ['checkout', 'chekcout'],
    ['cart', 'cart-api'],
    ['api', 'shop-api'],
  ])('%s and %s are near', (a, b) => {
    expect(areNear(a, b)).toBe(true);
    expect(areNear(b, a)).toBe(true);
  });

  it.each([
    ['redis', 'web'],
    ['v1', 'v2'],
    ['blue', 'green'],
    ['cart', 'card-scanner'],
  ])('%s and %s are strangers', (a, b) => {
    expect(areNear(a, b)).toBe(false);
  });

  it('are as far apart as letters must change', () => {
    expect(editDistance('checkout', 'chekout')).toBe(1);
    expect(editDistance('', 'cart')).toBe(4);
  });
});
