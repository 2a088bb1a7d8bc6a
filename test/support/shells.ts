import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestContext } from 'vitest';

/** Every shell that the collectors promise to run in: a name and the command. */
export const SHELLS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['dash', 'dash'],
  ['busybox ash', 'busybox', 'ash'],
  ['bash --posix', 'bash', '--posix'],
  ['ksh93', 'ksh93'],
  ['mksh', 'mksh'],
  ['yash', 'yash'],
  ['zsh --emulate sh', 'zsh', '--emulate', 'sh'],
];

/** Programs that go by the name of awk and of tar. */
export const AWKS = ['mawk', 'gawk', 'busybox', 'original-awk'] as const;
export const TARS = ['tar', 'bsdtar', 'busybox'] as const;

/** The collector for a cluster, and the one for a node. */
export const COLLECT = new URL('../../collectors/collect.sh', import.meta.url).pathname;
export const NODE = new URL('../../collectors/node.sh', import.meta.url).pathname;

/** The full path of a program, or undefined. */
export function which(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find(existsSync);
}

/** Skips the test, saying why, when a program is missing; fails it in CI, where nothing may be missing. */
export function need(context: TestContext, ...programs: readonly string[]): void {
  const missing = [...new Set(programs)].filter((program) => !which(program));
  if (missing.length === 0) return;
  if (process.env.CI === 'true') throw new Error(`not installed here: ${missing.join(', ')}`);
  context.skip(`not installed here: ${missing.join(', ')}`);
}

/** A binary of another version; where it was not fetched, skips the test, saying so, and fails it in CI. */
export function fetched(context: TestContext, program: 'kubectl' | 'node', version: string): string {
  const folder = new URL(`../../node_modules/.cache/${program}/${version}`, import.meta.url).pathname;
  const file = join(folder, program);
  if (existsSync(file)) return file;
  const missing = `${program} ${version} is missing: node test/support/fetch-binaries.mjs fetches it`;
  if (process.env.CI === 'true') throw new Error(missing);
  context.skip(missing);
}

/** A temporary folder that goes when the tests have ended. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'test-'));
}

/** Unpacks one of the recordings under test/fixtures/recordings. */
export function unpackRecording(name: string): string {
  const folder = temporaryFolder();
  const archive = new URL(`../fixtures/recordings/${name}.tar.gz`, import.meta.url).pathname;
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  return join(folder, name);
}

/** Puts a program of shell lines into a folder for the front of PATH. */
export function writeProgram(folder: string, name: string, lines: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
}

/** A folder for the front of PATH in which each name stands for the given program. */
export function alias(programs: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, program] of Object.entries(programs)) {
    symlinkSync(which(program) ?? program, join(folder, name));
  }
  return folder;
}

/** How a run of a script ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

interface RunOptions {
  readonly shell?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
  /** Called once the process runs, for signals. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs a script in a real shell. */
export function runScript(script: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [program = 'sh', ...rest] = options.shell ?? ['sh'];
  const begin = Date.now();
  const child = spawn(program, [...rest, script, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  options.started?.(child);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) =>
      done({
        code,
        signal,
        stdout: Buffer.concat(out).toString('latin1'),
        stderr: Buffer.concat(err).toString('latin1'),
        ms: Date.now() - begin,
      }),
    );
  });
}

/** One row of ledger.tsv. */
export interface LedgerRow {
  readonly id: string;
  readonly path: string;
  readonly argv: string;
  readonly start: string;
  readonly ms: string;
  readonly exit: string;
  readonly bytes: string;
  readonly sha256: string;
  readonly cut: string;
  readonly redactions: string;
  readonly class: string;
  readonly intended: string;
}

/** A bundle, unpacked: its files by their path below the top folder, and its ledger. */
export interface UnpackedBundle {
  readonly archive: string;
  /** Member names as `tar -t` prints them. */
  readonly members: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
  readonly ledger: readonly LedgerRow[];
  readonly row: (argv: RegExp) => LedgerRow | undefined;
}

/** Opens the one archive in a folder; throws when there is none, more than one, or one that tar does not read. */
export function openBundle(folder: string): UnpackedBundle {
  const archives = readdirSync(folder).filter((file) => /\.tar(\.gz)?$/.test(file));
  if (archives.length !== 1)
    throw new Error(`${archives.length} archives in ${folder}: ${readdirSync(folder)}`);
  const archive = join(folder, archives[0] ?? '');
  const members = execFileSync('tar', ['-tf', archive], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n');
  const place = temporaryFolder();
  execFileSync('tar', ['-xf', archive, '-C', place]);
  const [top = ''] = readdirSync(place);
  const files = readTree(join(place, top));
  const ledger = parseLedger(files.get('ledger.tsv')?.toString() ?? '');
  return {
    archive,
    members,
    files,
    ledger,
    row: (argv) => ledger.find((row) => argv.test(row.argv)),
  };
}

function readTree(top: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(top, { recursive: true, encoding: 'utf8' })) {
    const file = join(top, name);
    if (statSync(file).isFile()) files.set(relative(top, file), readFileSync(file));
  }
  return files;
}

function parseLedger(text: string): LedgerRow[] {
  const [head = '', ...rows] = text.trimEnd().split('\n');
  const names = head.split('\t');
  return rows.map((row) => {
    const fields = row.split('\t');
    // A border: a missing column shows as undefined in whatever a test expects of it.
    return Object.fromEntries(
      names.map((name, column) => [name, fields[column] ?? '']),
    ) as unknown as LedgerRow;
  });
}

/** What is left over in a folder besides the bundle and its checksum. */
export function leftovers(folder: string): string[] {
  return readdirSync(folder).filter((file) => !/^casefile-.*\.(tar|tar\.gz|age|gpg)(\.sha256)?$/.test(file));
}

/** Makes the folder and returns it. */
export function folderIn(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
