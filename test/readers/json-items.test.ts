import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ItemLimits, type JsonList, jsonItems } from '../../src/readers/json-items.ts';

type Read = {
  readonly items: readonly (readonly [path: string, value: unknown, list: JsonList | undefined])[];
  readonly lists: readonly (readonly [JsonList, number])[];
  readonly problems: readonly string[];
};

function read(
  text: string | Buffer,
  cuts: readonly number[] = [],
  limits?: ItemLimits,
  complete = true,
): Read {
  const items: [string, unknown, JsonList | undefined][] = [];
  const lists: [JsonList, number][] = [];
  const problems: string[] = [];
  const sink = jsonItems(
    {
      item: (value, path, list) => void items.push([path, value, list]),
      list: (list, count) => void lists.push([list, count]),
      problem: (path, message) => void problems.push(`${path}: ${message}`),
    },
    limits,
  );
  const bytes = Buffer.from(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let from = 0;
  for (const end of ends) {
    // A copy that is wiped afterwards: a sink must not hold on to a chunk.
    const chunk = Buffer.from(bytes.subarray(from, end));
    sink.chunk(chunk);
    chunk.fill(0);
    from = end;
  }
  sink.end(complete);
  return { items, lists, problems };
}

const cart = { metadata: { name: 'cart-0' }, note: 'a "]}" , \\ "items": [' };
const checkout = { metadata: { name: 'checkout-0' }, spec: { containers: [{ name: 'checkout' }] } };

test('a list gives its items with their paths and its kind, wherever the kind stands', () => {
  for (const list of [
    { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [cart, checkout] },
    { apiVersion: 'v1', items: [cart, checkout], kind: 'PodList', metadata: { items: [1] } },
  ]) {
    const { items, lists, problems } = read(JSON.stringify(list, null, 4));
    expect(items.map(([path, value]) => [path, value])).toEqual([
      ['items[0]', cart],
      ['items[1]', checkout],
    ]);
    expect(items.map(([, , head]) => head)).toEqual(Array(2).fill({ kind: 'PodList', apiVersion: 'v1' }));
    expect(lists).toEqual([[{ kind: 'PodList', apiVersion: 'v1' }, 2]]);
    expect(problems).toEqual([]);
  }
});

test('a kind that stands before the items is known with the first item', () => {
  const seen: (string | undefined)[] = [];
  const sink = jsonItems({ item: (_, __, list) => void seen.push(list?.kind), list() {}, problem() {} });
  sink.chunk(Buffer.from('{"kind":"PodList","items":[{}'));
  expect(seen).toEqual(['PodList']);
});

test('old tools print Items, and others a bare array', () => {
  expect(read(JSON.stringify({ Items: [cart] })).items[0]?.[0]).toBe('Items[0]');
  expect(read(JSON.stringify([cart, 7, 'x,]', null])).items.map(([path, value]) => [path, value])).toEqual([
    ['[0]', cart],
    ['[1]', 7],
    ['[2]', 'x,]'],
    ['[3]', null],
  ]);
});

test('a single object is one item, also with a byte order mark', () => {
  const { items, lists } = read(`\ufeff${JSON.stringify(checkout)}\n`);
  expect(items).toEqual([['', checkout, undefined]]);
  expect(lists).toEqual([]);
});

test('a list without items is told, also when its items are null', () => {
  for (const items of [[], null]) {
    const result = read(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items }));
    expect(result).toEqual({ items: [], lists: [[{ kind: 'PodList', apiVersion: 'v1' }, 0]], problems: [] });
  }
});

test('documents may follow one another', () => {
  const { items } = read(
    `${JSON.stringify({ items: [cart] })}\n${JSON.stringify({ items: [checkout] })}{}[8]`,
  );
  expect(items.map(([path]) => path)).toEqual([
    'items[0]',
    'documents[1].items[0]',
    'documents[2]',
    'documents[3][0]',
  ]);
});

test('a broken item is told by its path and the others are read', () => {
  const { items, problems } = read('{"items":[{"a":1},{"a":oops},{"a":3}],"kind":"List"}');
  expect(items.map(([path]) => path)).toEqual(['items[0]', 'items[2]']);
  expect(problems).toEqual(['items[1]: is not valid JSON and is not read']);
});

test('a problem never quotes the file', () => {
  const { problems } = read('{"items":[{"password": hunter2}]}');
  expect(problems.join()).not.toContain('hunter2');
});

test('a file that is cut tells where, and what came before is read', () => {
  const whole = JSON.stringify({ items: [cart, checkout] });
  const { items, problems } = read(whole.slice(0, -30), [], undefined, false);
  expect(items.map(([path]) => path)).toEqual(['items[0]']);
  expect(problems).toEqual(['items[1]: is cut here; what comes before is read']);
  expect(read('').problems).toEqual([': is empty']);
});

test('an item that is too large or too deep is refused and the others are read', () => {
  const limits = { object: 100, depth: 5, aliases: 0 };
  const deep = '['.repeat(6) + ']'.repeat(6);
  const { items, problems } = read(`[1,"${'x'.repeat(100)}",${deep},{"a":[]}]`, [3, 50], limits);
  expect(items.map(([path]) => path)).toEqual(['[0]', '[3]']);
  expect(problems).toEqual([
    '[1]: is larger than 100 bytes and is not read (--limit object=N allows more)',
    '[2]: is nested deeper than 5 and is not read (--limit depth=N allows more)',
  ]);
});

test('what is no JSON is said to be none', () => {
  expect(read('Error from server (Forbidden)').problems).toEqual([': is not JSON']);
  const { items, problems } = read('{"a":1}\n==== START logs for container');
  expect(items).toHaveLength(1);
  expect(problems).toEqual([': what follows the JSON is not read']);
});

test('chunk boundaries never change the result, and items are those of JSON.parse', () => {
  const list = fc.record({
    kind: fc.string(),
    items: fc.array(
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('items', 'a"', '\\'), fc.jsonValue())),
    ),
    metadata: fc.jsonValue(),
  });
  fc.assert(
    fc.property(list, fc.constantFrom(0, 4), fc.array(fc.nat(), { maxLength: 12 }), (value, indent, cuts) => {
      const text = JSON.stringify(value, null, indent);
      const whole = read(text);
      expect(read(text, cuts)).toEqual(whole);
      expect(whole.problems).toEqual([]);
      expect(whole.items.map(([, item]) => item)).toEqual(JSON.parse(text).items);
      expect(whole.lists).toEqual([[{ kind: value.kind, apiVersion: undefined }, value.items.length]]);
    }),
    { numRuns: 500 },
  );
});

test('no bytes whatever make it throw, and the boundaries of chunks still do not matter', () => {
  const piece = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '"items"', ' ', '1', 'x', '\ufeff');
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(), { maxLength: 6 }), (pieces, cuts) => {
      const text = pieces.join('');
      expect(read(text, cuts)).toEqual(read(text));
    }),
    { numRuns: 1000 },
  );
});
