import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, SHAPES } from '../../src/model/objects.ts';
import { keys, list, map, record, section, text } from '../../src/model/shape.ts';

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
