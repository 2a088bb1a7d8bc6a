import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { analyze } from '../../src/analyze.ts';
import { readBundle } from '../../src/bundle/open-bundle.ts';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';

const MiB = 1024 ** 2;

/** Seconds that passed, and seconds that processors worked, which say more where others work beside. */
export type Took = { readonly wall: number; readonly cpu: number };

/** What one run in a process of its own took: to inflate only, to read each file, to analyze; its peak memory in MiB. */
export type Run = {
  readonly floor: Took;
  readonly read: Took;
  readonly analyzed: Took;
  readonly peak: number;
  readonly files: number;
};

/** Inflates a bundle and throws it away: what no reader of it can be faster than. */
async function inflateOnly(file: string): Promise<void> {
  const inflated = createReadStream(file, { highWaterMark: MiB }).pipe(createGunzip({ chunkSize: MiB }));
  for await (const _ of inflated);
}

/** Shows each file of a bundle to one who does nothing with it. */
async function readOnly(file: string): Promise<void> {
  const sink = { chunk() {}, end() {} };
  await readBundle(file, { entry: () => sink, problem() {} });
}

async function took(work: () => Promise<unknown>): Promise<Took> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** What one process prints as JSON: what the work took, its peak memory in MiB, and how many files it saw. */
type Measured = { readonly took: Took; readonly peak: number; readonly files: number };

/** Does one piece of work with a bundle in this process and prints what it took; a small bundle warms an analysis up. */
export async function runHere(work: string, file: string, small: string): Promise<void> {
  let files = 0;
  const said = await took(await workOf());
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ took: said, peak, files } satisfies Measured));

  async function workOf(): Promise<() => Promise<void>> {
    if (work === 'floor') return () => inflateOnly(file);
    if (work === 'read') return () => readOnly(file);
    const catalogue = builtinCatalogue();
    await analyze([small], catalogue);
    return async () => {
      files = (await analyze([file], catalogue)).bundle.files;
    };
  }
}

/**
 * Measures one bundle so many times and gives the run with the median ratio to the floor. The three stand in processes
 * of their own, one right after the other: in one they teach each other's heap habits that it does not have alone.
 */
export function medianRun(file: string, small: string, times: number): Run {
  const measured = (work: string): Measured =>
    JSON.parse(
      execFileSync(process.execPath, [process.argv[1] ?? '', 'run', work, file, small], { encoding: 'utf8' }),
    );
  const runs = Array.from({ length: times }, (): Run => {
    const floor = measured('floor').took;
    const read = measured('read').took;
    const { took: analyzed, peak, files } = measured('analyze');
    return { floor, read, analyzed, peak, files };
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
