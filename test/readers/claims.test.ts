import { expect, test } from 'vitest';
import { clusterOfFiles } from '../support/cluster.ts';

const ABOUT = { 'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\n' };
const pods = (names: readonly string[], more = '') =>
  JSON.stringify({
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: more === '' ? {} : { continue: more },
    items: names.map((name) => ({ metadata: { name, namespace: 'shop' } })),
  });
const extentOf = (files: Readonly<Record<string, string>>) => {
  const { extent, namespaces, items } = clusterOfFiles({ ...ABOUT, ...files }).objects.pods;
  return { extent, items: items.length, namespaces: namespaces && [...namespaces] };
};

test('a list of several pages is whole with its last page', () => {
  expect(
    extentOf({ 'objects/pods.json': pods(['a'], 'more'), 'objects/pods.2.json': pods(['b']) }),
  ).toMatchObject({
    extent: 'all',
    items: 2,
  });
  expect(extentOf({ 'objects/pods.json': pods(['a'], 'more') })).toMatchObject({ extent: 'some', items: 1 });
  expect(
    extentOf({ 'objects/pods.json': pods(['a'], 'more'), 'objects/pods.2.json': pods(['b'], 'more') }),
  ).toMatchObject({ extent: 'some', items: 2 });
});

test('a list whose command failed, or that is cut, is not whole', () => {
  const ledger =
    'id\tpath\targv\texit\tclass\n1\tobjects/pods.json\tkubectl get --raw /api/v1/pods\t1\tforbidden\n';
  expect(extentOf({ 'ledger.tsv': ledger, 'objects/pods.json': pods([]) })).toMatchObject({
    extent: 'none',
    items: 0,
  });
  expect(extentOf({ 'objects/pods.json': pods(['a', 'b']).slice(0, -30) })).toMatchObject({ extent: 'some' });
});

test('a list of one namespace is whole there only', () => {
  expect(extentOf({ 'objects/shop/pods.json': pods(['a']) })).toEqual({
    extent: 'some',
    items: 1,
    namespaces: ['shop'],
  });
});

test('an answer that is a refusal is coverage, and no list', () => {
  const cluster = clusterOfFiles({
    ...ABOUT,
    'objects/pods.json': JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'Forbidden',
      message: 'pods is forbidden',
    }),
  });
  expect(cluster.objects.pods.extent).toBe('none');
  expect(cluster.coverage).toEqual([
    { what: 'objects/pods.json', status: 'forbidden', detail: 'pods is forbidden' },
  ]);
});

const describedCart = `Name:         cart-0
Namespace:    shop
Node:         server1/10.0.0.1
Status:       Running
Events:
  Type     Reason   Age   From     Message
  ----     ------   ----  ----     -------
  Warning  BackOff  5m    kubelet  Back-off   restarting
`;
const event = (uid: string, last: string, container = 'cart') => ({
  metadata: { name: `cart-0.${uid}`, namespace: 'shop', uid },
  involvedObject: {
    kind: 'Pod',
    namespace: 'shop',
    name: 'cart-0',
    fieldPath: `spec.containers{${container}}`,
  },
  reason: 'BackOff',
  message: 'Back-off restarting',
  type: 'Warning',
  lastTimestamp: last,
});

test('objects of one name are one by their uid, and a description adds nothing to an object', () => {
  const list = (...uids: string[]) =>
    JSON.stringify({
      kind: 'PodList',
      apiVersion: 'v1',
      items: uids.map((uid) => ({
        metadata: { name: 'cart-0', namespace: 'shop', uid },
        status: { phase: uid },
      })),
    });
  for (const files of [
    {
      'describe/shop/pods.txt': describedCart,
      'objects/pods.json': list('one', 'two'),
      'objects/shop/pods.json': list('two'),
    },
    { 'objects/pods.json': list('one', 'two', 'one'), 'describe/shop/pods.txt': describedCart },
  ]) {
    const pods = clusterOfFiles({ ...ABOUT, ...files }).objects.pods.items;
    expect(pods.map(({ status, origin }) => `${status.phase} ${origin.path}`)).toEqual([
      'one items[0]',
      'two items[1]',
    ]);
  }
});

test('both APIs show one event, a description shows it again, and two events of the same words are two', () => {
  const events = (items: readonly unknown[]) =>
    JSON.stringify({ kind: 'EventList', apiVersion: 'v1', items });
  const cluster = clusterOfFiles({
    ...ABOUT,
    'describe/shop/pods.txt': describedCart,
    'objects/events.json': events([event('a', '2026-11-22T11:00:00Z'), event('b', '2026-11-22T11:55:00Z')]),
    'objects/shop/events.json': events([event('a', '2026-11-22T11:00:00Z')]),
  });
  expect(cluster.events.items.map(({ last, origin }) => `${last} ${origin.path}`)).toEqual([
    `${Date.parse('2026-11-22T11:00:00Z')} items[0]`,
    `${Date.parse('2026-11-22T11:55:00Z')} items[1]`,
  ]);
});

test('a described event has its time counted back from the collection, and its line', () => {
  const { events } = clusterOfFiles({ ...ABOUT, 'describe/shop/pods.txt': describedCart });
  expect(events.items).toMatchObject([
    {
      object: { kind: 'Pod', name: 'cart-0' },
      last: Date.parse('2026-11-22T11:55:00Z'),
      component: 'kubelet',
    },
  ]);
  expect(events.items[0]?.origin.lines?.get('')).toBe(8);
});
