import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The whole program, as a customer gets it. */
export const PROGRAM = path.resolve('dist/casefile.cjs');

/** How one run of the program ended. */
type Run = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the bundled program as a user would. */
export function casefile(
  args: readonly string[],
  options: { input?: Buffer; env?: Record<string, string> } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...options.env },
    ...(options.input ? { input: options.input } : {}),
  });
  return { status, stdout, stderr };
}
