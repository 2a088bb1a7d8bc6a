import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
// @ts-expect-error a script without types
import { embed } from '../../collectors/embed.mjs';
import type { Report } from '../../src/model/report.ts';
import { casefile } from '../support/casefile.ts';
import {
  folderIn,
  leftovers,
  NODE,
  need,
  openBundle,
  runScript,
  SHELLS,
  temporaryFolder,
  writeProgram,
} from '../support/shells.ts';

const recorded = (name: string) => new URL(`../fixtures/node/${name}`, import.meta.url).pathname;

const PULL_ERROR =
  'time="2026-11-22T13:10:08Z" level=error msg="PullImage failed" error="failed to do request: Head \\"https://mirror.shop:5000/v2/cart\\": x509: certificate signed by unknown authority"';

/** The files of a node below a folder of their own, with a certificate, its key, and a password in registries.yaml. */
function nodeFiles(password: string): string {
  const root = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('var/lib/rancher/rke2/agent/containerd/containerd.log', `${PULL_ERROR}\n`);
  write(
    'etc/rancher/rke2/registries.yaml',
    `configs:\n  mirror.shop:5000:\n    auth:\n      username: puller\n      password: ${password}\n    tls:\n      ca_file: /etc/ca.crt\n`,
  );
  write(
    'etc/rancher/rke2/config.yaml',
    `server: https://10.0.0.1:9345\ntoken: K10${'ab'.repeat(32)}::server:${password}\n`,
  );
  const tls = folderIn(root, 'var/lib/rancher/rke2/server/tls');
  const subject = ['-subj', '/O=shop/CN=kube-apiserver'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'serving.key',
      '-out',
      'serving.crt',
      '-days',
      '3',
      ...subject,
    ],
    { cwd: tls, stdio: 'ignore' },
  );
  writeFileSync(
    join(tls, 'both.pem'),
    readFileSync(join(tls, 'serving.key'), 'utf8') + readFileSync(join(tls, 'serving.crt'), 'utf8'),
  );
  return root;
}

/** Programs of a node that answer as the real ones do. */
function nodePrograms(): string {
  const folder = temporaryFolder();
  const program = (name: string, answer: string) => writeProgram(folder, name, answer);
  program(
    'journalctl',
    `case "$*" in
      *--unit\\ rke2-server*) echo '2026-11-22T13:00:00+00:00 node-1 rke2[812]: level=fatal msg="starting kubernetes"' ;;
      *_TRANSPORT=kernel*) cat ${recorded('journal-kernel.log')} ;;
    esac`,
  );
  program('crictl', `echo "IMAGE TAG IMAGE ID SIZE"; echo "mirror.shop:5000/cart 1.0 0123456789abc 12MB"`);
  program('chronyc', `echo "System time     : 312.000000000 seconds slow of NTP time"`);
  return folder;
}

test.for(SHELLS)(
  '%s: a node becomes an archive with its logs, its dates and no secret',
  { timeout: 60_000 },
  async ([, ...shell], context) => {
    need(context, 'openssl', shell[0]);
    const password = `Opensesame${process.pid}x`;
    const out = folderIn(temporaryFolder(), 'out');
    const root = nodeFiles(password);
    const env = { PATH: `${nodePrograms()}:${process.env.PATH}` };
    const ended = await runScript(NODE, ['--root', root, '--node', 'node-1'], { shell, cwd: out, env });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(leftovers(out)).toEqual([]);
    const bundle = openBundle(out);
    const text = (path: string) => bundle.files.get(`nodes/node-1/${path}`)?.toString() ?? '';
    expect(text('containerd.log')).toBe(`${PULL_ERROR}\n`);
    expect(text('journal-rke2-server.log')).toContain('starting kubernetes');
    expect(text('journal-kernel.log')).toBe(readFileSync(recorded('journal-kernel.log'), 'utf8'));
    expect(text('registries.yaml')).toMatch(
      /username: puller\n {6}password: \[REDACTED-password-[0-9a-f]+\]\n {4}tls/,
    );
    expect(text('certificates.tsv')).toMatch(/serving\.crt\t.*kube-apiserver\t.*\t.* \d{4} GMT\t.* GMT\n/);
    expect(bundle.ledger.find((row) => row.argv === 'journalctl --unit kubelet')).toMatchObject({
      class: 'absent',
      path: '-',
    });
    const everything = [...bundle.files.values()].map((body) => body.toString('latin1')).join('\n');
    expect(everything).not.toContain(password);
    expect(everything).not.toContain('PRIVATE KEY');
    expect(bundle.members.at(-1)).toMatch(/\/COMPLETE$/);
  },
);

/** Logs of containers as a kubelet leaves them: path below /var/log/pods, text, and how many minutes ago. */
function podLogs(logs: readonly (readonly [path: string, text: string, minutes: number])[]): string {
  const root = temporaryFolder();
  for (const [path, text, minutes] of logs) {
    const file = join(root, 'var/log/pods', path);
    const time = new Date(Date.now() - minutes * 60_000);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, time, time);
  }
  for (const [path, , minutes] of logs.toReversed()) {
    const time = new Date(Date.now() - minutes * 60_000);
    utimesSync(dirname(join(root, 'var/log/pods', path)), time, time);
  }
  return root;
}

