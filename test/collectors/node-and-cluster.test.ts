import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type Answer, type Content, json } from '../support/api-server.ts';
import { recordedContent } from '../support/api-server-recording.ts';
import { casefile } from '../support/casefile.ts';
import {
  folderIn,
  NODE,
  need,
  openBundle,
  runScript,
  temporaryFolder,
  unpackRecording,
  writeProgram,
} from '../support/shells.ts';
import { collectWith, needMounts, selfSigned } from './harness.ts';

beforeEach((context) => need(context, 'kubectl', 'openssl'));

const SERVER = 'rke2-server1';
const recorded = (name: string) => new URL(`../fixtures/node/${name}`, import.meta.url).pathname;
const NO_SPACE =
  'time="2026-11-22T13:12:41.207728910Z" level=error msg="PullImage \\"registry.airgap.local:5000/shop/catalogue:1.0.0\\" failed" error="failed to pull and unpack image \\"registry.airgap.local:5000/shop/catalogue:1.0.0\\": failed to extract layer sha256:5dacd731af1b0386ead06c8b1feff9f65d9e0bdfec032d2cd0bc03690698feda: write /var/lib/rancher/rke2/agent/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/105/fs/usr/lib/libc-2.24.so: no space left on device"\n';

const SPACE = `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/vda3         52403200 18874368  33528832      37% /
/dev/vdb          52403200 52403200         0     100% /var/lib/rancher
`;
const INODES = `Filesystem       Inodes  IUsed    IFree IUse% Mounted on
/dev/vda3      26214400 310240 25904160    2% /
/dev/vdb       26214400 912310 25302090    4% /var/lib/rancher
`;

interface PodStatus {
  readonly containerStatuses?: readonly {
    readonly state: { readonly waiting?: { message?: string } };
    readonly lastState: { readonly terminated?: { reason?: string } };
  }[];
}

/**
 * What an older cluster tells an hour later: its events are gone, a back-off has no reason, and of a container whose child
 * was killed it is known only that it ended.
 */
function withoutReasons(content: Content): Content {
  return (question) => {
    const answer = content(question);
    if (/\/events$/.test(question.path)) return changed(answer, (value) => ({ ...value, items: [] }));
    return /\/pods(\/[^/]+)?$/.test(question.path) ? changed(answer, forgetReasons) : answer;
  };
}

function changed(answer: Answer, change: (value: Listed) => object): Answer {
  return answer.status === 200 ? json(200, change(JSON.parse(answer.body.toString())), true) : answer;
}

type Listed = { readonly items?: readonly { readonly status?: PodStatus }[]; readonly status?: PodStatus };

function forgetReasons(value: Listed): Listed {
  for (const { status } of [value, ...(value.items ?? [])])
    for (const { state, lastState } of status?.containerStatuses ?? []) {
      const { waiting } = state;
      if (waiting?.message) waiting.message = waiting.message.replace(/: ErrImagePull: .*/s, '');
      if (lastState.terminated?.reason === 'OOMKilled') lastState.terminated.reason = 'Error';
    }
  return value;
}

/** A folder for the front of PATH with programs that print what the real ones do on a node whose disk is full. */
function nodePrograms(): string {
  const folder = temporaryFolder();
  const program = (name: string, script: string) => writeProgram(folder, name, script);
  program('journalctl', `case "$*" in *_TRANSPORT=kernel*) cat ${recorded('journal-kernel.log')} ;; esac`);
  // The kernel of the machine that runs this test has its own to tell.
  program('dmesg', ':');
  // The script also asks for the room that it has itself, and gets a true answer.
  program('df', `case "$*" in -Pk | -Pi) cat ${folder}/df$1 ;; *) exec /bin/df "$@" ;; esac`);
  writeFileSync(join(folder, 'df-Pk'), SPACE);
  writeFileSync(join(folder, 'df-Pi'), INODES);
  return folder;
}

