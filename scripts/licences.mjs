// Writes dist/THIRD-PARTY-LICENSES: the licence of every package whose code is in dist/casefile.cjs, and stops at one that asks for more than credit.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const PERMISSIVE =
  /^\(?(?:MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|Python-2\.0|Unlicense|CC0-1\.0|BlueOak-1\.0\.0)\b/;

const { metafile } = await build({
  entryPoints: ['src/cli.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
  metafile: true,
  logLevel: 'silent',
});
const folders = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
);

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  if (!PERMISSIVE.test(license ?? ''))
    throw new Error(`${name} ${version}: licence ${license} is not on the list`);
  return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : 'The package has no licence text.'}\n`;
}

const texts = [...folders].sort().map(licenceOf);
if (texts.length === 0) throw new Error('no package found in the program');
if (existsSync('dist')) writeFileSync('dist/THIRD-PARTY-LICENSES', texts.join(`\n${'-'.repeat(80)}\n\n`));
console.log(
  `${texts.length} packages in the program: ${texts.map((text) => text.split('\n')[0]).join(', ')}`,
);
