import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { syntheticContent } from '../support/api-server-synthetic.ts';
import {
  COLLECT,
  folderIn,
  leftovers,
  need,
  temporaryFolder,
  type UnpackedBundle,
  which,
  writeProgram,
} from '../support/shells.ts';
import { collectWith, needMounts, processes, type Run, SHOP, selfSigned } from './harness.ts';

// The numbers go on from those of faults-api.test.ts.

function expectKept(run: Run, code: number): UnpackedBundle {
  expect(run.ended, run.ended.stderr).toMatchObject({ code });
  expect(leftovers(run.out)).toEqual([]);
  const bundle = run.bundle();
  expect(bundle.members.at(-1)).toMatch(/\/COMPLETE$/);
  return bundle;
}

/** A folder with an executable script of that name. */
function stub(name: string, script: string): string {
  const folder = temporaryFolder();
  writeProgram(folder, name, script);
  return folder;
}

/** A folder with links to these programs only, to stand for all of PATH. */
function only(...programs: readonly string[]): string {
  const folder = temporaryFolder();
  for (const program of programs) symlinkSync(which(program) ?? `/missing/${program}`, join(folder, program));
  return folder;
}

const POSIX =
  'awk cat chmod cksum cp cut date dd df dirname env find grep kill ls mkdir mv od printf rm rmdir sed sh sleep sort tail tar tr wc xargs kubectl gzip'.split(
    ' ',
  );
const PATH = process.env.PATH ?? '';
const bigLogs = (logBytes: number) => syntheticContent({ pods: 4, containers: 2, failingEvery: 4, logBytes });

