import { chmodSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { syntheticContent } from '../support/api-server-synthetic.ts';
import { casefile } from '../support/casefile.ts';
import { leftovers, need, temporaryFolder, type UnpackedBundle } from '../support/shells.ts';
import { collectWith, processes, type Run, selfSigned } from './harness.ts';

// The numbers are those of the faults that the collector promises to survive; the promise is in the name of the test.
// In each case: an exit status that tells, an archive that tar reads, a ledger row, and nothing left behind.

function expectKept(run: Run, code: number): UnpackedBundle {
  expect(run.ended, run.ended.stderr).toMatchObject({ code });
  expect(leftovers(run.out)).toEqual([]);
  const bundle = run.bundle();
  expect(bundle.members.at(-1)).toMatch(/\/COMPLETE$/);
  expect(run.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  return bundle;
}

/** The sentence that the report of a bundle begins with. */
function headlineOf(bundle: string): string {
  return JSON.parse(casefile(['analyze', bundle, '-f', 'json']).stdout).verdict;
}

const EVENTS = /^\/api\/v1\/events\?/;
const PODS = /^\/api\/v1\/pods\?/;
const LISTS = /\/[a-z]+\?limit=/;
const LOGS = /\/log\?/;

describe.concurrent('the API', { timeout: 120_000 }, () => {
  beforeEach((context) => need(context, 'kubectl'));

  test('a healthy API gives a complete bundle', async () => {
    const bundle = expectKept(await collectWith(), 0);
    expect(new Set(bundle.ledger.map((row) => row.class))).toEqual(new Set(['ok', 'absent']));
    expect(bundle.files.has('logs/shop/cart-0-00000/c0.previous.log')).toBe(true);
    expect(bundle.files.get('objects/pods.json')?.toString()).not.toContain('managedFields');
  });

  test('1: without kubectl a bundle says so, and the exit status is 3', async () => {
    const run = await collectWith({ env: { KUBECTL: 'kubectl-that-is-not-there' } });
    const bundle = expectKept(run, 3);
    expect(bundle.row(/\/version/)).toMatchObject({ class: 'error', path: '-' });
    expect(run.ended.stderr).toMatch(/kubectl-that-is-not-there was not found/);
    expect(headlineOf(bundle.archive)).toMatch(
      /^Nothing of the cluster could be collected: .*kubectl-that-is-not-there/,
    );
  });

  test('2: a kubectl that cannot be executed is the same', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/kubectl`, '\u007fELF not for this machine');
    chmodSync(`${folder}/kubectl`, 0o755);
    expectKept(await collectWith({ env: { KUBECTL: `${folder}/kubectl` } }), 3);
  });

  test('3: a broken kubeconfig is named in one line', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/config`, 'clusters: [');
    const run = await collectWith({ env: { KUBECONFIG: `${folder}/config` } });
    expectKept(run, 3);
    expect(run.ended.stderr).toMatch(/no access to the cluster: .*(config|yaml)/);
  });

  test('4: a refused connection ends within 15 seconds', async () => {
    const run = await collectWith({ cluster: { server: 'http://127.0.0.1:1' } });
    const { archive } = expectKept(run, 3);
    expect(run.ended.ms).toBeLessThan(30_000);
    expect(run.ended.stderr).toMatch(/run node\.sh as root on each server/);
    expect(headlineOf(archive)).toBe(
      'API server could not be asked — Host 127.0.0.1:1; the pods were not collected.',
    );
  });

  test('5: an API that hangs is left alone after three commands', async () => {
    const run = await collectWith({
      faults: [
        { match: LISTS, hang: 600_000 },
        { match: /version\?timeout=|version\?pretty/, times: 4, drip: 1e9 },
        { match: /^\/version/, hang: 600_000 },
      ],
      args: ['--deadline', '200s'],
    });
    const bundle = expectKept(run, 2);
    expect(bundle.ledger.filter((row) => row.class === 'timeout').length).toBeGreaterThan(20);
    // four workers have one each, and two of them another before the third has failed
    expect(run.server.requests.filter((request) => LISTS.test(request)).length).toBeLessThanOrEqual(6);
  }, 200_000);

  test('6: a body that hangs is cut off, and half a list is not kept', async () => {
    const run = await collectWith({ faults: [{ match: PODS, hangBody: 2000 }], args: ['--deadline', '15s'] });
    const bundle = expectKept(run, 2);
    expect(bundle.row(/api\/v1\/pods\?/)).toMatchObject({ class: 'timeout', path: '-' });
    expect(bundle.files.has('objects/pods.json')).toBe(false);
  });

  test('7: a slow API is ended by the deadline, and what came is packed', async () => {
    const run = await collectWith({
      faults: [{ match: /configmaps|services/, drip: 20 }],
      args: ['--deadline', '8s'],
    });
    const bundle = expectKept(run, 2);
    expect(run.ended.ms).toBeLessThan(60_000);
    expect(bundle.files.has('objects/events.json')).toBe(true);
    expect(bundle.ledger.filter((row) => row.class === 'timeout').length).toBeGreaterThan(0);
  });

  test('8: a credential plugin that hangs is ended, with what it has started', async (context) => {
    need(context, 'openssl');
    const mark = `60${Math.floor(Math.random() * 1e6)}`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sleep',
      args: [mark],
      interactiveMode: 'Never',
    };
    // kubectl asks a plugin over TLS only
    const tls = selfSigned();
    const cluster = { 'certificate-authority-data': Buffer.from(tls.cert).toString('base64') };
    const run = await collectWith({ user: { exec }, tls, cluster });
    expectKept(run, 3);
    expect(run.ended.ms).toBeLessThan(100_000);
    expect(processes(mark)).toEqual([]);
  });

  test('9: a question for a password never blocks', async () => {
    const run = await collectWith({ faults: [{ match: /./, status: 401 }] });
    expectKept(run, 3);
    expect(run.ended.ms).toBeLessThan(60_000);
  });

  test('10: expired credentials give 3 and a hint', async () => {
    const run = await collectWith({
      faults: [{ match: /limit=|metrics/, status: 401 }],
      user: { token: 'long-gone' },
    });
    const { archive } = expectKept(run, 3);
    expect(run.ended.stderr).toMatch(/no access.*logged in/);
    expect(headlineOf(archive)).toMatch(/^API server could not be asked — /);
  });

  test('11: what is forbidden is listed, with the rules that are missing', async () => {
    const run = await collectWith({
      faults: [
        { match: /limit=|log\?|metrics/, status: 403, message: 'pods is forbidden: User "shop" cannot list' },
      ],
    });
    const bundle = expectKept(run, 2);
    expect(run.ended.stderr).toMatch(/apiGroups: \[""\], resources: \[[a-z, ]*pods/);
    const row = bundle.row(/\/api\/v1\/pods\?/);
    expect(row).toMatchObject({ class: 'forbidden', path: '-', intended: 'objects/pods.json' });
    expect(bundle.files.get(`${row?.intended}.err`)?.toString()).toContain('User "shop" cannot list');
  });

  test('12: one forbidden kind leaves the others whole; namespaces are tried one by one', async () => {
    const run = await collectWith({ faults: [{ match: PODS, status: 403, message: 'pods is forbidden' }] });
    const bundle = expectKept(run, 2);
    expect(bundle.files.has('objects/shop/pods.json')).toBe(true);
    expect(bundle.files.has('objects/events.json')).toBe(true);
    expect(bundle.files.has('logs/shop/cart-0-00000/c0.log')).toBe(true);
  });

  test('13: a kind that this server does not have is absent, not an error', async () => {
    const bundle = expectKept(await collectWith({ faults: [{ match: /limitranges/, status: 404 }] }), 0);
    expect(bundle.row(/limitranges/)).toMatchObject({ class: 'absent' });
    expect(bundle.row(/helmcharts/)).toMatchObject({ class: 'absent', exit: '-' });
  });

  test('14: a list that expired on its second page is read once more in one piece', async () => {
    const content = syntheticContent({ pods: 600, containers: 1, failingEvery: 1000 });
    const run = await collectWith({
      content,
      faults: [{ match: /pods\?.*continue=/, status: 410, message: 'too old' }],
      args: ['--deadline', '40s'],
    });
    const bundle = run.bundle();
    expect(bundle.ledger.filter((row) => /\/pods\?/.test(row.argv)).map((row) => row.class)).toEqual([
      'ok',
      'error',
      'ok',
    ]);
    expect(JSON.parse(bundle.files.get('objects/pods.json')?.toString() ?? '').items).toHaveLength(600);
  });

  test('15: too many requests: the server decides when to come again', async () => {
    const run = await collectWith({
      faults: [{ match: EVENTS, times: 1, status: 429, headers: { 'retry-after': '1' } }],
    });
    expect(expectKept(run, 0).row(/v1\/events\?/)).toMatchObject({ class: 'ok' });
  });

  test('16: an internal error is tried once more', async () => {
    const run = await collectWith({ faults: [{ match: EVENTS, times: 1, status: 500 }] });
    const bundle = expectKept(run, 2);
    expect(bundle.ledger.filter((row) => /v1\/events\?/.test(row.argv)).map((row) => row.class)).toEqual([
      'error',
      'ok',
    ]);
  });

  test('17: an aggregated API that is down spoils nothing', async () => {
    const bundle = expectKept(await collectWith({ faults: [{ match: /none\.shop/, status: 503 }] }), 0);
    expect(bundle.files.get('describe/shop/pods.txt')?.toString()).toContain('cart-0-00000');
  });

  test('19: the page of a proxy is not taken for an empty cluster', async () => {
    const page = '<html><body>Please log in to the corporate proxy</body></html>';
    const run = await collectWith({ faults: [{ match: /limit=/, body: page, type: 'text/html' }] });
    const bundle = expectKept(run, 2);
    expect(bundle.row(/\/api\/v1\/pods\?/)).toMatchObject({ class: 'error', path: '-' });
    expect([...bundle.files.keys()].filter((path) => /^objects.*json$/.test(path))).toEqual([]);
  });

  test('20: a truncated list is an error, and is not kept', async () => {
    const bundle = expectKept(await collectWith({ faults: [{ match: PODS, cut: 3000 }] }), 2);
    expect(['cut', 'error']).toContain(bundle.row(/\/api\/v1\/pods\?/)?.class);
    expect(bundle.files.has('objects/pods.json')).toBe(false);
  });

  test('21: no metrics server: top is absent', async () => {
    const bundle = expectKept(await collectWith(), 0);
    expect(bundle.row(/top nodes/)).toMatchObject({ class: 'absent', path: '-' });
  });

  test('22: a pod that went between list and log is a row; the next one follows', async () => {
    const run = await collectWith({
      faults: [{ match: /cart-0-00000\/log/, status: 404, message: 'pods "cart-0-00000" not found' }],
    });
    const bundle = expectKept(run, 0);
    expect(bundle.row(/cart-0-00000\/log/)).toMatchObject({ class: 'absent', path: '-' });
    expect(bundle.files.has('logs/warehouse/cart-0-00001/c0.log')).toBe(true);
  });

  test('23: a container that is being created, or has no previous log, is a row', async () => {
    const run = await collectWith({
      faults: [
        { match: /previous=true/, status: 400, message: 'previous terminated container "c0" not found' },
      ],
    });
    const bundle = expectKept(run, 0);
    const row = bundle.row(/previous=true/);
    expect(row).toMatchObject({ class: 'absent', path: '-' });
    expect(bundle.files.get(`${row?.intended}.err`)?.toString()).toContain('previous terminated container');
  });

  test('24: a log that is cut in the middle is kept, and marked as cut', async () => {
    const bundle = expectKept(await collectWith({ faults: [{ match: /cart-0-00000.*c1/, cut: 130 }] }), 2);
    const row = bundle.row(/cart-0-00000\/log.*container=c1/);
    expect(row).toMatchObject({ class: 'cut', cut: '1' });
    expect(bundle.files.get(row?.path ?? '')?.length).toBeGreaterThan(100);
  });

  test('25: an endless log from a server that ignores its limit is read up to 8 MiB, and its newest MiB kept', async () => {
    const piece = Buffer.from('2026-11-22T12:00:00Z the shop is open, the shop is open\n'.repeat(2000));
    const run = await collectWith({
      faults: [{ match: /cart-0-00000.*c1/, endless: { piece, times: 100_000 } }],
    });
    const bundle = expectKept(run, 0);
    const row = bundle.row(/cart-0-00000\/log.*container=c1/);
    expect(row).toMatchObject({ class: 'ok', cut: '1' });
    expect(Number(row?.bytes)).toBeLessThanOrEqual(1_048_576);
  });

  test('26: a line without an end is cut at 16 KiB', async () => {
    const run = await collectWith({
      faults: [{ match: LOGS, endless: { piece: Buffer.alloc(65_536, 'x'), times: 2000 } }],
    });
    const bundle = expectKept(run, 0);
    expect(bundle.files.get('logs/shop/cart-0-00000/c0.log')?.length).toBeLessThan(17_000);
  });

  test('27: NUL bytes and UTF-16 become text', async () => {
    const body = Buffer.concat([
      Buffer.from('\ufeffpassword=opensesame99 ok\r\n', 'utf16le'),
      Buffer.from('a\0b\n'),
    ]);
    const bundle = expectKept(await collectWith({ faults: [{ match: LOGS, body, type: 'text/plain' }] }), 0);
    const text = bundle.files.get('logs/shop/cart-0-00000/c0.log')?.toString('latin1') ?? '';
    expect(text).toContain('ab\n');
    expect(text).toMatch(/password=\[REDACTED-password-/);
    expect(text).not.toContain('opensesame');
  });

  test('53: warnings with control characters do not reach the bundle or the terminal', async () => {
    const headers = { warning: '299 - "watch \u009b31mout"' };
    const run = await collectWith({
      faults: [{ match: EVENTS, status: 403, message: 'no \u001b[2J\u0007', headers }],
    });
    const bundle = expectKept(run, 2);
    const text = [...bundle.files.values()].map((body) => body.toString('latin1')).join('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(/[\u0007\u001b]/.test(text + run.ended.stderr)).toBe(false);
  });

  test('54: only GET, and never Secrets, exec, proxy or port-forward', async () => {
    const run = await collectWith();
    expectKept(run, 0);
    expect(run.server.requests.length).toBeGreaterThan(20);
    expect(
      run.server.requests.filter((request) =>
        /\/(secrets|exec|attach|proxy|portforward)([/?]|$)/.test(request),
      ),
    ).toEqual([]);
    const review = await collectWith({ args: ['--check-access'] });
    const other = review.server.requests.filter((request) => !request.startsWith('GET '));
    expect(other.filter((request) => !/^POST .*selfsubject/.test(request))).toEqual([]);
    expect(review.ended.stdout).toMatch(/^yes {2}list pods$/m);
  });
});
