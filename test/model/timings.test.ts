import { expect, test } from 'vitest';
import { recordTimings, timed } from '../../src/model/timings.ts';

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('work inside other work counts for its own part only, and the parts make the total', () => {
  const timings = recordTimings();
  const result = timed('tar, zip and folders', () => {
    busy(5);
    timed('scan', () => busy(20));
    return 'read';
  });
  timed('tar, zip and folders', () => busy(5));
  const parts = timings();
  expect(result).toBe('read');
  expect([...parts.keys()]).toEqual([
    'scan',
    'tar, zip and folders',
    'wait for files and inflating',
    'what is left',
    'total',
  ]);
  expect(parts.get('scan')).toBeGreaterThanOrEqual(20);
  expect(parts.get('tar, zip and folders')).toBeGreaterThanOrEqual(10);
  const sum = [...parts.values()].slice(0, -1).reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(parts.get('total') ?? 0, 6);
});

test('work that throws is recorded, and throws', () => {
  const timings = recordTimings();
  expect(() =>
    timed('parse', () => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  expect(timings().has('parse')).toBe(true);
});
