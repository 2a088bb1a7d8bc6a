// Writes docs/manual: a Markdown page for each class of failure and an index by stage, made from the files in analyzers/.
// What is there and no longer belongs to a class is removed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { build } from 'esbuild';

const folder = join('docs', 'manual');
const { outputFiles } = await build({
  stdin: {
    contents: `import { builtinCatalogue } from './src/catalogue/catalogue.ts';
      import { manualPages } from './src/report/manual-pages.ts';
      process.stdout.write(JSON.stringify([...manualPages(builtinCatalogue().classes)]));`,
    resolveDir: '.',
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  write: false,
  logLevel: 'warning',
});
const written = execFileSync(process.execPath, ['-'], {
  input: outputFiles[0].text,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
const pages = new Map(JSON.parse(written));

mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.md') && !pages.has(file.replaceAll(sep, '/'))) rmSync(join(folder, file));
for (const [file, text] of pages) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
console.log(`${folder}: ${pages.size} pages`);
