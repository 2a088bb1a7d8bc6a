import { expect, test } from 'vitest';
import { createRouter, LAYOUTS } from '../../../src/readers/layouts/layouts.ts';
import { resourceNamed } from '../../../src/readers/layouts/resources.ts';

/** What the last of some paths of one bundle is told to be. */
function routeOf(...paths: readonly string[]) {
  const router = createRouter();
  return paths.map((path) => router.route(path)).at(-1);
}
function layoutOf(...paths: readonly string[]) {
  const router = createRouter();
  for (const path of paths) router.route(path);
  return router.layouts()[0];
}

test('each layout has a name of its own', () => {
  expect(new Set(LAYOUTS.map(({ name }) => name)).size).toBe(LAYOUTS.length);
});

test('Casefile’s own paths are read in its own bundles, and mean nothing in others', () => {
  const own = ['casefile-shop/ledger.tsv'];
  expect(routeOf(...own, 'casefile-shop/objects/pods.2.json')).toMatchObject({
    reader: 'objects',
    resource: 'pods',
    whole: true,
  });
  expect(routeOf(...own, 'casefile-shop/objects/shop/pods.json')).toMatchObject({
    namespace: 'shop',
    resource: 'pods',
  });
  expect(routeOf(...own, 'casefile-shop/objects/nodes.longhorn.io.json')?.resource).toBeUndefined();
  expect(routeOf(...own, 'casefile-shop/logs/shop/cart-0/cart.previous.log')).toMatchObject({
    reader: 'container log',
    namespace: 'shop',
    pod: 'cart-0',
    container: 'cart',
    previous: true,
  });
  expect(routeOf(...own, 'casefile-shop/describe/shop/pods.2.txt')).toMatchObject({
    reader: 'describe',
    resource: 'pods',
  });
  expect(routeOf('somewhere/objects/pods.json')?.layout).not.toBe('casefile');
  expect(layoutOf('somewhere/objects/pods.json')).toBeUndefined();
});

