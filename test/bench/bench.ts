import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import { writeBundle } from './generate.ts';
import { medianRun, type Run, runHere, shellSeconds } from './measure.ts';
import { type Shape, SMALL } from './shape.ts';

const MB = 1_000_000;

/** One thing to measure, and what it must not go past. */
type Case = {
  readonly name: string;
  readonly shape: Shape;
  /** So many times the floor, as time passes. */
  readonly ratio?: number;
  /** So many times the floor, as processors work. */
  readonly work?: number;
};

const logs = (megabytes: number, hits = 0.016): Shape => ({
  ...SMALL,
  pods: 100,
  nodes: 3,
  logBytes: megabytes * MB,
  hits,
});
const smallFiles = (count: number): Shape => ({
  ...SMALL,
  pods: 100,
  nodes: 3,
  logBytes: count * 3300,
  bytesPerLog: 3300,
});
const cluster = (pods: number, nodes: number, events: number): Shape => ({
  ...SMALL,
  pods,
  nodes,
  events,
  failing: 0.27,
});

/** Read first in each process, so that it is warm: a bundle with a little of everything. */
const WARM: Shape = { ...cluster(100, 3, 500), logBytes: 16 * MB, hits: 0.1 };

const FULL: readonly Case[] = [
  { name: '2.6 GB of logs', shape: logs(2600), ratio: 2 },
  { name: '10 GB of logs', shape: logs(10_400), ratio: 2 },
  { name: '10 GB in as many logs', shape: { ...logs(10_400), bytesPerLog: 4 * SMALL.bytesPerLog }, ratio: 2 },
  { name: '2.6 GB of logs, 30 % of the lines wanted', shape: logs(2600, 0.3), ratio: 3.5 },
  { name: '2.6 GB of logs, no two wanted lines alike', shape: { ...logs(2600), unlike: true }, ratio: 3 },
  { name: 'a line of 1 GB', shape: { ...logs(100), longLine: 1000 * MB }, ratio: 2 },
  { name: '60,000 small files', shape: smallFiles(60_000) },
  { name: '5,000 pods, 200 nodes, 50,000 events', shape: cluster(5000, 200, 50_000) },
  { name: '10,000 pods', shape: { ...cluster(10_000, 400, 20_000), alike: true } },
  { name: '50,000 pods', shape: { ...cluster(50_000, 1700, 20_000), alike: true } },
  { name: '150,000 pods, 5,000 nodes', shape: { ...cluster(150_000, 5000, 20_000), alike: true } },
];

/**
 * What CI runs: small, and judged by how long processors worked, as others may work beside. The limits are far from
 * what is measured: an expression that is tried on each line goes past them, a busy machine does not.
 */
const QUICK: readonly Case[] = [
  { name: '32 MB of logs', shape: logs(32) },
  { name: '128 MB of logs', shape: logs(128), work: 10 },
  { name: '128 MB of logs, 30 % of the lines wanted', shape: logs(128, 0.3), work: 20 },
  { name: '1,000 pods', shape: cluster(1000, 40, 5000) },
  { name: '4,000 pods', shape: cluster(4000, 160, 20_000) },
];

/** Of two cases the second is four times the first: it may take so many times the work, and so much more memory. */
const GROWTH = [
  { from: '32 MB of logs', to: '128 MB of logs', time: 8, memory: 1.5 },
  { from: '1,000 pods', to: '4,000 pods', time: 8, memory: 4 },
] as const;

const folder = path.join(os.tmpdir(), 'casefile-bench');

/** The bundle of a shape, made once. */
async function bundleOf(shape: Shape): Promise<string> {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `4-${Object.values(shape).join('-')}.tar.gz`);
  if (!fs.existsSync(file)) await writeBundle(file, shape);
  return file;
}

function show(name: string, file: string, { floor, read, analyzed, peak, files }: Run): void {
  const size = (fs.statSync(file).size / MB).toFixed(0);
  const cells = [
    `${size} MB packed`,
    `floor ${floor.wall.toFixed(2)} s`,
    `read ${read.wall.toFixed(2)} s`,
    `analyze ${analyzed.wall.toFixed(2)} s`,
    `${(analyzed.wall / floor.wall).toFixed(2)} x floor (${(analyzed.cpu / floor.cpu).toFixed(2)} x its CPU)`,
    `${peak.toFixed(0)} MiB`,
    `${Math.round(files / read.wall)} files/s read, ${Math.round(files / analyzed.wall)} analyzed`,
  ];
  console.log(`${name}: ${cells.join(', ')}`);
}

/** Prints what common tools take for the same bundle, as ratios to our time. */
function compare(file: string, { analyzed }: Run, times: number): void {
  const literals = path.join(folder, 'literals.txt');
  const all = builtinCatalogue().classes.flatMap(({ expressions }) => expressions);
  const texts = all.flatMap(({ literals }) => literals.map(({ text }) => text));
  fs.writeFileSync(literals, [...new Set(texts)].filter((text) => text.length > 4).join('\n'));
  for (const [name, line] of [
    ['gzip -dc | tar t', `gzip -dc '${file}' | tar t`],
    ['tar xzO | grep -F -f literals', `tar xzOf '${file}' | LC_ALL=C grep -cFf '${literals}'`],
    ['zgrep -F -f literals', `LC_ALL=C zgrep -cFf '${literals}' '${file}'`],
  ] as const) {
    const taken = shellSeconds(line, times);
    const said =
      taken === undefined
        ? 'not here'
        : `${taken.toFixed(2)} s, ${(taken / analyzed.wall).toFixed(2)} x ours`;
    console.log(`  ${name}: ${said}`);
  }
}

async function bench(cases: readonly Case[], times: number): Promise<readonly string[]> {
  const small = await bundleOf(WARM);
  const runs = new Map<string, Run>();
  const failures: string[] = [];
  for (const { name, shape, ratio, work } of cases) {
    const file = await bundleOf(shape);
    const run = medianRun(file, small, times);
    runs.set(name, run);
    show(name, file, run);
    if (ratio !== undefined && shape.hits < 0.1) compare(file, run, Math.min(times, 3));
    if (ratio !== undefined && run.analyzed.wall > ratio * run.floor.wall)
      failures.push(`${name}: more than ${ratio} x the floor`);
    if (work !== undefined && run.analyzed.cpu > work * run.floor.cpu)
      failures.push(`${name}: more than ${work} x the floor's work`);
  }
  for (const { from, to, time, memory } of GROWTH) {
    const [a, b] = [runs.get(from), runs.get(to)];
    if (!a || !b) continue;
    console.log(
      `${from} -> ${to}: ${(b.analyzed.cpu / a.analyzed.cpu).toFixed(2)} x work, ${(b.peak / a.peak).toFixed(2)} x memory`,
    );
    if (b.analyzed.cpu > time * a.analyzed.cpu)
      failures.push(`${to}: more than ${time} x the work of ${from}`);
    if (b.peak > memory * a.peak) failures.push(`${to}: more than ${memory} x the memory of ${from}`);
  }
  return failures;
}

const [command = '', ...rest] = process.argv.slice(2);
if (command === 'run') await runHere(rest[0] ?? '', rest[1] ?? '', rest[2] ?? '');
else {
  const chosen = command === '--quick' ? QUICK : FULL.filter(({ name }) => name.includes(command));
  const failures = await bench(chosen, Number(rest[0] ?? (command === '--quick' ? 3 : 5)));
  for (const failure of failures) console.error(`FAILED ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
