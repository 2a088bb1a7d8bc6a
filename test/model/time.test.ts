import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatTime, parseDuration, parseTime } from '../../src/model/time.ts';

const NOON = Date.UTC(2026, 10, 22, 12);

describe('a time', () => {
  it.each([
    ['2026-11-22T12:00:00Z', NOON],
    ['2026-11-22T12:00:00.123456789Z', NOON + 123],
    ['2026-11-22T13:00:00+01:00', NOON],
  ])('%s is read', (text, ms) => expect(parseTime(text)).toBe(ms));

  it.each([undefined, '', '0001-01-01T00:00:00Z', '<invalid>', '5m', '2026-11-22', '2026-13-45T99:00:00Z'])(
    '%s is none',
    (text) => expect(parseTime(text)).toBeUndefined(),
  );

  it('is read back as it was written, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 253_402_300_799_000 }), (ms) => {
        expect(parseTime(formatTime(ms))).toBe(Math.floor(ms / 1000) * 1000);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a duration', () => {
  it.each([
    ['42s', 42],
    ['9m42s', 582],
    ['5d3h', 442_800],
    ['1h30m', 5400],
    ['2y10d', 63_936_000],
    ['1.5s', 1.5],
    ['250ms', 0.25],
  ])('%s is read', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(['', '<invalid>', '<unknown>', '5', '5 m', 'm5', '5m ago'])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it.each([
    [42, '42s'],
    [582, '9m'],
    [12_000, '3h20m'],
    [432_000, '5d'],
    [442_800, '5d3h'],
    [-3, '0s'],
  ])('%d seconds are written %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('written for people is never more than it was, and at most its smaller unit less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3e8 }), (seconds) => {
        const back = parseDuration(formatDuration(seconds)) ?? -1;
        expect(back).toBeLessThanOrEqual(seconds);
        expect(seconds - back).toBeLessThan(seconds < 3600 ? 60 : 86_400);
      }),
      { numRuns: 2000 },
    );
  });
});
