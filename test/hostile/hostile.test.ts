import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.ts';
import { ARCHIVES } from './archives.ts';
import { JSON_TEXTS, LOGS, TEXTS, YAML_TEXTS } from './contents.ts';
import type { Hostile } from './input.ts';

const PROGRAM = new URL('../../dist/casefile.cjs', import.meta.url).pathname;
const MEASURE = new URL('./measure.cjs', import.meta.url).pathname;
const INPUTS: readonly Hostile[] = [...ARCHIVES, ...JSON_TEXTS, ...YAML_TEXTS, ...LOGS, ...TEXTS];
const MOST_SECONDS = 5;
const MOST_MEGABYTES = 300;

/** Seconds of computing, because tests share the machine; what hangs is killed after a minute. */
type Run = {
  readonly status: number | null;
  readonly said: string;
  readonly seconds: number;
  readonly megabytes: number;
};

const runs = new Map<string, Run>();

function run(cwd: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--require', MEASURE, PROGRAM, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.once('close', (status) => {
      clearTimeout(timer);
      const [, milliseconds = '60000', megabytes = '99999'] = /\nMEASURED (\d+) (\d+)\n/.exec(said) ?? [];
      resolve({
        status,
        said: said.replace(/\nMEASURED .*\n/, ''),
        seconds: Number(milliseconds) / 1000,
        megabytes: Number(megabytes),
      });
    });
  });
}

it('names each of its inputs once, and has 120 or more', () => {
  expect(new Set(INPUTS.map(({ name }) => name)).size).toBe(INPUTS.length);
  expect(INPUTS.length).toBeGreaterThanOrEqual(120);
});

it.each(INPUTS)(
  'a report or one clear line: $name',
  async ({ name, as = '', bytes, says }) => {
    const top = mkdtempSync(path.join(tmpdir(), 'casefile-hostile-'));
    const folder = path.join(top, 'a/b');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `input${as}`), bytes());
    const result = await run(folder, ['analyze', `input${as}`, '-o', 'report.json']);
    runs.set(name, result);
    expect(result.said).not.toMatch(/fault in casefile|\n {4}at |FATAL ERROR/);
    expect([0, 2]).toContain(result.status);
    expect(readdirSync(folder).sort()).toEqual(
      [`input${as}`, ...(result.status === 0 ? ['report.json'] : [])].sort(),
    );
    expect([readdirSync(top), readdirSync(path.join(top, 'a'))]).toEqual([['a'], ['b']]);
    const report = result.status === 0 ? readFileSync(path.join(folder, 'report.json'), 'utf8') : '';
    if (report) expect(reportSchema.safeParse(JSON.parse(report)).error).toBeUndefined();
    else expect(result.said.trim().split('\n')).toHaveLength(1);
    if (says) expect(report || result.said).toMatch(says);
    expect(result.megabytes).toBeLessThan(MOST_MEGABYTES);
    expect(result.seconds).toBeLessThan(MOST_SECONDS);
    rmSync(top, { recursive: true });
  },
  90_000,
);

afterAll(() => {
  const all = [...runs];
  if (all.length === 0) return;
  const worst = (of: (run: Run) => number) => all.reduce((a, b) => (of(b[1]) > of(a[1]) ? b : a));
  const [slowest, largest] = [worst(({ seconds }) => seconds), worst(({ megabytes }) => megabytes)];
  const reports = all.filter(([, { status }]) => status === 0).length;
  console.log(
    `${all.length} hostile inputs: ${reports} reports, ${all.length - reports} clear errors; ` +
      `slowest ${slowest[1].seconds.toFixed(1)} s (${slowest[0]}), most memory ${largest[1].megabytes} MB (${largest[0]})`,
  );
});
