import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error a script without types
import { embed } from '../../collectors/embed.mjs';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { recordedContent } from '../support/api-server-recording.ts';
import {
  AWKS,
  alias,
  COLLECT,
  folderIn,
  leftovers,
  need,
  openBundle,
  runScript,
  SHELLS,
  TARS,
  temporaryFolder,
  type UnpackedBundle,
  unpackRecording,
} from '../support/shells.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer(recordedContent(unpackRecording('small')));
});
afterAll(() => server.close());

async function collect(
  shell: readonly string[],
  programs: Record<string, string> = {},
): Promise<UnpackedBundle> {
  const folder = temporaryFolder();
  const out = folderIn(folder, 'out');
  server.writeKubeconfig(`${folder}/kubeconfig`);
  const env = { KUBECONFIG: `${folder}/kubeconfig`, PATH: `${alias(programs)}:${process.env.PATH}` };
  const ended = await runScript(COLLECT, [], { shell, cwd: out, env });
  expect(ended).toMatchObject({ code: 0 });
  expect(leftovers(out)).toEqual([]);
  return openBundle(out);
}

/** Everything that does not depend on the time of the run or on its random key. */
function content(bundle: UnpackedBundle): Record<string, string> {
  const files = [...bundle.files].filter(([path]) => !/^(ledger\.tsv|about\.txt|COMPLETE)$/.test(path));
  const rows = bundle.ledger.map((row) => [row.id, row.path, row.argv, row.exit, row.class].join(' '));
  return {
    ledger: rows.join('\n'),
    ...Object.fromEntries(files.sort().map(([path, body]) => [path, withoutTime(body.toString('latin1'))])),
  };
}

/** The same text without checks of redacted values and without the ages that describe prints. */
function withoutTime(text: string): string {
  return text
    .replace(/(\[REDACTED-[a-z-]+)-[0-9a-f]+\]/g, '$1]')
    .replace(/\b(\d+[smhd])+\b/g, 'AGE')
    .replace(/ +/g, ' ');
}

let reference: Promise<Record<string, string>> | undefined;
function referenceContent(): Promise<Record<string, string>> {
  reference ??= collect(['sh']).then(content);
  return reference;
}

// Seven runs that take every awk and every tar in turn, so that each of them meets more than one shell.
const COMBINATIONS = SHELLS.map(([name, ...shell], at) => ({
  name,
  shell,
  awk: AWKS[at % AWKS.length] ?? 'awk',
  tar: TARS[at % TARS.length] ?? 'tar',
}));

test.for(COMBINATIONS)(
  '$name with the awk of $awk and the tar of $tar writes the same bundle',
  { timeout: 120_000 },
  async (run, context) => {
    need(context, 'kubectl', run.awk, run.tar, run.shell[0]);
    expect(content(await collect(run.shell, { awk: run.awk, tar: run.tar }))).toEqual(
      await referenceContent(),
    );
  },
);

test('the script carries its parts as they are', () => {
  const script = readFileSync(COLLECT, 'utf8');
  expect(embed(script)).toBe(script);
});

test('shellcheck has nothing to say', (context) => {
  need(context, 'shellcheck');
  execFileSync('shellcheck', ['-s', 'sh', COLLECT], { encoding: 'utf8' });
});

/** What a request is for, without names: `GET pods/log`. */
function askedFor(request: string): string {
  const [method, path = ''] = request.replace(/[?].*/, '').split(' ');
  const [, inside] = /^\/(?:api|apis\/[^/]+)\/[^/]+\/(?:namespaces\/[^/]+\/(?=.))?(.+)$/.exec(path) ?? [];
  const [resource = '', name, sub] = inside?.split('/') ?? [];
  return inside ? `${method} ${resource}${sub ? `/${sub}` : name ? ' by name' : ''}` : `${method} ${path}`;
}

test('a full run asks only with GET, and never for Secrets', async (context) => {
  need(context, 'kubectl');
  server.requests.length = 0;
  const bundle = await collect(['sh']);
  expect(server.requests.length).toBeGreaterThan(50);
  const counts = new Map<string, number>();
  for (const what of server.requests.map(askedFor)) counts.set(what, (counts.get(what) ?? 0) + 1);
  const summary = [...counts].sort().map(([what, times]) => `${times} ${what}`);
  console.log(`${server.requests.length} requests: ${summary.join(', ')}`);
  expect(bundle.members.at(-1)).toMatch(/\/COMPLETE$/);
  expect(server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(
    server.requests.filter((request) => /\/(secrets|exec|proxy|portforward|attach)([/?]|$)/.test(request)),
  ).toEqual([]);
});
