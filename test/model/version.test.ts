import { expect, it } from 'vitest';
import { minorOf } from '../../src/model/version.ts';

it.each([
  ['v1.34.2+rke2r1', 34],
  ['1.25', 25],
  ['v1.9', 9],
  ['v2.0.1', undefined],
  [undefined, undefined],
])('the minor number of %s is %s', (version, minor) => {
  expect(minorOf(version)).toBe(minor);
});
