import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { findXz, unxz } from '../../src/bundle/xz.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { temporaryFolder, writeProgram } from '../support/shells.ts';
import { list } from './listing.ts';
import { sh, testWith } from './tools.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

beforeAll(() => {
  const lines = Array.from({ length: 200_000 }, (_, line) => `order ${line} ${(line * 7919) % 1013}\n`);
  writeFileSync(at('orders.log'), lines.join(''));
});

describe('a bundle that is compressed with xz', () => {
  testWith(['tar', 'xz'], 'is read as it comes, also from several streams', async () => {
    sh(
      folder,
      'tar -cf o.tar orders.log; (head -c 90000 o.tar | xz; tail -c +90001 o.tar | xz) > two.tar.xz',
    );
    const { texts, summary } = await list(at('two.tar.xz'));
    expect(texts['orders.log']).toBe(readFileSync(at('orders.log'), 'utf8'));
    expect(summary.complete).toBe(true);
  });

  test('is whole although the program takes its time to end behind the last byte', async () => {
    writeProgram(folder, 'slow-xz', 'echo whole; exec >&-; /bin/sleep 0.3');
    const { stream, failure } = unxz(at('slow-xz'), Readable.from([]));
    expect(await text(stream)).toBe('whole\n');
    expect(await failure()).toBeUndefined();
  });

  testWith(['xz'], 'may be a single file, whatever its name', async () => {
    sh(folder, 'xz -c orders.log > orders.log.xz');
    expect((await list(at('orders.log.xz'))).paths).toEqual(['orders.log']);
  });

  testWith(['tar', 'xz'], 'and cut gives what comes before, and says so', async () => {
    sh(folder, 'tar -cJf whole.tar.xz orders.log; head -c 60000 whole.tar.xz > cut.tar.xz');
    const { cut, problems, texts } = await list(at('cut.tar.xz'));
    expect(cut).toEqual(['orders.log']);
    expect(texts['orders.log']?.length).toBeGreaterThan(1000);
    expect(problems).toContainEqual(expect.stringMatching(/Unexpected end of input/));
  });

  testWith(['tar', 'xz'], 'and damaged is told in words of xz', async () => {
    sh(folder, 'tar -cJf whole.tar.xz orders.log');
    const bytes = readFileSync(at('whole.tar.xz'));
    bytes.fill(0x55, 50_000, 50_100);
    writeFileSync(at('damaged.tar.xz'), bytes);
    expect((await list(at('damaged.tar.xz'))).problems).toContainEqual(
      expect.stringMatching(/damaged after \d+ bytes of content \(.*corrupt.*\)/),
    );
  });

  testWith(['xz'], 'that asks for more memory than it may have is not read', async () => {
    sh(folder, 'head -c 1000 orders.log | xz --lzma2=preset=0,dict=1GiB > greedy.xz');
    await expect(list(at('greedy.xz'))).rejects.toThrow(
      'greedy.xz: xz cannot read it: xz would need more than 256MiB of memory for it',
    );
  });

  testWith(['tar', 'xz'], 'ends at a limit, and xz with it', async () => {
    sh(folder, 'head -c 80M /dev/zero > zeros; tar -cf - zeros | xz -0 > bomb.tar.xz; rm zeros');
    const { problems } = await list(at('bomb.tar.xz'), { ...DEFAULT_LIMITS, ratio: 100 });
    expect(problems).toContainEqual(expect.stringMatching(/inflates to more than 100 times its size/));
    const children = spawnSync('ps', ['-o', 'comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    expect(children.stdout).not.toMatch(/\bxz\b/);
  });
});

test('xz is looked for in absolute folders only', () => {
  writeFileSync(at('xz'), '#!/bin/sh\n', { mode: 0o755 });
  expect(findXz(folder)).toBe(at('xz'));
  expect(findXz(`.:${path.relative(process.cwd(), folder)}:`)).toBeUndefined();
});

testWith(['tar', 'xz'], 'without the program there is advice', async () => {
  sh(folder, 'tar -cJf alone.tar.xz orders.log');
  const cli = new URL('../../dist/casefile.cjs', import.meta.url).pathname;
  const run = spawnSync(process.execPath, [cli, 'analyze', 'alone.tar.xz'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/nowhere' },
  });
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(
    /^casefile: alone\.tar\.xz: compressed with xz, and the program xz is not here; .*\n$/,
  );
});

testWith(['strace', 'xz'], 'only xz is started, and only for a bundle that is xz', async () => {
  const cli = new URL('../../dist/casefile.cjs', import.meta.url).pathname;
  const sample = new URL('../../samples/leftovers.tar.gz', import.meta.url).pathname;
  sh(folder, `gzip -dc '${sample}' | xz -0 > leftovers.tar.xz`);
  execFileSync(
    'strace',
    [
      '-f',
      '-o',
      'calls.log',
      '-e',
      'trace=execve',
      process.execPath,
      cli,
      'analyze',
      'leftovers.tar.xz',
      '-f',
      'json',
      '-o',
      'r.json',
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const calls = readFileSync(at('calls.log'), 'utf8').match(/execve\("[^"]*", \[[^\]]*\]/g) ?? [];
  expect(calls).toHaveLength(2);
  expect(calls[1]).toMatch(
    /\/xz", \["[^"]*xz", "--decompress", "--stdout", "--threads=1", "--memlimit=256MiB"\]$/,
  );
  expect(JSON.parse(readFileSync(at('r.json'), 'utf8')).findings.length).toBeGreaterThan(0);
});
