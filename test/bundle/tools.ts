import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** Whether a program is on this machine; where it must be (CI=true), a missing one is an error. */
function installed(program: string): boolean {
  const found = spawnSync('which', [program]).status === 0;
  if (!found && process.env.CI === 'true') throw new Error(`${program} is missing: the tests in CI need it`);
  return found;
}

/** A test that needs programs; skipped, and said to be, where one is missing. */
export function testWith(programs: readonly string[], name: string, run: () => Promise<void>): void {
  const missing = programs.filter((program) => !installed(program));
  if (missing.length > 0) test.skip(`${name} (needs ${missing.join(', ')})`, run);
  else test(name, run);
}

/** Runs a shell line in a folder. */
export function sh(folder: string, line: string): void {
  execFileSync('sh', ['-c', line], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}
