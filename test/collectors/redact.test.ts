import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AWKS, alias, COLLECT, need, runScript } from '../support/shells.ts';
import { type Canary, canaries } from './canaries.ts';

const SEPARATOR = '\n=== next canary ===\n';

/** Runs all canaries through the filter in one go, apart from each other by a line of prose. */
async function redacted(all: readonly Canary[], awk: string): Promise<string[]> {
  const env = { PATH: `${alias({ awk })}:${process.env.PATH}` };
  const ended = await runScript(COLLECT, ['--redact'], {
    env,
    input: all.map((one) => one.text).join(SEPARATOR),
  });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended.stdout.split(SEPARATOR);
}

/** Pieces of six characters of a secret that are in the output and were nowhere else in the text. */
function leaks(one: Canary, output: string): string[] {
  const around = one.secrets.reduce(
    (text, secret) => text.replaceAll(JSON.stringify(secret).slice(1, -1), '').replaceAll(secret, ''),
    one.text,
  );
  const pieces = one.secrets.flatMap((secret) =>
    Array.from({ length: secret.length - 5 }, (_, at) => secret.slice(at, at + 6)),
  );
  return pieces.filter((piece) => output.includes(piece) && !around.includes(piece));
}

describe.each(AWKS)('with the awk of %s', (awk) => {
  test.for([
    [20260101, false],
    [1, false],
    [2, true],
    [3, true],
  ] as const)('seed %s, hard %s: nothing secret stays, look-alikes do', async ([seed, hard], context) => {
    need(context, awk);
    const all = canaries(seed, hard);
    const outputs = await redacted(all, awk);
    expect(outputs).toHaveLength(all.length);
    const wrong = all.flatMap((one, n) => {
      const output = outputs[n] ?? '';
      if (one.secrets.length === 0) return output.trimEnd() === one.text ? [] : [`lost: ${output}`];
      const pieces = leaks(one, output);
      return pieces.length === 0
        ? []
        : [`leaked: ${one.name}: ${pieces[0]} of ${one.secrets[0]} in ${output.slice(-200)}`];
    });
    expect(wrong).toEqual([]);
  });
});

test('the same secret gets the same mark in two places, and another mark in another run', async () => {
  const input = 'password=opensesame99\n{"password":"opensesame99","token":"another-secret-1"}\n';
  const runs = await Promise.all([1, 2].map(() => runScript(COLLECT, ['--redact'], { input })));
  const marks = runs.map((run) =>
    [...run.stdout.matchAll(/\[REDACTED-[a-z-]+-([0-9a-f]{6})\]/g)].map((match) => match[1]),
  );
  expect(marks[0]?.[0]).toBe(marks[0]?.[1]);
  expect(marks[0]?.[0]).not.toBe(marks[0]?.[2]);
  expect(marks[0]?.[0]).not.toBe(marks[1]?.[0]);
});

test('what was redacted once stays as it is', async () => {
  const input = canaries(7, true)
    .map((one) => one.text)
    .join(SEPARATOR);
  const once = await runScript(COLLECT, ['--redact'], { input });
  const twice = await runScript(COLLECT, ['--redact'], { input: once.stdout });
  expect(twice.stdout).toBe(once.stdout);
});

test('the script uses nothing that some awk leaves out without a word', () => {
  const script = readFileSync(new URL('../../collectors/parts/redact.awk', import.meta.url), 'utf8');
  const code = script.replace(/^\s*#.*$/gm, '');
  expect(code).not.toMatch(/[\])a-z.+*]\{[0-9]/); // intervals never match in old mawk
  expect(code).not.toMatch(/gensub|strtonum|\[\[:/);
  expect(code).not.toContain("'"); // it stands in single quotes in the scripts
});

test('a line of 12 MiB does not stall it: it is cut', async (context) => {
  need(context, ...AWKS);
  for (const awk of AWKS) {
    const env = { PATH: `${alias({ awk })}:${process.env.PATH}` };
    const ended = await runScript(COLLECT, ['--redact'], {
      env,
      input: `${'order paid, '.repeat(1 << 20)} password=opensesame99\n`,
    });
    expect(ended.stdout).toMatch(/^(order paid, ?)+ (order )?\[cut\]\n$/);
  }
}, 60_000);
