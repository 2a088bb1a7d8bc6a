import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { recordedContent } from '../support/api-server-recording.ts';
import {
  COLLECT,
  folderIn,
  leftovers,
  need,
  runScript,
  temporaryFolder,
  unpackRecording,
  writeProgram,
} from '../support/shells.ts';
import { collectWith } from './harness.ts';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of the ClusterRole in collectors/rbac.yaml. */
function clusterRole(): Rule[] {
  const text = readFileSync(new URL('../../collectors/rbac.yaml', import.meta.url), 'utf8');
  const documents = parseAllDocuments(text).map(
    (document) => document.toJS() as { kind: string; rules?: Rule[] },
  );
  return documents.find((document) => document.kind === 'ClusterRole')?.rules ?? [];
}

/** Whether these rules allow a GET of the path. */
function allows(rules: readonly Rule[], path: string): boolean {
  const parts =
    path
      .split('?')[0]
      ?.replace(/^\/|\/$/g, '')
      .split('/') ?? [];
  const base = parts[0] === 'api' ? 2 : 3;
  if (parts.length <= base) {
    const urls = rules.flatMap((rule) => rule.nonResourceURLs ?? []);
    return urls.some((url) =>
      url.endsWith('*') ? `/${parts.join('/')}`.startsWith(url.slice(0, -1)) : url === `/${parts.join('/')}`,
    );
  }
  const group = parts[0] === 'api' ? '' : (parts[1] ?? '');
  const rest = parts.slice(base);
  const inside = rest[0] === 'namespaces' && rest.length > 2 ? rest.slice(2) : rest;
  const resource = inside.length > 2 ? `${inside[0]}/${inside[2]}` : (inside[0] ?? '');
  return rules.some((rule) => rule.apiGroups?.includes(group) && rule.resources?.includes(resource));
}

/** A cluster that refuses what the rules do not allow, as the real authorizer words it. */
const refusing = (rules: readonly Rule[]) => ({
  match: { test: (target: string) => !allows(rules, target) } as RegExp,
  status: 403,
  message: 'this is forbidden: User "casefile" cannot list it',
});

