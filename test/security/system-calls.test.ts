import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { need, temporaryFolder } from '../support/shells.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const SAMPLE = path.join(ROOT, 'samples/leftovers.tar.gz');

/** The system calls of a run of the program, one a line. */
function traced(args: readonly string[], cwd: string): readonly string[] {
  const log = path.join(cwd, 'calls.log');
  const traces = [
    '-f',
    '-o',
    log,
    '-e',
    'trace=%network,%process,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,symlink,chmod,truncate',
  ];
  const { status, stderr } = spawnSync(
    'strace',
    [...traces, process.execPath, path.join(ROOT, 'dist/casefile.cjs'), ...args],
    { cwd, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return readFileSync(log, 'utf8').split('\n');
}

it('an analysis opens no socket, starts nothing and writes nothing but its output', (context) => {
  need(context, 'strace');
  const folder = temporaryFolder();
  const calls = traced(['analyze', SAMPLE, '-o', 'report.html'], folder);
  expect(calls.length).toBeGreaterThan(20);
  expect(
    calls.filter((call) => /\b(?:socket|connect|bind|listen|accept4?|sendto|sendmsg)\(/.test(call)),
  ).toEqual([]);
  const started = calls.filter((call) => /\b(?:execve|execveat|fork|vfork)\(/.test(call));
  expect(started).toHaveLength(1); // the program itself
  expect(calls.filter((call) => /\bclone3?\(/.test(call) && !/CLONE_THREAD/.test(call))).toEqual([]);
  const writes = calls.filter(
    (call) => /\bopen(?:at)?\(.*O_(?:WRONLY|RDWR|CREAT)/.test(call) && !/"\/dev\/(?:null|tty)"/.test(call),
  );
  expect(writes.map((call) => /"([^"]*)"/.exec(call)?.[1])).toEqual([
    expect.stringMatching(/^\.report\.html\.[0-9a-f]{12}$/),
  ]);
  const renames = calls.filter((call) => /\brename(?:at2?)?\(/.test(call));
  expect(renames).toHaveLength(1);
  expect(renames[0]).toContain('"report.html"');
  expect(
    calls.filter((call) => /\b(?:unlink(?:at)?|mkdir(?:at)?|link|symlink|chmod|truncate)\(/.test(call)),
  ).toEqual([]);
});
