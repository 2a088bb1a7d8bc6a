import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, SHAPES } from '../../src/model/objects.ts';
import { keys, list, map, record, section, shared, text } from '../../src/model/shape.ts';

describe('a shape', () => {
  it('leaves out what has another type instead of failing', () => {
    const shape = record({ name: text, ports: list(record({ name: text })) });
    expect(shape({ name: ['cart'], ports: { name: 'http' } })).toEqual({ name: undefined, ports: [] });
    expect(shape('cart')).toBeUndefined();
  });

  it('makes strings again of what YAML made numbers and booleans', () => {
    expect(map(text)({ version: 1.2, on: true, none: null })).toEqual({ version: '1.2', on: 'true' });
  });

  it('keeps names that mean something to JavaScript as plain data', () => {
    const labels = map(text)(JSON.parse('{"__proto__": "cart", "constructor": "checkout", "7": "search"}'));
    expect(Object.entries(labels).sort()).toEqual([
      ['7', 'search'],
      ['__proto__', 'cart'],
      ['constructor', 'checkout'],
    ]);
    expect(({} as Record<string, unknown>).cart).toBeUndefined();
  });

  it('reads an inherited field as missing', () => {
    expect(record({ toString: text })({})).toEqual({ toString: undefined });
  });

  it('keeps of secret values their names only', () => {
    expect(keys({ password: 'aHVudGVyMg==' })).toEqual(['password']);
    expect(JSON.stringify(SHAPES.Secret({ data: { password: 'aHVudGVyMg==' } }))).not.toContain('aHVudGVy');
  });

  it('of a section that is missing every field is missing', () => {
    expect(section({ phase: text, conditions: list(text) })(undefined)).toEqual({
      phase: undefined,
      conditions: [],
    });
  });

  it('of a map reads the wanted names only', () => {
    const revision = map(text, new Set(['revision']));
    expect(revision({ revision: '3', note: 'a copy of the object' })).toEqual({ revision: '3' });
    expect(revision({ note: 'a copy of the object' })).toEqual({});
  });

  it('that is shared gives one value for what reads the same, and what it would give alone', () => {
    const alone = list(record({ name: text, labels: map(text) }));
    const one = shared(alone);
    const cart = () => [{ name: 'cart', labels: { app: 'shop' }, unread: Math.random() }];
    expect(one(cart())).toBe(one(cart()));
    expect(one(cart())).not.toBe(one([{ name: 'cart' }]));
    expect(one(undefined)).toEqual([]);

    // Few names, so that many values are alike; more values than are held at a time.
    const name = fc.oneof(fc.constantFrom('cart', 'checkout'), fc.string({ maxLength: 2 }));
    const value = fc.array(
      fc.record({ name, labels: fc.dictionary(name, name, { maxKeys: 2 }) }, { requiredKeys: [] }),
      {
        maxLength: 2,
      },
    );
    fc.assert(
      fc.property(value, (read) => {
        expect(one(read)).toEqual(alone(read));
      }),
      { numRuns: 2000 },
    );
  });

  it('of every kind takes any value at all', () => {
    const kinds = Object.keys(SHAPES) as Kind[];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue(), (kind, value) => {
        expect(() => SHAPES[kind](value)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
