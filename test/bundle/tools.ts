import { execFileSync } from 'node:child_process';
import { test } from 'vitest';
import { need } from '../support/shells.ts';

/** A test that needs programs. */
export function testWith(programs: readonly string[], name: string, run: () => Promise<void>): void {
  test(name, (context) => {
    need(context, ...programs);
    return run();
  });
}

/** Runs a shell line in a folder. */
export function sh(folder: string, line: string): void {
  execFileSync('sh', ['-c', line], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}
