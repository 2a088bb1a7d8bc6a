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
