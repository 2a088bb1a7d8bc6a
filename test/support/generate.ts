import { execFileSync } from 'node:child_process';

/** Before all tests: the generated modules are made from the files as they are now. */
export default function generate(): void {
  execFileSync(process.execPath, ['scripts/generate.mjs'], { stdio: 'inherit' });
}
