import { expect, test } from 'vitest';
import type { Collected } from '../../src/model/cluster.ts';
import { clusterIn } from './layouts/facts.ts';

type Written = Record<string, unknown> & { readonly metadata: Record<string, unknown> };

const pod = (namespace: string, name: string, node = 'server1', phase = 'Running', labels = {}): Written => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, uid: `uid-${name}`, labels },
  spec: { nodeName: node, containers: [{ name: 'main' }] },
  status: { phase },
});
const list = (items: readonly unknown[], metadata = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata, items });

const CART = pod('shop', 'cart-0', 'server1', 'Running', { app: 'cart' });
const REDIS = pod('data', 'redis-0', 'server2', 'Pending', { tier: 'data' });
const DNS = pod('kube-system', 'coredns-1', 'server2', 'Running', { 'k8s-app': 'kube-dns' });

/** How much of the pods a file `pods.json` that lies about is taken to hold. */
function podsIn(
  items: readonly unknown[],
  metadata?: object,
): Pick<Collected<unknown>, 'extent' | 'namespaces'> {
  const { extent, namespaces } = clusterIn({ 'from-the-customer/pods.json': list(items, metadata) }).objects
    .pods;
  return { extent, ...(namespaces && { namespaces }) };
}

test('a list of several namespaces that nothing selected is the whole list', () => {
  expect(podsIn([CART, REDIS, DNS])).toEqual({ extent: 'all' });
});

test('without kube-system it is whole in the namespaces that it shows', () => {
  expect(podsIn([CART, REDIS])).toEqual({ extent: 'some', namespaces: new Set(['shop', 'data']) });
});

test.each([
  ['one namespace', [CART, pod('shop', 'web-0', 'server2', 'Pending')]],
  ['a label that all have', [CART, pod('kube-system', 'cart-1', 'server2', 'Pending', { app: 'cart' })]],
  ['one node', [CART, pod('kube-system', 'coredns-1', 'server1', 'Pending')]],
  ['one phase', [CART, DNS]],
  ['no pod that runs', [REDIS, pod('kube-system', 'dns-1', 'server1', 'Failed')]],
])('a list proves no absence with %s', (_, items) => {
  expect(podsIn(items)).toEqual({ extent: 'some' });
});

test('a list that goes on elsewhere, or is cut, is not whole', () => {
  expect(podsIn([CART, REDIS, DNS], { continue: 'abc' })).toEqual({ extent: 'some' });
  const cut = list([CART, REDIS, DNS]).slice(0, -20);
  expect(clusterIn({ 'pods.json': cut }).objects.pods.namespaces).toBeUndefined();
});

test('warnings alone are not all events', () => {
  const event = (namespace: string, type: string, reason: string, kind: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace, name: `${reason}.1` },
    involvedObject: { kind, namespace, name: 'cart-0' },
    type,
    reason,
    message: reason,
  });
  const warnings = [event('shop', 'Warning', 'BackOff', 'Pod'), event('data', 'Warning', 'Failed', 'Job')];
  expect(clusterIn({ 'ev.json': list(warnings) }).events.namespaces).toBeUndefined();
  const all = [...warnings, event('shop', 'Normal', 'Pulled', 'Pod')];
  expect(clusterIn({ 'ev.json': list(all) }).events.namespaces).toEqual(new Set(['shop', 'data']));
});

test('each kind of a list of several kinds is judged by itself', () => {
  const service = (namespace: string, name: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels: { app: name } },
  });
  const { objects } = clusterIn({
    'all.json': list([CART, DNS, service('shop', 'cart'), service('data', 'redis')]),
  });
  expect(objects.pods.namespaces).toBeUndefined();
  expect(objects.services.extent).toBe('some');
  expect(objects.services.namespaces).toBeUndefined();
});

test('a command tells what it lists, as YAML too', () => {
  const yaml = `apiVersion: v1
kind: List
items:
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: shop
    namespace: shop
`;
  const extent = (command: string) =>
    clusterIn({ 'ticket.txt': `$ ${command}\n${yaml}` }).objects.ingresses.extent;
  expect(extent('kubectl get ingress -A -o yaml')).toBe('all');
  expect(extent('kubectl get ingress -n shop -o yaml')).toBe('some');
  expect(extent('kubectl get ingress -A -l app=shop -o yaml')).toBe('some');
});

const kindList = (kind: string, items: readonly unknown[]) =>
  JSON.stringify({ kind: `${kind}List`, apiVersion: 'v1', metadata: {}, items });
const SEVEN = ['Event', 'ReplicationController', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'Pod'];
const service = { metadata: { name: 'kubernetes', namespace: 'default' } };
/** What `kubectl cluster-info dump` prints of namespace default, which has a Service and nothing else. */
const DUMP = ['Node', ...SEVEN].map((kind) => kindList(kind, kind === 'Service' ? [service] : []));

test('an empty list in a dump is that of the namespace of its neighbours', () => {
  const { bundle, objects } = clusterIn({ 'dump.txt': DUMP.join('\n') });
  expect(bundle.layout).toBe('cluster-info-dump');
  expect(objects.pods).toMatchObject({ namespaces: new Set(['default']), items: [] });
  expect(objects.nodes.extent).toBe('all');
});

test('lists in another order than a dump’s are no dump, nor is a dump that ends early whole', () => {
  for (const lists of [DUMP.toReversed(), DUMP.slice(1), DUMP.slice(0, -1)])
    expect(clusterIn({ 'dump.txt': lists.join('\n') }).objects.pods.namespaces).toBeUndefined();
});
