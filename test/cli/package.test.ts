import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/shells.ts';

it('the package installs without network, runs, and brings the collectors and all licences', () => {
  const folder = temporaryFolder();
  execFileSync('node', ['scripts/package.mjs', folder]);
  const [file = ''] = readdirSync(folder);
  expect(file).toMatch(/^casefile-\d+\.\d+\.\d+\.tgz$/);
  const prefix = path.join(folder, 'installed');
  const args = [
    'install',
    '--global',
    '--offline',
    '--no-audit',
    '--prefix',
    prefix,
    path.join(folder, file),
  ];
  execFileSync('npm', args, { stdio: 'pipe' });
  const version = execFileSync(path.join(prefix, 'bin/casefile'), ['--version'], { encoding: 'utf8' });
  expect(file).toBe(`casefile-${version.trim()}.tgz`);
  const installed = path.join(prefix, 'lib/node_modules/casefile');
  expect(readdirSync(path.join(installed, 'collectors'))).toEqual(
    expect.arrayContaining(['collect.sh', 'node.sh', 'rbac.yaml']),
  );
  const licences = readFileSync(path.join(installed, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
  for (const name of ['commander', 'handlebars', 'tar-stream', 're2js'])
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
}, 60_000);
