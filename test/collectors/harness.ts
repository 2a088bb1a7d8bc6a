import { type ChildProcess, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import type { Fault } from '../support/api-server-faults.ts';
import { syntheticContent } from '../support/api-server-synthetic.ts';
import {
  COLLECT,
  type Ended,
  folderIn,
  need,
  openBundle,
  runScript,
  temporaryFolder,
  type UnpackedBundle,
} from '../support/shells.ts';

/** A shop with four pods, of which one is in a crash loop. */
export const SHOP = syntheticContent({ pods: 4, containers: 2, failingEvery: 4 });

/** A run of collect.sh against a cluster that may misbehave: how it ended, and the folder that it wrote into. */
export interface Run {
  readonly ended: Ended;
  readonly out: string;
  readonly server: ApiServer;
  /** Opens the bundle; throws when there is not exactly one that tar reads. */
  readonly bundle: () => UnpackedBundle;
}

interface Given {
  readonly faults?: readonly Fault[];
  readonly content?: Parameters<typeof startApiServer>[0];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly user?: object;
  readonly cluster?: object;
  /** Silence before each answer, in milliseconds. */
  readonly latency?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly shell?: readonly string[];
  readonly out?: string;
  readonly started?: (child: ChildProcess, server: ApiServer) => void;
}

/** Starts a cluster, runs the collector against it with a real kubectl, and stops the cluster. */
export async function collectWith(given: Given = {}): Promise<Run> {
  const folder = temporaryFolder();
  const out = given.out ?? folderIn(folder, 'out');
  const server = await startApiServer(given.content ?? SHOP, {
    faults: given.faults ?? [],
    latency: given.latency ?? 0,
    ...(given.tls ? { tls: given.tls } : {}),
  });
  const config = `${folder}/kubeconfig`;
  server.writeKubeconfig(config, { user: given.user, cluster: given.cluster });
  const ended = await runScript(COLLECT, given.args ?? [], {
    cwd: out,
    env: {
      KUBECONFIG: config,
      TMPDIR: folderIn(folder, 'tmp'),
      HOME: folderIn(folder, 'home'),
      ...given.env,
    },
    ...(given.shell ? { shell: given.shell } : {}),
    started: (child) => given.started?.(child, server),
  });
  await server.close();
  return { ended, out, server, bundle: () => openBundle(out) };
}

/** Skips the test where a process may not mount anything for itself; fails it in CI. */
export function needMounts(context: TestContext): void {
  need(context, 'unshare');
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' });
  } catch {
    if (process.env.CI === 'true') throw new Error('mounts of its own are not allowed here');
    context.skip('mounts of its own are not allowed here');
  }
}

/** The command lines of processes that have this word in them. */
export function processes(word: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => commandLine(entry))
    .filter((line) => line.includes(word));
}

function commandLine(entry: string): string {
  try {
    return readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it ended in between
  }
}

/** A certificate for 127.0.0.1 that signed itself, good from and until so many days from now; its key and its text. */
export function selfSigned(from = 0, until = 1): { readonly key: string; readonly cert: string } {
  const folder = temporaryFolder();
  const openssl = (command: string) =>
    execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' });
  writeFileSync(`${folder}/authority`, AUTHORITY);
  writeFileSync(`${folder}/index`, '');
  openssl('req -newkey rsa:2048 -nodes -keyout key -out request -subj /CN=shop');
  const dates = `-startdate ${inDays(from)} -enddate ${inDays(until)}`;
  openssl(`ca -config authority -batch -selfsign -notext -keyfile key -in request -out cert ${dates}`);
  return { key: readFileSync(`${folder}/key`, 'utf8'), cert: readFileSync(`${folder}/cert`, 'utf8') };
}

/** Of the ways in which openssl signs, only an authority chooses the first day, too. */
const AUTHORITY = `[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = IP:127.0.0.1
`;

/** A time as openssl writes it: 20261122130000Z. */
function inDays(days: number): string {
  const time = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${time.slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
