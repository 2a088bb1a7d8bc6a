// Makes casefile-VERSION.tgz of what is built, here or in the folder that is named: `npm install -g` takes it without network,
// as the program is one file that depends on nothing.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './licences.mjs';

const [target = '.'] = process.argv.slice(2);
const { name, version, description, license, bin, engines, files } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'casefile-package-'));
for (const file of files) cpSync(file, join(folder, file), { recursive: true });
writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify({ name, version, description, license, bin, engines }, null, 2)}\n`,
);
execFileSync('npm', ['pack', '--silent', '--pack-destination', target, folder], { stdio: 'inherit' });
