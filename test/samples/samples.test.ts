import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { casefile } from '../support/casefile.ts';

const samples = readdirSync('samples').filter((name) => name.endsWith('.tar.gz'));

it('there are samples', () => expect(samples.length).toBeGreaterThanOrEqual(3));

it.each(samples)('%s gives the report beside it', async (name) => {
  const { status, stdout } = casefile(['analyze', path.join('samples', name), '-f', 'text']);
  expect(status).toBe(0);
  await expect(stdout).toMatchFileSnapshot(path.resolve('samples', name.replace(/\.tar\.gz$/, '.txt')));
});
