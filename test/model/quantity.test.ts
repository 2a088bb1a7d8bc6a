import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCores, parseQuantity } from '../../src/model/quantity.ts';

describe('a quantity', () => {
  it.each([
    ['0', 0],
    ['500m', 0.5],
    ['1500m', 1.5],
    ['2', 2],
    ['.5', 0.5],
    ['1e3', 1000],
    ['12E2', 1200],
    ['64Mi', 67_108_864],
    ['1.5Gi', 1_610_612_736],
    ['24581684Ki', 25_171_644_416],
    ['128974848', 128_974_848],
    ['1k', 1000],
    ['1E', 1e18],
    ['250n', 2.5e-7],
    ['-1', -1],
  ])('%s is %d in base units', (text, amount) => expect(parseQuantity(text)).toBeCloseTo(amount, 9));

  it.each(['', 'Mi', '1 Gi', '1GB', '0x10', '1..5', 'NaN', '1,5', '<unknown>', '1mi'])('%j is none', (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );

  it('reads back every whole number with every suffix', () => {
    const suffixes = fc.constantFrom(
      ...([
        ['', 1],
        ['k', 1e3],
        ['M', 1e6],
        ['Ki', 2 ** 10],
        ['Mi', 2 ** 20],
        ['Gi', 2 ** 30],
        ['m', 1e-3],
      ] as const),
    );
    fc.assert(
      fc.property(fc.nat(1_000_000), suffixes, (amount, [suffix, size]) => {
        expect(parseQuantity(`${amount}${suffix}`)).toBeCloseTo(amount * size, 6);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws and never gives a number that is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const amount = parseQuantity(text);
        expect(amount === undefined || !Number.isNaN(amount)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('written for people it stays within five percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 2 ** 45 }), (bytes) => {
        const back = parseQuantity(formatBytes(bytes)) ?? 0;
        expect(Math.abs(back - bytes) / bytes).toBeLessThan(0.05);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [67_108_864, '64Mi'],
    [1_610_612_736, '1.5Gi'],
    [512, '512'],
  ])('%d bytes are written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.25, '250m'],
    [1.5, '1.5'],
    [0.0004, '0m'],
  ])('%d cores are written %s', (cores, text) => expect(formatCores(cores)).toBe(text));
});
