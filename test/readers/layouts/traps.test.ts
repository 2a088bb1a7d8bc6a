import { expect, test } from 'vitest';
import { clusterIn } from './facts.ts';

const json = JSON.stringify;
const pod = (name: string) => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name, namespace: 'shop', uid: `uid-${name}` },
  spec: { containers: [{ name: 'cart' }] },
});
const list = (...items: unknown[]) => json({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items });

test('wrapper folders make no difference, whatever their number', () => {
  for (const folder of ['', 'a/', 'a/b/', 'a/b/c/', './a/'])
    expect(clusterIn({ [`${folder}cluster-resources/pods/shop.json`]: list(pod('cart-0')) })).toMatchObject({
      bundle: { layout: 'troubleshoot' },
      objects: { pods: { items: [{}], namespaces: new Set(['shop']) } },
    });
});

test('the order of the files makes no difference to what is whole', () => {
  const files: [string, string][] = [
    ['dump/shop/pods.json', list(pod('cart-0'))],
    [
      'dump/shop/replication-controllers.json',
      json({ kind: 'ReplicationControllerList', apiVersion: 'v1', items: [] }),
    ],
  ];
  for (const order of [files, files.toReversed()])
    expect(clusterIn(Object.fromEntries(order)).objects.pods.namespaces).toEqual(new Set(['shop']));
  expect(clusterIn({ 'dump/shop/pods.json': list(pod('cart-0')) }).objects.pods.namespaces).toBeUndefined();
});

test('troubleshoot: one namespace is a single object, collectors may have failed or been skipped', () => {
  const cluster = clusterIn({
    'b/cluster-resources/namespaces.json': json({
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: { name: 'shop' },
    }),
    'b/cluster-resources/pods-errors.json': json({
      shop: 'pods is forbidden: User "x" cannot list resource "pods"',
    }),
    'b/cluster-resources/nodes-errors.json': json(['nodes is forbidden']),
    'b/skipped-collectors.json': json([
      { Collector: 'ceph', Reason: 'excluded', Errors: null, Timestamp: '2026-11-22T12:00:00Z' },
    ]),
    'b/cluster-resources/image-pull-secrets/shop/regcred.json': json({ 'registry.local': 'user' }),
  });
  expect(cluster.objects.namespaces.items).toHaveLength(1);
  expect(cluster.coverage.filter(({ status }) => status === 'forbidden').map(({ what }) => what)).toEqual([
    'b/cluster-resources/pods-errors.json',
    'b/cluster-resources/nodes-errors.json',
  ]);
  expect(cluster.unread.get('pull secrets')).toHaveLength(1);
  expect(cluster.problems).toEqual([]);
});

test('must-gather: empty previous logs are none, and the same pod twice is one', () => {
  const logs = 'm/q/namespaces/shop/pods/cart-0/cart/cart/logs';
  const cluster = clusterIn({
    'm/q/namespaces/shop/core/pods.yaml': `---\n${list(pod('cart-0'))}`,
    'm/q/namespaces/shop/pods/cart-0/cart-0.yaml': json(pod('cart-0')),
    [`${logs}/current.log`]: '2026-11-22T12:00:00.1Z one\n2026-11-22T12:00:01.2Z two\n',
    [`${logs}/previous.log`]: '',
    [`${logs}/current.insecure.log`]: '2026-11-22T12:00:00.1Z one\n',
    [`${logs}/rotated/0.log.20261122-120000.gz`]: 'xx',
  });
  expect(cluster.objects.pods.items).toHaveLength(1);
  expect(cluster.logs.items).toMatchObject([
    { file: `${logs}/current.log`, lines: 2, owner: { container: 'cart', previous: false } },
  ]);
  expect(cluster.unread.get('rotated logs')).toHaveLength(1);
});

test('Insights: an event without an object is about its namespace', () => {
  const { events } = clusterIn({
    'config/pod/shop/cart-0.json': json(pod('cart-0')),
    'events/shop.json': json({
      items: [
        {
          namespace: 'shop',
          lastTimestamp: '2026-11-22T12:00:00Z',
          reason: 'BackOff',
          message: 'Back-off',
          type: 'Warning',
        },
      ],
    }),
  });
  expect(events.items).toMatchObject([
    {
      object: { kind: 'Namespace', name: 'shop' },
      reason: 'BackOff',
      last: Date.parse('2026-11-22T12:00:00Z'),
    },
  ]);
});

test('an event that names no object, or not its kind, is about its namespace', () => {
  const event = (name: string, involvedObject: object) => ({
    metadata: { name, namespace: 'kube-system', uid: `uid-${name}` },
    involvedObject,
    reason: 'BootstrapFinished',
    type: 'Normal',
  });
  const items = [event('a.1', { namespace: 'kube-system' }), event('b.1', { name: 'machine-config' })];
  const { events } = clusterIn({
    'm/q/namespaces/kube-system/core/events.yaml': json({ kind: 'EventList', items }),
  });
  expect(events.items.map(({ object }) => object)).toEqual([
    { kind: 'Namespace', name: 'kube-system' },
    { kind: 'Namespace', name: 'kube-system' },
  ]);
});

test('rancher: a kubeadm cluster has a dump among its tables, and names of metrics that are swapped', () => {
  const cluster = clusterIn({
    'h-2026-11-22_12_00_00/kubeadm/kubectl/cluster-info_dump': `${list(pod('cart-0'))}\n==== START logs for container cart of pod shop/cart-0 ====\n2026-11-22T12:00:00Z one\n==== END logs for container cart of pod shop/cart-0 ====\n`,
    'h-2026-11-22_12_00_00/kubeadm/metrics_pod':
      'NAME      CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%\nserver1   250m         12%    1024Mi          50%\n',
    'h-2026-11-22_12_00_00/rke2/podlogs/shop_cart-1_uid/cart/0.log': '2026-11-22T12:00:00Z stdout F one\n',
  });
  expect(cluster.objects.pods.items).toHaveLength(1);
  expect(cluster.nodeUsage.items).toMatchObject([{ node: 'server1' }]);
  expect(cluster.logs.items.map(({ owner }) => owner)).toMatchObject([
    { pod: 'cart-0', container: 'cart' },
    { pod: 'cart-1', container: 'cart' },
  ]);
});

test('logs that are errors of the tool are coverage, and no evidence', () => {
  const base = 'b/cluster-resources/pods/logs/shop/cart-0';
  const cluster = clusterIn({
    'b/cluster-resources/pods/shop.json': list(pod('cart-0')),
    [`${base}/cart.log`]: 'unable to retrieve container logs for containerd://8a3fce3a7f032e28',
    [`${base}/cart-previous.log`]: 'previous terminated container "cart" in pod "cart-0" not found',
    [`${base}/init-logs-errors.log`]: 'container "init" in pod "cart-0" is waiting to start: PodInitializing',
  });
  expect(cluster.logs.items).toEqual([]);
  expect(cluster.coverage.map(({ status }) => status)).toEqual(['absent', 'absent', 'absent']);
});
