import { describe, expect, it } from 'vitest';
import { mostSimilar } from '../../src/model/similar.ts';

describe('the most similar name', () => {
  it.each([
    ['theme-config', ['cart-config', 'theme-confg'], 'theme-confg'],
    ['PayPal', ['stripe', 'paypal'], 'paypal'],
    ['db_password', ['db-password', 'db-user'], 'db-password'],
    ['regcred-typo', ['api-keys', 'regcred'], 'regcred'],
    ['paypal', ['stripe'], undefined],
    ['cart', [], undefined],
  ])('of %s among %j is %s', (name, candidates, similar) => {
    expect(mostSimilar(name, candidates)).toBe(similar);
  });

  it('is never the name itself', () => {
    expect(mostSimilar('cart', ['cart'])).toBeUndefined();
  });
});
