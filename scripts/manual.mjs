// Writes docs/manual: a Markdown page for each class of failure and an index by stage, made from the files in analyzers/.
// What is there and no longer belongs to a class is removed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { printedBy } from './run-source.mjs';

const folder = join('docs', 'manual');
const printed = await printedBy(`
  import { builtinCatalogue } from './src/catalogue/catalogue.ts';
  import { manualPages } from './src/report/manual-pages.ts';
  process.stdout.write(JSON.stringify([...manualPages(builtinCatalogue().classes)]));`);
const pages = new Map(JSON.parse(printed));

mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.md') && !pages.has(file.replaceAll(sep, '/'))) rmSync(join(folder, file));
for (const [file, text] of pages) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
console.log(`${folder}: ${pages.size} pages`);