describe.concurrent('options and rights', { timeout: 120_000 }, () => {
  test('the rights of rbac.yaml are enough, and are read-only', async (context) => {
    need(context, 'kubectl');
    const rules = clusterRole();
    expect(rules.length).toBeGreaterThan(10);
    expect(new Set(rules.flatMap((rule) => rule.verbs))).toEqual(new Set(['get', 'list']));
    expect(
      rules
        .flatMap((rule) => rule.resources ?? [])
        .filter((name) => /secrets|\/(exec|attach|proxy|portforward)|\*/.test(name)),
    ).toEqual([]);
    const run = await collectWith({
      content: recordedContent(unpackRecording('small')),
      faults: [refusing(rules)],
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
  });

  test('without the rule for ConfigMaps the bundle is partial, and the rule is named', async (context) => {
    need(context, 'kubectl');
    const rules = clusterRole().filter((rule) => !rule.resources?.includes('configmaps'));
    const run = await collectWith({
      content: recordedContent(unpackRecording('small')),
      faults: [refusing(rules)],
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 2 });
    expect(run.ended.stderr).toContain('- {apiGroups: [""], resources: [configmaps], verbs: [get, list]}');
  });

  test('--dry-run prints the commands and the rights, and contacts nothing', async () => {
    const run = await collectWith({ args: ['--dry-run'] });
    expect(run.ended).toMatchObject({ code: 0 });
    expect(run.server.requests).toEqual([]);
    expect(run.ended.stdout).toContain('kubectl get --raw /api/v1/pods?limit=500&pretty=true');
    const named = [...run.ended.stdout.matchAll(/resources: \[([^\]]*)\]/g)].flatMap(
      (match) => match[1]?.split(', ') ?? [],
    );
    const allowed = clusterRole().flatMap((rule) => rule.resources ?? []);
    expect(named.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(readdirSync(run.out)).toEqual([]);
  });

  test('named kubectl-casefile it is a plugin of kubectl', (context) => {
    need(context, 'kubectl');
    const folder = temporaryFolder();
    cpSync(COLLECT, join(folder, 'kubectl-casefile'));
    chmodSync(join(folder, 'kubectl-casefile'), 0o755);
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const help = execFileSync('kubectl', ['casefile', '--help'], { env, encoding: 'utf8' });
    expect(help).toMatch(/^Usage: collect\.sh \[options\]/);
  });

  test('--namespace asks for that namespace only', async (context) => {
    need(context, 'kubectl');
    const run = await collectWith({ args: ['--namespace', 'shop'] });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    expect(
      run.server.requests.filter((request) => /namespaces\/warehouse|GET \/api\/v1\/pods\?/.test(request)),
    ).toEqual([]);
    expect(run.bundle().files.has('objects/shop/pods.json')).toBe(true);
  });

  test('--since and --log-lines reach the API', async (context) => {
    need(context, 'kubectl');
    const run = await collectWith({ args: ['--since=2h', '--log-lines', '7'] });
    const logs = run.server.requests.filter((request) => request.includes('/log?'));
    expect(logs.length).toBeGreaterThan(0);
    expect(
      logs.filter((request) => !(request.includes('sinceSeconds=7200') && request.includes('tailLines=7'))),
    ).toEqual([]);
  });

  test('--max-size ends the collecting, and the ledger has what was not taken', async (context) => {
    need(context, 'kubectl');
    const { syntheticContent } = await import('../support/api-server-synthetic.ts');
    const content = syntheticContent({ pods: 12, containers: 2, failingEvery: 12, logBytes: 700_000 });
    const run = await collectWith({ content, args: ['--max-size', '4'] });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 2 });
    const bundle = run.bundle();
    expect(bundle.ledger.filter((row) => row.class === 'cut' && row.exit === '-').length).toBeGreaterThan(3);
    expect([...bundle.files.values()].reduce((sum, body) => sum + body.length, 0)).toBeLessThan(8 << 20);
  });

  test('--encrypt-to leaves no plain text, and what gpg opens is the bundle', async (context) => {
    need(context, 'gpg');
    const home = folderIn(temporaryFolder(), 'gpg');
    execFileSync('chmod', ['700', home]);
    const gpg = (...args: string[]) =>
      execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 1 << 26,
      });
    gpg('--passphrase', '', '--quick-gen-key', 'support@shop.example', 'default', 'default', 'never');
    const run = await collectWith({
      args: ['--encrypt-to', 'support@shop.example'],
      env: { GNUPGHOME: home },
    });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    const [sealed = '', ...others] = readdirSync(run.out).filter((file) => !file.endsWith('.sha256'));
    expect(others).toEqual([]);
    expect(sealed).toMatch(/\.tar\.gz\.gpg$/);
    expect(gpg('--decrypt', join(run.out, sealed)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  test('--encrypt-to with an age key leaves no plain text, and what age opens is the bundle', async (context) => {
    need(context, 'age', 'age-keygen');
    const key = join(temporaryFolder(), 'key.txt');
    execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' });
    const recipient = execFileSync('age-keygen', ['-y', key], { encoding: 'utf8' }).trim();
    const run = await collectWith({ args: ['--encrypt-to', recipient] });
    expect(run.ended, run.ended.stderr).toMatchObject({ code: 0 });
    const [sealed = '', ...others] = readdirSync(run.out).filter((file) => !file.endsWith('.sha256'));
    expect(others).toEqual([]);
    expect(sealed).toMatch(/\.tar\.gz\.age$/);
    const opened = execFileSync('age', ['-d', '-i', key, join(run.out, sealed)], { maxBuffer: 1 << 26 });
    expect(opened.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  test('when encrypting fails at the end nothing is left behind', async () => {
    const folder = temporaryFolder();
    // It takes the probe at the start, and nothing that is longer.
    writeProgram(folder, 'age', '[ "$(head -c 100 | wc -c)" -lt 100 ] || exit 1');
    const run = await collectWith({
      args: ['--encrypt-to', 'age1shop'],
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    expect(run.ended).toMatchObject({ code: 4 });
    expect(run.ended.stderr).toContain('it could not be encrypted; no plain text is left behind');
    expect(readdirSync(run.out)).toEqual([]);
  });

  test('without the key of --encrypt-to nothing is collected', async (context) => {
    need(context, 'gpg');
    const run = await collectWith({
      args: ['--encrypt-to', 'nobody@shop.example'],
      env: { GNUPGHOME: folderIn(temporaryFolder(), 'empty') },
    });
    expect(run.ended).toMatchObject({ code: 4 });
    expect(run.server.requests).toEqual([]);
    expect(readdirSync(run.out)).toEqual([]);
  });

  test.each([
    ['--since', 'yesterday'],
    ['--jobs', '99'],
    ['--namespace', '../x'],
    ['--resource', 'secrets.example/v1'],
    ['--colour', 'red'],
    ['shop'],
  ])('%s %s is refused in one line', async (...args) => {
    const ended = await runScript(COLLECT, args, { cwd: temporaryFolder() });
    expect(ended.code).toBe(4);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('the checksum beside the bundle is right', async () => {
    const run = await collectWith();
    expect(execFileSync('sh', ['-c', 'sha256sum -c *.sha256'], { cwd: run.out, encoding: 'utf8' })).toMatch(
      /: OK\n$/,
    );
    expect(leftovers(run.out)).toEqual([]);
  });
});
