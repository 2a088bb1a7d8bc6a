import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startApiServer } from '../support/api-server.ts';
import { recordedContent } from '../support/api-server-recording.ts';
import { syntheticContent } from '../support/api-server-synthetic.ts';
import { need, runScript, temporaryFolder, unpackRecording, which } from '../support/shells.ts';
import { collectWith } from './harness.ts';

const LARGE = { pods: 3000, containers: 3, failingEvery: 100 };
const LATENCY = 5;

/** A kubectl that notes its peak memory in KiB, and its time in seconds, for each call. */
function measuredKubectl(): {
  readonly folder: string;
  readonly calls: () => { kib: number; seconds: number; argv: string }[];
} {
  const folder = temporaryFolder();
  const log = join(folder, 'calls');
  const script = `#!/bin/sh\nexec /usr/bin/time -a -o ${log} -f "%M %e $*" ${which('kubectl')} "$@"\n`;
  writeFileSync(join(folder, 'kubectl'), script);
  chmodSync(join(folder, 'kubectl'), 0o755);
  const calls = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .map((line) => /^(\d+) ([\d.]+) (.*)$/.exec(line))
      .filter((match) => match !== null)
      .map((match) => ({ kib: Number(match[1]), seconds: Number(match[2]), argv: match[3] ?? '' }));
  return { folder, calls };
}

test('3,000 pods of 3 containers: little memory, in time, and what fails is there', async (context) => {
  need(context, 'time');
  const kubectl = measuredKubectl();
  const run = await collectWith({
    content: syntheticContent(LARGE),
    latency: LATENCY,
    env: { KUBECTL: `${kubectl.folder}/kubectl` },
    args: ['--deadline', '60s', '--max-size', '256'],
  });
  expect(run.ended, run.ended.stderr).toMatchObject({ code: 2 });
  expect(run.ended.ms).toBeLessThan(120_000);
  const bundle = run.bundle();
  const pages = [...bundle.files.keys()].filter((path) => /^objects\/pods(\.\d+)?\.json$/.test(path));
  expect(pages).toHaveLength(LARGE.pods / 500);
  for (let n = 0; n < LARGE.pods; n += LARGE.failingEvery) {
    const pod = `cart-${Math.floor(n / 100)}-${String(n).padStart(5, '0')}`;
    expect([...bundle.files.keys()].filter((path) => path.includes(`/${pod}/c0.`))).toHaveLength(2);
  }
  const peak = Math.max(...kubectl.calls().map((call) => call.kib));
  const lists = kubectl.calls().filter((call) => call.argv.includes('limit='));
  console.log(
    `collect.sh: ${run.ended.ms} ms, ${bundle.ledger.length} rows, ${run.server.requests.length} requests, peak ${run.server.peak()} at a time`,
  );
  console.log(
    `kubectl: peak ${Math.round(peak / 1024)} MiB; ${lists.length} list calls, ${lists.reduce((sum, call) => sum + call.seconds, 0).toFixed(2)} s`,
  );
  expect(peak).toBeLessThan(100 * 1024);
}, 240_000);

test('a list of 3,000 pods takes less than two seconds of requests', async () => {
  const server = await startApiServer(syntheticContent(LARGE), { latency: LATENCY });
  const folder = temporaryFolder();
  server.writeKubeconfig(`${folder}/config`);
  const script = join(folder, 'pages.sh');
  writeFileSync(
    script,
    'for at in 0 500 1000 1500 2000 2500; do kubectl get --raw "/api/v1/pods?limit=500&pretty=true&continue=$at" >/dev/null || exit 1; done\n',
  );
  const ended = await runScript(script, [], { env: { KUBECONFIG: `${folder}/config` } });
  await server.close();
  console.log(`six pages: ${ended.ms} ms`);
  expect(ended.code).toBe(0);
}, 60_000);

test.skipIf(!process.env.CASEFILE_BENCHMARK)(
  'the same cluster, read by collect.sh and by kubectl cluster-info dump',
  async () => {
    const content = recordedContent(unpackRecording('shop'));
    const run = await collectWith({ content, latency: LATENCY });
    const server = await startApiServer(content, { latency: LATENCY });
    const folder = temporaryFolder();
    server.writeKubeconfig(`${folder}/config`);
    const script = join(folder, 'dump.sh');
    writeFileSync(script, `kubectl cluster-info dump -A --output-directory ${folder}/dump >/dev/null\n`);
    const dump = await runScript(script, [], { env: { KUBECONFIG: `${folder}/config` } });
    await server.close();
    const size = execFileSync('du', ['-sk', `${folder}/dump`], { encoding: 'utf8' }).split('\t')[0];
    console.log(`70 pods: collect.sh ${run.ended.ms} ms; cluster-info dump ${dump.ms} ms, ${size} KiB`);
  },
  600_000,
);
