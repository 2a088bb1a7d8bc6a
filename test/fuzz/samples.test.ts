import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { UserError } from '../../src/model/errors.ts';
import { reportSchema } from '../../src/model/report.ts';
import { randomFrom } from '../redact/canaries.ts';
import { CATALOGUE } from '../support/cluster.ts';

const SAMPLE = new URL('../../samples/leftovers.tar.gz', import.meta.url).pathname;
/** 40 of each in CI, 1,000 of each by `npm run fuzz`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 0) > 2000 ? 1000 : 40;

/** A report that holds to the schema, or one clear line. */
async function survives(file: string): Promise<'report' | 'error'> {
  try {
    const report = await analyze([file], CATALOGUE);
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    return 'report';
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return 'error';
  }
}

async function mutated(name: string, mutate: (random: (below: number) => number) => Buffer): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'casefile-mutated-'));
  const file = path.join(folder, 'bundle.tar.gz');
  const ends = { report: 0, error: 0 };
  for (let seed = 1; seed <= RUNS; seed++) {
    writeFileSync(file, mutate(randomFrom(seed)));
    ends[await survives(file)]++;
  }
  rmSync(folder, { recursive: true });
  console.log(`${RUNS} ${name}: ${ends.report} reports, ${ends.error} clear errors`);
}

const packed = readFileSync(SAMPLE);
const plain = gunzipSync(packed);

function flip(bytes: Buffer, random: (below: number) => number, count: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 0; n < count; n++) {
    const at = random(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  }
  return copy;
}

it(
  'a sample that is cut anywhere',
  () => mutated('truncations', (random) => packed.subarray(0, random(packed.length))),
  7_200_000,
);

it(
  'a sample with a flipped bit in its compressed bytes',
  () => mutated('bit flips', (random) => flip(packed, random, 1)),
  7_200_000,
);

it(
  'a sample with flipped bits in its files',
  () => mutated('bit flips inside', (random) => gzipSync(flip(plain, random, 200), { level: 1 })),
  7_200_000,
);

it(
  'a sample that is cut after unpacking',
  () =>
    mutated('truncations inside', (random) =>
      gzipSync(plain.subarray(0, random(plain.length)), { level: 1 }),
    ),
  7_200_000,
);

it('a bundle that comes through a pipe and is cut', async () => {
  const program = new URL('../../dist/casefile.cjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, 'analyze', '-', '-f', 'json'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdin.end(packed.subarray(0, packed.length / 2));
  const status = await new Promise((resolve) => child.once('close', resolve));
  expect(status).toBe(0);
  expect(reportSchema.parse(JSON.parse(said)).problems.length).toBeGreaterThan(0);
});
