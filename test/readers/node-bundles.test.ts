import { expect, test } from 'vitest';
import { clusterIn } from './layouts/facts.ts';

const CLUSTER = {
  'casefile-shop-20261122T120000Z/ledger.tsv': '',
  'casefile-shop-20261122T120000Z/about.txt':
    'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.9\ndistribution=rke2\n',
};
const NODE = {
  'casefile-node-server1-20261122T130000Z/ledger.tsv': '',
  'casefile-node-server1-20261122T130000Z/about.txt': 'layout=1\ntime=2026-11-22T13:00:00Z\nnode=server1\n',
  'casefile-node-server1-20261122T130000Z/nodes/server1/about.txt': 'layout=1\nnode=server1\n',
  'casefile-node-server1-20261122T130000Z/nodes/server1/memory.txt': 'MemTotal: 16 kB\n',
};

test('the cluster’s account of itself is believed before those of its nodes, in any order', () => {
  for (const files of [
    { ...CLUSTER, ...NODE },
    { ...NODE, ...CLUSTER },
  ])
    expect(clusterIn(files)).toMatchObject({
      bundle: { layout: 'casefile 1', collectedAt: Date.parse('2026-11-22T12:00:00Z') },
      version: 'v1.34.9',
      distribution: 'rke2',
    });
});

test('a node’s account counts where there is no other', () => {
  expect(clusterIn(NODE).bundle).toMatchObject({
    layout: 'casefile 1',
    collectedAt: Date.parse('2026-11-22T13:00:00Z'),
  });
});

test('what a node’s collector writes is counted by kind where nothing reads it', () => {
  expect([...clusterIn(NODE).unread].map(([what, files]) => `${files.length} ${what}`)).toEqual([
    '1 marks',
    '1 facts about hosts',
  ]);
});

test('tables of names and states, which stand in for objects where nothing could be redacted, are whole lists', () => {
  const { objects } = clusterIn({
    ...CLUSTER,
    'casefile-shop-20261122T120000Z/tables/pods.txt': `NAMESPACE   NAME     READY   STATUS             RESTARTS   AGE   IP           NODE
shop        cart-0   0/1     CrashLoopBackOff   6          9m    10.42.0.7    server1
`,
    'casefile-shop-20261122T120000Z/tables/nodes.txt': `NAME      STATUS   ROLES    AGE   VERSION
server1   Ready    <none>   9m    v1.34.9
`,
  });
  expect(objects.pods).toMatchObject({
    extent: 'all',
    items: [{ metadata: { name: 'cart-0', namespace: 'shop' } }],
  });
  expect(objects.nodes).toMatchObject({ extent: 'all', items: [{ metadata: { name: 'server1' } }] });
});