/** The files of a server of RKE2: a certificate that ends nine days after the recording, and the log of containerd. */
function nodeFiles(): string {
  const root = temporaryFolder();
  const tls = folderIn(root, 'rancher/rke2/server/tls');
  const { cert } = selfSigned(daysTo('2025-12-01T12:00:00Z'), daysTo('2026-12-01T12:00:00Z'));
  writeFileSync(join(tls, 'serving-kube-apiserver.crt'), cert);
  const log = join(root, 'rancher/rke2/agent/containerd/containerd.log');
  mkdirSync(dirname(log), { recursive: true });
  copyFileSync(recorded('containerd.log'), log);
  appendFileSync(log, NO_SPACE);
  return root;
}

const daysTo = (time: string) => (Date.parse(time) - Date.now()) / 86_400_000;

/** Runs node.sh where /var/lib is that of the node. */
async function nodeArchive(): Promise<string> {
  const out = folderIn(temporaryFolder(), 'out');
  const mounted = 'mount -t tmpfs tmpfs /var/lib && cp -R "$FILES/." /var/lib/ && exec sh "$0" "$@"';
  const env = { FILES: nodeFiles(), PATH: `${nodePrograms()}:${process.env.PATH}` };
  const ended = await runScript(NODE, ['--node', SERVER], {
    cwd: out,
    env,
    shell: ['unshare', '-rm', 'sh', '-c', mounted],
  });
  expect([0, 2], ended.stderr).toContain(ended.code);
  return openBundle(out).archive;
}

interface Reports {
  readonly alone: Report;
  readonly joined: Report;
}
let made: Promise<Reports> | undefined;

/** What the cluster's bundle says by itself, and together with the node's. */
function reports(): Promise<Reports> {
  made ??= collected();
  return made;
}

async function collected(): Promise<Reports> {
  const content = withoutReasons(recordedContent(unpackRecording('shop')));
  const [run, node] = await Promise.all([collectWith({ content }), nodeArchive()]);
  const cluster = run.bundle().archive;
  return { alone: analyzed(cluster), joined: analyzed(cluster, node) };
}

function analyzed(...bundles: readonly string[]): Report {
  const { stdout, stderr, status } = casefile(['analyze', ...bundles, '-f', 'json']);
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Each finding of a class: its subject, and the files of the node that prove it. */
function found({ findings }: Report, classifier: string): string[] {
  return findings
    .filter((one) => one.classifier === classifier)
    .map(({ subject, evidence }) => {
      const files = new Set(evidence.map(({ file }) => file.replace(`nodes/${SERVER}/`, '')));
      return [subject.kind, subject.namespace, subject.name, 'by', ...files].filter(Boolean).join(' ');
    })
    .sort();
}

test.for([
  [
    'the kernel has killed processes of two pods',
    'memory/kernel-oom-log',
    [
      'Deployment payments fraud-scorer by journal-kernel.log',
      'Deployment payments settlement by journal-kernel.log',
    ],
  ],
  ['the disk of the images is full', 'node/disk-full', [`Node ${SERVER} by df.txt`]],
  ['an image cannot be unpacked', 'image/disk-full', ['Deployment shop catalog by containerd.log']],
  ['a certificate ends soon', 'risk/certificate-near-expiry', [`Node ${SERVER} by certificates.tsv`]],
  [
    'a mirror speaks HTTP where HTTPS is asked',
    'image/registry-http-https-mismatch',
    ['Deployment shop ratings by containerd.log'],
  ],
  [
    'a registry has a certificate of an unknown authority',
    'image/registry-tls-unknown-ca',
    ['Deployment shop search by containerd.log'],
  ],
  ['a mirror has no address', 'image/registry-dns-failure', ['Deployment shop banner by containerd.log']],
] as const)(
  'the cluster does not know, and the archive of its node proves: %s',
  { timeout: 120_000 },
  async ([, classifier, expected], context) => {
    needMounts(context);
    const { alone, joined } = await reports();
    expect(found(alone, classifier)).toEqual([]);
    expect(found(joined, classifier)).toEqual(expected);
  },
);

test('what breaks a pod on the node is the cause, and the pod of the cluster its effect', {
  timeout: 120_000,
}, async (context) => {
  needMounts(context);
  const { findings, incidents } = (await reports()).joined;
  const classOf = (id: string) => findings.find((one) => one.id === id)?.classifier;
  const chains = incidents.map(({ cause, effects }) => [classOf(cause), effects.map(classOf)]);
  expect(chains).toContainEqual(['node/disk-full', ['image/disk-full']]);
});
