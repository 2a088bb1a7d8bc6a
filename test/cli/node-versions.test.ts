import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { casefile, PROGRAM } from '../support/casefile.ts';
import { fetched } from '../support/shells.ts';

const COMMAND = ['analyze', 'samples/shop.tar.gz', '-f', 'json'];

test.for(['22', '24'])('Node %s says the same, and nothing else', { timeout: 60_000 }, (version, context) => {
  const other = spawnSync(fetched(context, 'node', version), [PROGRAM, ...COMMAND], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  expect([other.status, other.stderr]).toEqual([0, '']);
  expect(other.stdout).toBe(casefile(COMMAND).stdout);
});