test.each([
  [
    'troubleshoot',
    'support-bundle-2026-11-22T12_00_00/cluster-resources/pods/shop.json',
    { reader: 'objects', whole: true, resource: 'pods', namespace: 'shop' },
  ],
  ['troubleshoot', 'b/cluster-resources/resource-quotas/shop.json', { resource: 'resourcequotas' }],
  ['troubleshoot', 'b/cluster-resources/resource-quota/shop.json', { resource: 'resourcequotas' }],
  ['troubleshoot', 'b/cluster-resources/pvcs/shop.json', { resource: 'persistentvolumeclaims' }],
  ['troubleshoot', 'b/cluster-resources/storage-classes.json', { resource: 'storageclasses', whole: true }],
  ['troubleshoot', 'b/cluster-resources/pods-errors.json', { reader: 'errors' }],
  [
    'troubleshoot',
    'b/cluster-resources/pods/logs/shop/cart-0/cart-previous.log',
    { container: 'cart', previous: true },
  ],
  ['troubleshoot', 'b/cluster-resources/pods/logs/shop/cart-0/cart-logs-errors.log', { reader: 'errors' }],
  [
    'troubleshoot',
    'b/cluster-resources/custom-resources/helmcharts.helm.cattle.io/kube-system.json',
    { resource: 'helmcharts' },
  ],
  [
    'cluster-info-dump',
    'dump/shop/cart-0/logs.txt',
    { reader: 'pod logs', namespace: 'shop', pod: 'cart-0' },
  ],
  [
    'must-gather',
    'must-gather.local.1/quay-io-x/namespaces/shop/core/pods.yaml',
    { resource: 'pods', namespace: 'shop', whole: true },
  ],
  [
    'must-gather',
    'inspect.local.7/namespaces/shop/pods/cart-0/cart/cart/logs/previous.log',
    { container: 'cart', previous: true },
  ],
  [
    'must-gather',
    'm/q/namespaces/shop/pods/cart-0/cart/cart/logs/current.insecure.log',
    { reader: 'container log' },
  ],
  ['must-gather', 'm/q/cluster-scoped-resources/core/nodes/server1.yaml', { resource: 'nodes', whole: true }],
  [
    'must-gather',
    'm/q/namespaces/shop/shop.yaml',
    { reader: 'objects' },
    'm/q/cluster-scoped-resources/core/nodes/a.yaml',
  ],
  [
    'must-gather',
    'm/q/host_service_logs/masters/kubelet_service.log',
    { reader: 'node log', unit: 'kubelet' },
    'm/q/cluster-scoped-resources/core/nodes/a.yaml',
  ],
  ['insights', 'config/pod/shop/cart-0.json', { reader: 'objects', namespace: 'shop' }],
  [
    'insights',
    'conditional/namespaces/shop/pods/cart-0/containers/cart/logs/last-100-lines.log',
    { pod: 'cart-0', container: 'cart' },
  ],
  [
    'crust-gather',
    'crust-gather/namespaces/shop/apps-v1/deployment/cart.yaml',
    { resource: 'deployments', whole: true },
  ],
  [
    'crust-gather',
    'crust-gather/namespaces/shop/v1/pod/cart-0/cart/current.log',
    { reader: 'container log', pod: 'cart-0' },
  ],
  [
    'crust-gather',
    'crust-gather/namespaces/shop/longhorn.io-v1beta1/node/server1.yaml',
    { reader: 'objects' },
  ],
  [
    'rancher-logs-collector',
    'server1-2026-11-22_12_00_00/rke2/kubectl/poddescribe/kube-system',
    { reader: 'describe', namespace: 'kube-system' },
  ],
  [
    'rancher-logs-collector',
    'server1-2026-11-22_12_00_00/rke2/kubectl/events',
    { reader: 'table', resource: 'events' },
  ],
  [
    'rancher-logs-collector',
    'server1-2026-11-22_12_00_00/rke2/podlogs/kube-system-etcd-server1-previous',
    { pod: 'kube-system-etcd-server1', previous: true },
  ],
  [
    'support-bundle-kit',
    'supportbundle_1/yamls/namespaced/shop/apps/v1/deployments.yaml',
    { resource: 'deployments', namespace: 'shop', whole: true },
  ],
  [
    'support-bundle-kit',
    'supportbundle_1/logs/shop/cart-0/cart.log.1',
    { container: 'cart', previous: true },
    'supportbundle_1/yamls/cluster/v1/nodes.yaml',
  ],
  ['sonobuoy', 'resources/ns/shop/core_v1_pods.json', { resource: 'pods', namespace: 'shop' }],
  ['sonobuoy', 'resources/ns/shop/Pods.json', { resource: 'pods' }],
  ['sonobuoy', 'podlogs/shop/cart-0/logs/cart.txt', { container: 'cart' }],
  ['verrazzano', 'cluster-snapshot/shop/cart-0/previous-logs.txt', { reader: 'pod logs', previous: true }],
  ['verrazzano', 'cluster-snapshot/shop/pvcs.json', { resource: 'persistentvolumeclaims' }],
])('%s: %s', (layout, path, route, ...before) => {
  expect(layoutOf(...before.map(String), path)).toBe(layout);
  expect(routeOf(...before.map(String), path)).toMatchObject(route);
});

test('the node of a host’s logs is the host that names the folder', () => {
  const marker = 'server1-2026-11-22_12_00_00/rke2/kubectl/nodes';
  expect(routeOf(marker, 'server1-2026-11-22_12_00_00/journald/rke2-server')).toMatchObject({
    reader: 'node log',
    node: 'server1',
    unit: 'rke2-server',
  });
  expect(routeOf(marker, 'server1-2026-11-22_12_00_00/rke2/agent-logs/kubelet.log')).toMatchObject({
    unit: 'kubelet',
  });
});

test('a path of the bundle that no layout knows is left to its content', () => {
  expect(routeOf('b/cluster-resources/nodes.json', 'b/all-logs/cart-0/cart.log')).toBeUndefined();
  expect(layoutOf('pods.yaml')).toBeUndefined();
});

test('only Kubernetes’ own resources are meant by their names', () => {
  expect(resourceNamed('nodes')).toBe('nodes');
  expect(resourceNamed('deployments.apps')).toBe('deployments');
  expect(resourceNamed('nodes.longhorn.io')).toBeUndefined();
  expect(resourceNamed('pods.metrics.k8s.io')).toBeUndefined();
  expect(resourceNamed('constructor')).toBeUndefined();
  const route = routeOf('s/yamls/namespaced/longhorn-system/longhorn.io/v1beta1/nodes.yaml');
  expect(route?.reader).toBe('objects');
  expect(route?.resource).toBeUndefined();
});
