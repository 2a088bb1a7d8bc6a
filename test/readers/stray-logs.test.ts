import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Log } from '../../src/model/cluster.ts';
import { type StrayLog, settleLogs } from '../../src/readers/stray-logs.ts';
import { clusterOf } from '../support/cluster.ts';
import { documents } from '../support/objects.ts';

type Named = { readonly namespace: string; readonly name: string };

function strayOf(path: string): StrayLog {
  const owner = { of: 'container', namespace: '', pod: '', container: undefined, previous: false } as const;
  const ends = { head: () => [], tail: () => [], last: () => undefined };
  const log: Log = { file: path, owner, before: 0, lines: 1, bytes: 1, hits: [], ends };
  return { log, path };
}

/** The pods to which logs of these paths go. */
function ownersOf(pods: readonly Named[], paths: readonly string[]): string[] {
  const cluster = clusterOf({
    objects: documents(pods.map((metadata) => ({ kind: 'Pod', metadata, spec: { containers: [] } }))),
  });
  const { logs, unread } = settleLogs(cluster, paths.map(strayOf));
  const owned = logs.items.map(({ owner }) =>
    owner.of === 'container' ? `${owner.namespace}/${owner.pod}` : '',
  );
  return [...owned, ...(unread.get('logs of no known pod') ?? []).map(() => 'nobody')];
}

/** The same, as each name is looked for in the path. */
function plainOwner(pods: readonly Named[], path: string): string {
  const holds = (name: string) =>
    new RegExp(`(?<![^/_. -])${name.replaceAll('.', '\\.')}(?![^/_. -])`).test(path);
  let best = { owner: 'nobody', score: 0 };
  for (const { namespace, name } of pods) {
    const score = holds(name) ? name.length + (holds(namespace) ? namespace.length : 0) : 0;
    if (score > best.score) best = { owner: `${namespace}/${name}`, score };
  }
  return best.owner;
}

test('a log goes to the pod that its path names, the longest name first', () => {
  const pods = ['cart', 'cart-0', 'db-cart-0', 'web.1', 'a--b'].map((name) => ({ namespace: 'shop', name }));
  const owners = (path: string) => ownersOf(pods, [path]);
  expect(owners('logs/shop_cart-0_main.log')).toEqual(['shop/cart-0']);
  expect(owners('logs/db-cart-0.log')).toEqual(['shop/db-cart-0']);
  expect(owners('logs/cart/1.log')).toEqual(['shop/cart']);
  expect(owners('logs/cart-1.log')).toEqual(['shop/cart']);
  expect(owners('logs/web.1.txt')).toEqual(['shop/web.1']);
  expect(owners('logs/a--b.log')).toEqual(['shop/a--b']);
  expect(owners('logs/carts.log')).toEqual(['nobody']);
});

test('the pod is the same as when each name is looked for in the path', () => {
  const word = fc.constantFrom('a', 'b', 'cart', '0', '1', 'x7k2p');
  const name = fc
    .array(fc.tuple(word, fc.constantFrom('-', '.', '--')), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([one, mark], i) => (i === 0 ? one : `${mark}${one}`)).join(''));
  const pods = fc.uniqueArray(fc.record({ namespace: fc.constantFrom('a', 'shop', 'b-1'), name }), {
    selector: ({ namespace, name }) => `${namespace}/${name}`,
    maxLength: 8,
  });
  const path = fc
    .array(fc.tuple(fc.oneof(name, word), fc.constantFrom('/', '_', ' ', '-', '.')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => `logs/${parts.flat().join('')}log`);
  fc.assert(
    fc.property(pods, path, (known, one) => {
      expect(ownersOf(known, [one])).toEqual([plainOwner(known, one)]);
    }),
    { numRuns: 2000 },
  );
});
