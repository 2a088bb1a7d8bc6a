import { expect, test } from 'vitest';
import type { JsonList } from '../../src/readers/json-items.ts';
import { yamlItems } from '../../src/readers/yaml-items.ts';

type Seen = { path: string; value: unknown; kind: string | undefined };

/** What is taken of a text that comes in pieces of `size` bytes. */
function read(
  text: string,
  { size = text.length || 1, wanted = /./, limits = { object: 10_000, depth: 50, aliases: 20 } } = {},
) {
  const items: (Seen & { list: JsonList | undefined })[] = [];
  const lists: { kind: string | undefined; items: number }[] = [];
  const problems: string[] = [];
  const sink = yamlItems(
    {
      item: (value, path, list) => void items.push({ path, value, kind: undefined, list }),
      list: ({ kind }, count) => void lists.push({ kind, items: count }),
      problem: (path, message) => void problems.push(`${path}: ${message}`),
      wants: ({ kind }) => wanted.test(kind ?? ''),
    },
    limits,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) sink.chunk(bytes.subarray(at, at + size));
  sink.end(true);
  return {
    items: items.map(({ path, value, list }) => ({ path, value, kind: list?.kind })),
    lists,
    problems,
  };
}

const PODS = `---
apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    managedFields:
    - fieldsV1:
        f:spec: {}
      manager: kubelet
      time: "2026-11-22T12:00:00Z"
    name: cart-0
- apiVersion: v1
  kind: Pod
  metadata:
    name: 漢字
kind: List
metadata:
  resourceVersion: ""
`;

test('a list is split at its items, wherever the bytes are split', () => {
  for (const size of [1, 7, 10_000]) {
    const { items, lists, problems } = read(PODS, { size });
    expect(items.map(({ path }) => path)).toEqual(['items[0]', 'items[1]']);
    expect(items[1]?.value).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: '漢字' } });
    expect(lists).toEqual([{ kind: 'List', items: 2 }]);
    expect(problems).toEqual([]);
  }
});

test('what managedFields own is left out, who wrote and when stays', () => {
  expect(read(PODS).items[0]?.value).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'cart-0',
      managedFields: [{ fieldsV1: null, manager: 'kubelet', time: '2026-11-22T12:00:00Z' }],
    },
  });
});

test('indented items, bare arrays, empty lists and several documents are read', () => {
  expect(
    read('kind: PodList\nitems:\n  - metadata:\n      name: a\n  - metadata:\n      name: b\n').items,
  ).toEqual([
    { path: 'items[0]', value: { metadata: { name: 'a' } }, kind: 'PodList' },
    { path: 'items[1]', value: { metadata: { name: 'b' } }, kind: 'PodList' },
  ]);
  expect(read('- kind: Pod\n- kind: Node\n').items.map(({ path }) => path)).toEqual(['[0]', '[1]']);
  expect(read('apiVersion: v1\nitems: []\nkind: PodList\n').lists).toEqual([{ kind: 'PodList', items: 0 }]);
  const { items } = read('kind: Pod\nspec: {a: 1}\n---\n# nothing\n---\nkind: Node\n');
  expect(items).toEqual([
    { path: '', value: { kind: 'Pod', spec: { a: 1 } }, kind: undefined },
    { path: 'documents[1]', value: { kind: 'Node' }, kind: undefined },
  ]);
});

test('a sequence at the left margin of an object is no list', () => {
  expect(
    read('kind: Role\nrules:\n- verbs:\n  - get\nmetadata: {}\n').items.map(({ path, value }) => [
      path,
      value,
    ]),
  ).toEqual([['', { kind: 'Role', rules: [{ verbs: ['get'] }], metadata: {} }]]);
});

test('times, words and leading zeros stay what the API meant', () => {
  expect(read('kind: Pod\na: 2018-12-02T09:19:36Z\nb: yes\nc: "1"\nd: 1.5\n').items[0]?.value).toEqual({
    kind: 'Pod',
    a: '2018-12-02T09:19:36Z',
    b: 'yes',
    c: '1',
    d: 1.5,
  });
});

test('what is not wanted is counted and never parsed', () => {
  const { items, problems } = read('items:\n- kind: Widget\n  x: [unclosed\n- kind: Pod\n  y: 1\n', {
    wanted: /Pod/,
  });
  expect(items.map(({ value }) => value)).toEqual([
    { kind: 'Widget', apiVersion: undefined },
    { kind: 'Pod', y: 1 },
  ]);
  expect(problems).toEqual([]);
});

test('a broken item is a problem with its line, and the others are read', () => {
  const { items, problems } = read('items:\n- kind: Pod\n  x: [1\n- kind: Node\n');
  expect(items.map(({ path }) => path)).toEqual(['items[1]']);
  expect(problems).toEqual([
    expect.stringMatching(/^items\[0\]: is not YAML that is read here: .*, from line 2$/),
  ]);
});

test('alias bombs, deep nesting and giants are refused at once', () => {
  let bomb = 'kind: Pod\na: &a [x,x,x,x,x,x,x,x,x]\n';
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'])
    bomb += `${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]\n`;
  const deep = `kind: Pod\na: ${'['.repeat(5000)}${']'.repeat(5000)}\n`;
  const giant = `kind: Pod\nx: ${'y'.repeat(5000)}\n`;
  const started = performance.now();
  const limits = { object: 20_000, depth: 50, aliases: 20 };
  expect(read(bomb, { limits }).problems).toHaveLength(1);
  expect(read(deep, { limits }).problems).toHaveLength(1);
  expect(read(giant, { limits: { object: 1000, depth: 50, aliases: 20 } }).problems).toHaveLength(1);
  for (let run = 0; run < 1000; run++) read(deep, { limits });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('keys of the language and tags change nothing', () => {
  const { items } = read('kind: Pod\n__proto__: {polluted: true}\nconstructor: 1\n<<: {merged: 1}\n');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(items).toHaveLength(1);
  expect(read('kind: Pod\na: !!js/function "function(){}"\n').problems).toHaveLength(1);
});
