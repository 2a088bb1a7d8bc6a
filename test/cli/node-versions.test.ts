import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { casefile, PROGRAM } from '../support/casefile.ts';

const CACHE = new URL('../../node_modules/.cache/node', import.meta.url).pathname;
const COMMAND = ['analyze', 'samples/shop.tar.gz', '-f', 'json'];

test.for(['22', '24'])('Node %s says the same, and nothing else', { timeout: 60_000 }, (version, context) => {
  const node = `${CACHE}/${version}/node`;
  if (!existsSync(node)) {
    const missing = `Node ${version} is missing: node test/support/fetch-binaries.mjs fetches it`;
    if (process.env.CI === 'true') throw new Error(missing);
    context.skip(missing);
  }
  const other = spawnSync(node, [PROGRAM, ...COMMAND], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  expect([other.status, other.stderr]).toEqual([0, '']);
  expect(other.stdout).toBe(casefile(COMMAND).stdout);
});
