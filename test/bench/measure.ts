import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { analyze } from '../../src/analyze.ts';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';

const MiB = 1024 ** 2;

/** Seconds that passed, and seconds that processors worked, which say more where others work beside. */
export type Took = { readonly wall: number; readonly cpu: number };

/** What one run in a process of its own took: to inflate only, to analyze; its peak memory in MiB. */
export type Run = {
  readonly floor: Took;
  readonly analyzed: Took;
  readonly peak: number;
  readonly files: number;
};

/** Inflates a bundle and throws it away: what no reader of it can be faster than. */
async function inflateOnly(file: string): Promise<void> {
  const inflated = createReadStream(file, { highWaterMark: MiB }).pipe(createGunzip({ chunkSize: MiB }));
  for await (const _ of inflated);
}

async function took(work: () => Promise<unknown>): Promise<Took> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** Measures one bundle in this process and prints the run as JSON; a small bundle warms it up. */
export async function runHere(file: string, small: string): Promise<void> {
  const catalogue = builtinCatalogue();
  await analyze([small], catalogue);
  const floor = await took(() => inflateOnly(file));
  let files = 0;
  const analyzed = await took(async () => {
    files = (await analyze([file], catalogue)).bundle.files;
  });
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ floor, analyzed, peak, files } satisfies Run));
}

/** Measures one bundle so many times, each in a new process, and gives the run with the median ratio to the floor. */
export function medianRun(file: string, small: string, times: number): Run {
  const runs = Array.from({ length: times }, (): Run => {
    const said = execFileSync(process.execPath, [process.argv[1] ?? '', 'run', file, small], {
      encoding: 'utf8',
    });
    return JSON.parse(said);
  });
  return median(runs, (run) => run.analyzed.wall / run.floor.wall);
}

/** The middle one by a number. */
export function median<T>(items: readonly T[], by: (item: T) => number): T {
  const sorted = items.toSorted((a, b) => by(a) - by(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('there is nothing to take the median of');
  return middle;
}

/** Seconds that a shell line takes; nothing when its program is missing. */
export function shellSeconds(line: string, times: number): number | undefined {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    const { status } = spawnSync('sh', ['-c', line], { stdio: 'ignore' });
    return status === null || status > 1 ? undefined : (performance.now() - start) / 1000;
  });
  return taken.includes(undefined) ? undefined : median(taken, (time) => time ?? 0);
}
