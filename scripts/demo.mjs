// Analyses the largest sample, prints what was found and says where the HTML report lies.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const samples = readdirSync('samples').filter((name) => name.endsWith('.tar.gz'));
const [largest] = samples.sort(
  (a, b) => statSync(join('samples', b)).size - statSync(join('samples', a)).size,
);
const bundle = join('samples', largest);
mkdirSync('demo', { recursive: true });
const html = resolve('demo', 'report.html');
const analyze = (...options) =>
  execFileSync(process.execPath, ['dist/casefile.cjs', 'analyze', bundle, ...options], { stdio: 'inherit' });

analyze('-f', 'text');
analyze('-f', 'html', '-o', html, '--force');
console.log(`\nAnalysed ${bundle}. The report: ${html}`);
