import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { recordedContent } from '../support/api-server-recording.ts';
import { syntheticContent } from '../support/api-server-synthetic.ts';
import {
  COLLECT,
  folderIn,
  need,
  runScript,
  temporaryFolder,
  unpackRecording,
  which,
  writeProgram,
} from '../support/shells.ts';
import { collectWith, type Run } from './harness.ts';

const LARGE = { pods: 3000, containers: 3, failingEvery: 100 };
const PAGES = LARGE.pods / 500;
const LATENCY = 5;
const JOBS = 4;

/** A kubectl that notes its peak memory in KiB for each call. */
function measuredKubectl(): { readonly program: string; readonly peaks: () => number[] } {
  const folder = temporaryFolder();
  const program = join(folder, 'kubectl');
  const log = join(folder, 'peaks');
  writeProgram(folder, 'kubectl', `exec /usr/bin/time -a -o ${log} -f %M ${which('kubectl')} "$@"`);
  return { program, peaks: () => readFileSync(log, 'utf8').match(/^\d+$/gm)?.map(Number) ?? [] };
}

/** Whether a request of the script is for a page of a list of objects. */
const forList = (request: string) => /[?&]limit=\d+&pretty=true$/.test(request);

/** Milliseconds that the server spent on lists, each from its arrival to its last byte. */
function sumOfLists({ answers }: ApiServer): string {
  const lists = answers.filter(({ request }) => forList(request));
  return lists.reduce((total, { ms }) => total + ms, 0).toFixed(0);
}

describe('3,000 pods of 3 containers', () => {
  let run: Run;
  let kubectl: ReturnType<typeof measuredKubectl>;

  beforeAll(async () => {
    if (!which('time')) return;
    kubectl = measuredKubectl();
    const env = { KUBECTL: kubectl.program };
    const args = ['--deadline', '60s', '--max-size', '256', '--jobs', String(JOBS)];
    run = await collectWith({ content: syntheticContent(LARGE), latency: LATENCY, env, args });
  }, 240_000);

  test('within the deadline little memory is used, what fails is there, and each log has its row', (context) => {
    need(context, 'time');
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 2 });
    const bundle = run.bundle();
    const files = [...bundle.files.keys()];
    expect(files.filter((path) => /^objects\/pods(\.\d+)?\.json$/.test(path))).toHaveLength(PAGES);
    for (let n = 0; n < LARGE.pods; n += LARGE.failingEvery) {
      const pod = `cart-${Math.floor(n / 100)}-${String(n).padStart(5, '0')}`;
      expect(files.filter((path) => path.includes(`/${pod}/c0.`))).toHaveLength(2);
    }
    const logs = bundle.ledger.filter((row) => row.argv.includes('/log?'));
    expect(logs).toHaveLength(LARGE.pods * LARGE.containers + LARGE.pods / LARGE.failingEvery);
    // what had to be left out is said to be, and why
    expect(bundle.files.get('COMPLETE')?.toString()).toContain('stopped=deadline');
    expect(new Set(logs.map((row) => row.class))).toEqual(new Set(['ok', 'timeout']));
    const peak = Math.max(...kubectl.peaks());
    expect(peak).toBeLessThan(100 * 1024);
    const { requests, peak: atATime } = run.server;
    console.log(
      `collect.sh: ${run.ended.ms} ms, ${bundle.ledger.length} rows, ${requests.length} requests, peak ${atATime()} at a time, ` +
        `kubectl up to ${Math.round(peak / 1024)} MiB; sum of lists with the filter behind them ${sumOfLists(run.server)} ms`,
    );
  });

  test('its lists, asked again by kubectl without the filter, are each answered once and whole', async (context) => {
    need(context, 'time');
    const lists = run.server.requests.filter(forList);
    expect(lists.filter((request) => request.includes('/pods?'))).toHaveLength(PAGES);
    const server = await startApiServer(syntheticContent(LARGE), { latency: LATENCY });
    const config = join(temporaryFolder(), 'config');
    server.writeKubeconfig(config);
    const script = join(temporaryFolder(), 'lists.sh');
    writeFileSync(script, `xargs -n 1 -P ${JOBS} kubectl get --raw >/dev/null\n`);
    const input = lists.map((request) => `'${request.replace('GET ', '')}'\n`).join('');
    const ended = await runScript(script, [], {
      env: { KUBECONFIG: config, KUBERC: 'off', GOGC: '400' },
      input,
    });
    await server.close();
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const answered = server.answers.map(({ request }) => request).filter(forList);
    expect(answered.toSorted()).toEqual(lists.toSorted());
    console.log(
      `lists: ${lists.length} requests, ${ended.ms} ms of wall, sum of requests ${sumOfLists(server)} ms`,
    );
  }, 60_000);
});

// A comparison that takes many minutes is no test: it is there when it is asked for.
if (process.env.CASEFILE_BENCHMARK)
  describe('beside kubectl cluster-info dump', () => {
    test.each([
      ['the recorded shop', () => recordedContent(unpackRecording('shop'))],
      ['3,000 pods of 3 containers', () => syntheticContent(LARGE)],
    ])(
      '%s: both read the same server',
      async (name, content) => {
        const server = await startApiServer(content(), { latency: LATENCY });
        const folder = temporaryFolder();
        const env = { KUBECONFIG: join(folder, 'config') };
        server.writeKubeconfig(env.KUBECONFIG);
        const took = join(folder, 'took');
        const shell = ['/usr/bin/time', '-o', took, '-f', '%e s of wall, %U s user, %S s system', 'dash'];
        const dumpAll = join(folder, 'dump.sh');
        writeFileSync(dumpAll, 'exec kubectl cluster-info dump -A --output-directory "$1" >/dev/null\n');
        for (const [script, args, out] of [
          [COLLECT, ['--out', folderIn(folder, 'ours')], 'ours'],
          [dumpAll, [join(folder, 'dump')], 'dump'],
        ] as const) {
          const before = server.requests.length;
          const ended = await runScript(script, args, { env, shell });
          expect([0, 2], ended.stderr).toContain(ended.code);
          const kib = execFileSync('du', ['-sk', join(folder, out)], { encoding: 'utf8' }).split('\t')[0];
          const requests = server.requests.length - before;
          const time = readFileSync(took, 'utf8').trim().split('\n').at(-1);
          console.log(`${name}: ${out}: ${time}, ${requests} requests, ${kib} KiB`);
        }
        await server.close();
      },
      1_800_000,
    );
  });
