import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { LimitReached } from './limit-reached.ts';

/** The largest preset, `xz -9`, needs 65 MiB to read. */
const MEMORY = '256MiB';
const MOST_WORDS = 1000;

/** Where the program xz is: in an absolute folder of PATH, so never in the folder of the bundle by accident. */
export function findXz(folders = process.env.PATH ?? ''): string | undefined {
  const program = process.platform === 'win32' ? 'xz.exe' : 'xz';
  return folders
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, program))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Content that xz gives, how many packed bytes it was given, and, once the content has ended, what went wrong. */
export type Unxz = {
  readonly stream: Readable;
  taken(): number;
  failure(): Promise<Error | undefined>;
};

/**
 * Decompresses with the program xz, the only process that is ever started: without a shell, with these arguments and no
 * environment, its memory bounded. It sees the bundle on its standard input only, and dies with the reading.
 */
export function unxz(program: string, packed: Readable): Unxz {
  const options = ['--decompress', '--stdout', '--threads=1', `--memlimit=${MEMORY}`];
  const child = spawn(program, options, { env: {}, shell: false, stdio: ['pipe', 'pipe', 'pipe'] });
  let taken = 0;
  let words = '';
  let broken: Error | undefined;
  packed.on('data', (bytes: Buffer) => {
    taken += bytes.length;
  });
  packed.once('error', (error) => {
    broken = error;
    child.kill('SIGKILL');
  });
  // It may end before it has read all: its status tells why.
  child.stdin.on('error', () => {});
  packed.pipe(child.stdin);
  child.stderr.on('data', (bytes: Buffer) => {
    if (words.length < MOST_WORDS) words += bytes.toString();
  });
  child.stdout.once('close', () => {
    // Behind its last byte it still has to end, and to say how.
    if (!child.stdout.readableEnded) child.kill('SIGKILL');
    packed.destroy();
  });
  const ended = new Promise<Error | undefined>((resolve) => {
    child.once('error', resolve);
    child.once('close', (status) => resolve(broken ?? (status === 0 ? undefined : failureOf(words))));
  });
  return { stream: child.stdout, taken: () => taken, failure: () => ended };
}

/** `xz: (stdin): Unexpected end of input` */
function failureOf(words: string): Error {
  if (/Memory usage limit reached/.test(words))
    return new LimitReached(`xz would need more than ${MEMORY} of memory for it`);
  const [line = ''] = words.split('\n');
  return new Error(line.replace(/^.*?: (?:\(stdin\): )?/, '') || 'xz was ended');
}