describe.concurrent('the machine', { timeout: 120_000 }, () => {
  beforeEach((context) => need(context, 'kubectl'));

  test.for([
    ['from somebody unknown', 0, 1, false, /certificate signed by unknown authority/],
    ['that has expired', -3, -1, true, /certificate has expired or is not yet valid: .* is after /],
    ['of tomorrow', 1, 3, true, /certificate has expired or is not yet valid: .* is before /],
  ] as const)(
    '18: a certificate %s is an error, and is never accepted',
    async ([_, from, until, known, message], context) => {
      need(context, 'openssl');
      const tls = selfSigned(from, until);
      const cluster = known ? { 'certificate-authority-data': Buffer.from(tls.cert).toString('base64') } : {};
      const run = await collectWith({ tls, cluster, user: { token: 'shop' } });
      const bundle = expectKept(run, 3);
      expect(run.ended.stderr).toMatch(message);
      expect(bundle.files.get('ledger.tsv')?.toString()).not.toContain('insecure');
    },
  );

  test('28: with thousands of logs the deadline holds, and those that tell most come first', async () => {
    const content = syntheticContent({ pods: 1500, containers: 3, failingEvery: 100 });
    const run = await collectWith({ content, args: ['--deadline', '30s'] });
    const bundle = expectKept(run, 2);
    expect(bundle.files.get('COMPLETE')?.toString()).toContain('stopped=deadline');
    expect(bundle.row(/log\?/)).toMatchObject({ argv: expect.stringContaining('previous=true') });
    expect(bundle.ledger.filter((row) => row.exit === '-' && row.class === 'timeout').length).toBeGreaterThan(
      1000,
    );
  });

  test('29: two thousand namespaces need no more requests than two', async () => {
    const namespaces = Array.from({ length: 2000 }, (_, n) => `team-${n}`);
    const run = await collectWith({
      content: syntheticContent({ pods: 10, containers: 1, failingEvery: 20, namespaces }),
    });
    expectKept(run, 0);
    expect(run.server.requests.filter((request) => /limit=/.test(request)).length).toBeLessThan(25);
  });

  test('30: the longest and oddest names that are allowed fit into paths', async () => {
    const names = ['a'.repeat(253), '0123', 'a.b-c.d', 'con'];
    const bundle = expectKept(
      await collectWith({ content: syntheticContent({ pods: 4, containers: 1, failingEvery: 1, names }) }),
      0,
    );
    for (const member of bundle.members) {
      expect(Math.max(...member.split('/').map((part) => part.length))).toBeLessThan(256);
    }
    expect(
      bundle.ledger.filter((row) => row.argv.includes('a'.repeat(253)) && row.class === 'ok').length,
    ).toBeGreaterThan(1);
    expect(bundle.files.has('logs/warehouse/0123/c0.log')).toBe(true);
  });

  test('31: names that Kubernetes does not allow reach neither a path nor a command', async () => {
    const names = ['../../x', '-o=yaml', 'a;touch pwned', 'a\nb', 'cart'];
    const run = await collectWith({
      content: syntheticContent({ pods: 5, containers: 1, failingEvery: 1, names }),
    });
    const bundle = expectKept(run, 0);
    expect(bundle.members.filter((member) => /\.\.|;|pwned|-o=/.test(member))).toEqual([]);
    expect(run.server.requests.filter((request) => /pods\/[^c]/.test(request))).toEqual([]);
  });

  test('32: a full disk at the start gives 4, and leaves nothing', async (context) => {
    needMounts(context);
    const { run, left } = await inRoom('size=1m', SHOP);
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 4 });
    expect(run.ended.stderr).toMatch(/no place with 4 MiB/);
    expect(left).toEqual([]);
  });

  test('33: a disk that fills up ends the collecting, and what there is gets packed', async (context) => {
    needMounts(context);
    const { run, out } = await inRoom('size=8m', bigLogs(1_000_000));
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 2 });
    expect(readdirSync(out).filter((file) => file.endsWith('.tar.gz'))).toHaveLength(1);
    expect(run.ended.stderr).toMatch(/stopped early \(disk\)/);
  });

  test('34: without room for the archive the largest logs are left out', async (context) => {
    needMounts(context);
    const random = Buffer.from(randomBytes(700_000).toString('hex').replace(/.{80}/g, '$&\n'));
    const plain = bigLogs(10);
    const content: typeof plain = (ask) =>
      ask.path.endsWith('/log') ? { status: 200, body: random, type: 'text/plain' } : plain(ask);
    const { run, out } = await inRoom('size=9m', content);
    expect(run.ended, run.ended.stderr).toMatchObject({
      code: expect.toSatisfy((code) => code === 2 || code === 0),
    });
    expect(readdirSync(out).filter((file) => file.endsWith('.tar.gz'))).toHaveLength(1);
  });

  test('35: a limit on the size of files costs the large ones only', async () => {
    const run = await collectWith({
      content: bigLogs(400_000),
      shell: ['sh', '-c', 'ulimit -f 200; exec sh "$0" "$@"'],
    });
    const bundle = expectKept(run, 2);
    expect(bundle.files.has('objects/pods.json')).toBe(true);
    expect(bundle.row(/log\?/)).toMatchObject({ class: 'error' });
  });

  test('36: a disk without inodes is a full disk', async (context) => {
    needMounts(context);
    const { run, out } = await inRoom('size=20m,nr_inodes=70', SHOP);
    expect([2, 4]).toContain(run.ended.code);
    if (run.ended.code === 2)
      expect(readdirSync(out).filter((file) => file.endsWith('.tar.gz'))).toHaveLength(1);
  });

  test('37: from a read-only folder the bundle goes elsewhere, and that is said', async (context) => {
    needMounts(context);
    const folder = temporaryFolder();
    const elsewhere = folderIn(folder, 'tmp');
    const run = await collectWith({
      shell: [
        'unshare',
        '-rm',
        'sh',
        '-c',
        'mount --bind . . && mount -o remount,ro,bind . && cd . && exec sh "$0" "$@"',
      ],
      env: { TMPDIR: elsewhere },
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    expect(run.ended.stderr).toMatch(/cannot write to .*the bundle goes to/);
    expect(readdirSync(elsewhere).filter((file) => file.endsWith('.tar.gz'))).toHaveLength(1);
  });

  test('38, 41: a machine with the POSIX tools only is enough', async () => {
    const folder = only(...POSIX.filter((program) => program !== 'date'));
    writeFileSync(`${folder}/head`, `#!/bin/sh\ncase $1 in -c) exit 1 ;; esac\nexec ${which('head')} "$@"\n`);
    writeFileSync(
      `${folder}/date`,
      `#!/bin/sh\nfor word; do shift; set -- "$@" "$(echo "$word" | sed s/%N/N/)"; done\nexec ${which('date')} "$@"\n`,
    );
    for (const name of ['head', 'date']) chmodSync(`${folder}/${name}`, 0o755);
    const bundle = expectKept(await collectWith({ env: { PATH: folder }, shell: ['/bin/sh'] }), 0);
    expect(bundle.row(/api\/v1\/pods\?/)).toMatchObject({ sha256: '-' });
  });

  test('39: without gzip the archive is a plain tar', async () => {
    const run = await collectWith({
      env: { PATH: only(...POSIX.filter((program) => program !== 'gzip'), 'head') },
      shell: ['/bin/sh'],
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    expect(run.bundle().archive).toMatch(/\.tar$/);
  });

  test.each([
    ['that redacts nothing', 'cat'],
    ['that is missing', 'exit 127'],
    ['that drops everything', ':'],
  ])('40: with an awk %s only names and states are collected', async (_name, script) => {
    const run = await collectWith({ env: { PATH: `${stub('awk', script)}:${PATH}` } });
    const bundle = expectKept(run, 2);
    expect([...bundle.files.keys()].filter((path) => /^(objects|logs|describe)/.test(path))).toEqual([]);
    expect(run.ended.stderr).toMatch(/failed its self-test/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('42, 44: %s packs what there is', async (signal, code) => {
    const run = await collectWith({
      faults: [{ match: /configmaps/, hang: 600_000 }],
      started: (child, server) => whenAsked(server, /configmaps/, () => child.kill(signal)),
    });
    const bundle = expectKept(run, code);
    expect(bundle.files.has('objects/events.json')).toBe(true);
    expect(bundle.files.get('COMPLETE')?.toString()).toContain('stopped=interrupted');
  });

  test('44: a reader of the messages that goes away is an interruption too', async () => {
    const run = await collectWith({
      shell: ['bash', '-c', 'sh "$0" "$@" 2>&1 | head -n 1; exit $PIPESTATUS'],
    });
    expectKept(run, 141);
  });

  test('43: a second SIGINT ends at once, and leaves nothing', async () => {
    const run = await collectWith({
      faults: [{ match: /configmaps/, hang: 600_000 }],
      started: (child, server) =>
        whenAsked(server, /configmaps/, () => {
          child.kill('SIGINT');
          setTimeout(() => child.kill('SIGINT'), 150);
        }),
    });
    expect([130]).toContain(run.ended.code);
    expect(leftovers(run.out)).toEqual([]);
  });

  test('43: a second SIGINT while the archive is written leaves nothing either', async () => {
    const out = folderIn(temporaryFolder(), 'out');
    const gzip = stub('gzip', `sleep 2; exec ${which('gzip')} "$@"`);
    const run = await collectWith({
      out,
      env: { PATH: `${gzip}:${PATH}` },
      faults: [{ match: /configmaps/, hang: 600_000 }],
      started: (child, server) => {
        whenAsked(server, /configmaps/, () => child.kill('SIGINT'));
        when(
          () => readdirSync(out).some((file) => file.endsWith('.part')),
          () => child.kill('SIGINT'),
        );
      },
    });
    expect(run.ended.code).toBe(130);
    expect(readdirSync(out)).toEqual([]);
  });

  test('45: after kill -9 nothing runs on, only redacted text is left, and the next run names it', async () => {
    const secret = `Opensesame${Math.floor(Math.random() * 1e9)}`;
    const plain = bigLogs(10);
    const content: typeof plain = (ask) =>
      ask.path.endsWith('/log')
        ? { status: 200, body: `password=${secret}\n`, type: 'text/plain' }
        : plain(ask);
    const run = await collectWith({
      content,
      faults: [{ match: /c1.*limitBytes/, hang: 600_000 }],
      started: (child, server) =>
        whenAsked(server, /c1.*limitBytes/, () => setTimeout(() => child.kill('SIGKILL'), 300)),
    });
    const [left = ''] = leftovers(run.out);
    expect(left).toMatch(/^\.casefile-/);
    expect(
      execFileSync('sh', ['-c', 'ls -ld "$0" | cut -c1-10', join(run.out, left)], { encoding: 'utf8' }),
    ).toBe('drwx------\n');
    expect(
      execFileSync('sh', ['-c', 'grep -rl "$1" "$0" || echo none', run.out, secret], { encoding: 'utf8' }),
    ).toBe('none\n');
    await new Promise((done) => setTimeout(done, 4000));
    expect(processes(run.out)).toEqual([]);
    const next = await collectWith({ out: run.out });
    expect(next.ended.stderr).toContain(left);
  });

  test('46: two runs at once write two bundles', async () => {
    const out = folderIn(temporaryFolder(), 'out');
    const runs = await Promise.all([collectWith({ out }), collectWith({ out }), collectWith({ out })]);
    expect(runs.map((run) => run.ended.code)).toEqual([0, 0, 0]);
    expect(readdirSync(out).filter((file) => file.endsWith('.tar.gz'))).toHaveLength(3);
    expect(leftovers(out)).toEqual([]);
  });

  test('47: a warning of tar, which is status 1, does not lose the archive', async () => {
    const folder = stub('tar', `${which('tar')} "$@"; exit 1`);
    const run = await collectWith({ env: { PATH: `${folder}:${PATH}` } });
    expectKept(run, 0);
  });

  test('48, 49: locale, options and variables of the caller change nothing', async () => {
    const noise = {
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'ja_JP.eucJP',
      IFS: 'a',
      CDPATH: '/',
      GREP_OPTIONS: '--color=always',
      TAR_OPTIONS: '--bzip2',
      GZIP: '-1',
      POSIXLY_CORRECT: '1',
      KUBECTL_EXTERNAL_DIFF: 'x',
      ENV: '/nonexistent',
      TZ: 'Asia/Tokyo',
    };
    const [plain, noisy] = await Promise.all([collectWith(), collectWith({ env: noise })]);
    const paths = (bundle: UnpackedBundle) =>
      [...bundle.files.keys()].filter((path) => path !== 'ledger.tsv').sort();
    const noisyBundle = expectKept(noisy, 0);
    expect(paths(noisyBundle)).toEqual(paths(plain.bundle()));
    expect(noisyBundle.files.get('objects/pods.json')).toEqual(plain.bundle().files.get('objects/pods.json'));
  });

  test('50: in a pod no flag keeps kubectl from finding where it is; nobody may run it too', async (context) => {
    const folder = stub('kubectl', `echo "$*" >> "$CALLS"; exit 1`);
    const calls = join(temporaryFolder(), 'calls');
    await collectWith({
      env: { PATH: `${folder}:${PATH}`, CALLS: calls, KUBERNETES_SERVICE_HOST: '10.0.0.1' },
    });
    expect(readFileSync(calls, 'utf8')).not.toMatch(/--(request-timeout|server|kubeconfig|context|as|token)/);
    need(context, 'setpriv');
    if (process.getuid?.() !== 0) return;
    const out = folderIn(temporaryFolder(), 'out');
    // A checkout may lie where nobody else can go, so the script is copied to where everybody can.
    const script = join(out, '..', 'collect.sh');
    copyFileSync(COLLECT, script);
    for (const place of [out, join(out, '..'), script]) chmodSync(place, 0o777);
    const shell = [
      'setpriv',
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      'env',
      `HOME=${out}`,
      `TMPDIR=${out}`,
      'sh',
      '-c',
      'KUBECONFIG=$SHARED exec sh "$SCRIPT" "$@"',
    ];
    const shared = join(out, '..', 'kubeconfig');
    const run = await collectWith({
      out,
      shell,
      env: { SHARED: shared, SCRIPT: script },
      started: (_child, server) => {
        server.writeKubeconfig(shared);
        chmodSync(shared, 0o644);
      },
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
  });

  test('52: every tar reads the archive', async (context) => {
    need(context, 'bsdtar', 'busybox', 'python3');
    const bundle = expectKept(await collectWith(), 0);
    const listings = [
      execFileSync('tar', ['-tzf', bundle.archive], { encoding: 'utf8' }),
      execFileSync('bsdtar', ['-tzf', bundle.archive], { encoding: 'utf8' }),
      execFileSync('busybox', ['tar', '-tzf', bundle.archive], { encoding: 'utf8' }),
      execFileSync(
        'python3',
        [
          '-c',
          'import sys,tarfile\nfor m in tarfile.open(sys.argv[1]): print(m.name + ("/" if m.isdir() else ""))',
          bundle.archive,
        ],
        { encoding: 'utf8' },
      ),
    ];
    expect(new Set(listings).size).toBe(1);
  });
});

/** Calls back once the server has been asked for this. */
function whenAsked(server: { readonly requests: readonly string[] }, what: RegExp, then: () => void): void {
  when(() => server.requests.some((request) => what.test(request)), then);
}

function when(condition: () => boolean, then: () => void): void {
  const timer = setInterval(() => {
    if (!condition()) return;
    clearInterval(timer);
    then();
  }, 50);
  timer.unref();
}

/** Runs the collector where every place that it could write to is a small file system of its own. */
async function inRoom(options: string, content: typeof SHOP) {
  const folder = temporaryFolder();
  const keep = folderIn(folder, 'keep');
  mkdirSync(join(folder, 'tools'));
  symlinkSync(COLLECT, join(folder, 'tools', 'collect.sh'));
  // The script is copied first: a checkout below /tmp is out of sight once /tmp is another disk.
  const mounts = `cp "$0" "$HERE/collect.sh" && mount --bind "$HERE" /mnt && KUBECONFIG=/mnt/kubeconfig && mount -t tmpfs -o ${options} tmpfs /tmp && mount -t tmpfs -o size=64k tmpfs /dev/shm && cd /tmp`;
  const save =
    'code=$?; cp /tmp/casefile* /dev/shm/casefile* /mnt/keep/ 2>/dev/null; ls -A /tmp >/mnt/left; exit $code';
  const run = await collectWith({
    content,
    shell: ['unshare', '-rm', 'sh', '-c', `${mounts} && sh /mnt/collect.sh "$@"; ${save}`],
    env: { HERE: folder, TMPDIR: '/tmp', HOME: '/tmp' },
    started: (_child, server) => server.writeKubeconfig(join(folder, 'kubeconfig')),
  });
  const left = readFileSync(join(folder, 'left'), 'utf8').split('\n').filter(Boolean);
  return { run, out: keep, left };
}
