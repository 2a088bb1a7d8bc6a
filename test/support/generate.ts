import { execFileSync } from 'node:child_process';

/** Before all tests: generated modules and the bundled program are made from the files as they are now. */
export default function generate(): void {
  for (const script of ['scripts/generate.mjs', 'scripts/bundle.mjs'])
    execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