/** What an etcd without its peers says, as it stands on the disk of its node. */
function lonely(minutes: number): string {
  const time = new Date(Date.now() - minutes * 60_000).toISOString();
  const said = JSON.stringify({ level: 'warn', ts: time, msg: 'serving /health false; no leader' });
  return `${time.replace('Z', '000000Z')} stderr F ${said}\n`;
}

test.for(SHELLS)(
  '%s: logs of the control plane come from the disk, the newest and the one before it, and tell of its failure',
  { timeout: 60_000 },
  async ([, ...shell], context) => {
    need(context, shell[0]);
    const out = folderIn(temporaryFolder(), 'out');
    const root = podLogs([
      ['kube-system_etcd-node-1_b2/etcd/2.log', [3, 2, 1].map(lonely).join(''), 1],
      ['kube-system_etcd-node-1_b2/etcd/1.log', 'the one before it\n', 5],
      ['kube-system_etcd-node-1_b2/etcd/0.log', 'the first one\n', 9],
      ['kube-system_etcd-node-1_a1/etcd/7.log', 'of a pod that was changed\n', 60],
      ['openshift-etcd_etcd-node-1_c3/etcdctl/0.log', 'password=Opensesame17x\n', 1],
      ['shop_cart-0_d4/cart/0.log', 'of an application\n', 1],
    ]);
    const env = { PATH: `${nodePrograms()}:${process.env.PATH}` };
    const ended = await runScript(NODE, ['--root', root, '--node', 'node-1'], { shell, cwd: out, env });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const bundle = openBundle(out);
    const logs = [...bundle.files]
      .filter(([path]) => path.startsWith('nodes/node-1/pods/'))
      .map(([path, body]) => [path.slice('nodes/node-1/pods/'.length), body.toString()]);
    expect(Object.fromEntries(logs)).toEqual({
      'kube-system/etcd-node-1/etcd.log': expect.stringMatching(/^(?:\S+ stderr F .*no leader"}\n){3}$/),
      'kube-system/etcd-node-1/etcd.previous.log': 'the one before it\n',
      'openshift-etcd/etcd-node-1/etcdctl.log': expect.stringMatching(/^password=\[REDACTED-/),
    });
    const { stdout, stderr, status } = casefile(['analyze', bundle.archive, '-f', 'json']);
    expect(status, stderr).toBe(0);
    const { findings } = JSON.parse(stdout) as Report;
    const found = findings.find(({ classifier }) => classifier === 'control-plane/etcd-no-leader');
    expect(found).toMatchObject({
      subject: { kind: 'Pod', namespace: 'kube-system', name: 'etcd-node-1' },
      evidence: [{ file: 'nodes/node-1/pods/kube-system/etcd-node-1/etcd.log', line: 3 }, {}, {}],
    });
  },
);

test('a node without logs of pods says so', async () => {
  const out = folderIn(temporaryFolder(), 'out');
  const env = { PATH: `${nodePrograms()}:${process.env.PATH}` };
  await runScript(NODE, ['--root', temporaryFolder(), '--node', 'node-1'], { cwd: out, env });
  expect(openBundle(out).ledger.find(({ argv }) => argv === 'logs of pods')).toMatchObject({
    class: 'absent',
  });
});

test('--encrypt-to leaves no plain text of a node either', async (context) => {
  need(context, 'age', 'age-keygen');
  const folder = temporaryFolder();
  execFileSync('age-keygen', ['-o', join(folder, 'key.txt')], { stdio: 'ignore' });
  const recipient = execFileSync('age-keygen', ['-y', join(folder, 'key.txt')], { encoding: 'utf8' }).trim();
  const out = folderIn(folder, 'out');
  const args = ['--root', nodeFiles('Opensesame'), '--node', 'node-1', '--encrypt-to', recipient];
  const ended = await runScript(NODE, args, {
    cwd: out,
    env: { PATH: `${nodePrograms()}:${process.env.PATH}` },
  });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  const [sealed = '', ...others] = readdirSync(out).filter((file) => !file.endsWith('.sha256'));
  expect(others).toEqual([]);
  const opened = execFileSync('age', ['-d', '-i', join(folder, 'key.txt'), join(out, sealed)]);
  expect(opened.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});

test('on a running node the commands are asked, too', async () => {
  const out = folderIn(temporaryFolder(), 'out');
  const env = { PATH: `${nodePrograms()}:${process.env.PATH}` };
  const ended = await runScript(NODE, ['--node', 'node-1'], { cwd: out, env });
  expect([0, 2]).toContain(ended.code);
  const bundle = openBundle(out);
  expect(bundle.files.get('nodes/node-1/crictl-images.txt')?.toString()).toContain('mirror.shop:5000/cart');
  expect(bundle.files.get('nodes/node-1/chrony.txt')?.toString()).toContain('312.000000000 seconds slow');
  expect(bundle.files.get('nodes/node-1/df.txt')?.toString()).toContain('Capacity');
  expect(bundle.files.get('nodes/node-1/about.txt')?.toString()).toMatch(/^time=\d{4}-\d\d-\d\dT.*Z$/m);
  expect(bundle.files.get('nodes/node-1/sysctl.txt')?.toString()).toContain(
    'fs.inotify.max_user_instances = ',
  );
}, 60_000);

test('it carries the parts as they are, and shellcheck has nothing to say', (context) => {
  const script = readFileSync(NODE, 'utf8');
  expect(embed(script)).toBe(script);
  need(context, 'shellcheck');
  execFileSync('shellcheck', ['-s', 'sh', NODE]);
});
