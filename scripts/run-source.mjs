// Runs TypeScript of the project for another script: Node 20 takes none, so it is bundled first.
import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';

/** What a piece of TypeScript, written as in the project's root, prints. */
export async function printedBy(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    logLevel: 'warning',
  });
  return execFileSync(process.execPath, ['-'], {
    input: outputFiles[0].text,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
}
