import { expect, test } from 'vitest';
import type { Cluster } from '../../src/model/cluster.ts';
import { parseCommand } from '../../src/readers/command-line.ts';
import { createClusterReader } from '../../src/readers/read-cluster.ts';
import { CATALOGUE } from '../support/cluster.ts';

/** A cluster of files that nobody gave a layout. */
function read(files: Readonly<Record<string, string | Buffer>>, modified?: string): Cluster {
  const reader = createClusterReader(CATALOGUE);
  for (const [path, text] of Object.entries(files)) {
    const time = modified === undefined ? undefined : Date.parse(modified);
    const sink = reader.entry({ path, size: undefined, modified: time });
    sink?.chunk(Buffer.from(text));
    sink?.end(true);
  }
  return reader.finish({ name: 'pasted', bytes: 0, files: Object.keys(files).length });
}

const PASTED = `Hello, the cart does not start, this is what I see:

[root@server1 ~]# kubectl get pods -n shop
NAME      READY   STATUS             RESTARTS   AGE
cart-0    0/1     CrashLoopBackOff   6          9m
web-0     1/1     Running            0          9m
[root@server1 ~]# kubectl -n shop describe pod cart-0
Name:             cart-0
Namespace:        shop
Node:             server1/10.0.0.1
Status:           Running
Containers:
  cart:
    Image:          registry.local/cart:1
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    1
      Started:      Sun, 22 Nov 2026 11:58:00 +0000
      Finished:     Sun, 22 Nov 2026 11:59:00 +0000
    Ready:          False
    Restart Count:  6
Events:
  Type     Reason   Age                From     Message
  ----     ------   ----               ----     -------
  Warning  BackOff  60s (x7 over 9m)   kubelet  Back-off restarting failed container
[root@server1 ~]# kubectl logs -n shop cart-0 --previous
starting
panic: no such table: carts
[root@server1 ~]# kubectl top nodes
NAME      CPU(cores)   CPU%   MEMORY(bytes)   MEMORY%
server1   250m         12%    1024Mi          50%
[root@server1 ~]# kubectl get events -n payments
Error from server (Forbidden): events is forbidden: User "me" cannot list resource "events" in the namespace "payments"
[root@server1 ~]# kubectl get node server1 -o yaml
apiVersion: v1
kind: Node
metadata:
  name: server1
status:
  conditions:
  - type: Ready
    status: "True"
`;

test('a pasted terminal is read command by command', () => {
  const cluster = read({ 'ticket.txt': PASTED });
  const pods = cluster.objects.pods.items;
  expect(pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([
    'shop/cart-0',
    'shop/web-0',
  ]);
  const cart = pods.find(({ metadata }) => metadata.name === 'cart-0');
  expect(cart?.spec.containers[0]?.image).toBe('registry.local/cart:1');
  expect(cart?.origin.lines?.get('spec.containers[0].image')).toBe(14);
  expect(cluster.objects.nodes.items).toHaveLength(1);
  expect(cluster.nodeUsage.items).toMatchObject([{ node: 'server1', cpu: 0.25 }]);
  expect(cluster.coverage).toMatchObject([
    { status: 'forbidden', what: expect.stringContaining('get events -n payments') },
  ]);
  expect(cluster.problems).toEqual([]);
});

test('ages count from the newest time in the text, or from when the file was written soon after', () => {
  const lastOf = (cluster: Cluster) => cluster.events.items[0]?.last;
  expect(lastOf(read({ 'ticket.txt': PASTED }))).toBe(Date.parse('2026-11-22T11:58:00Z'));
  expect(lastOf(read({ 'ticket.txt': PASTED }, '2026-11-22T12:00:00Z'))).toBe(
    Date.parse('2026-11-22T11:59:00Z'),
  );
  expect(lastOf(read({ 'ticket.txt': PASTED }, '2026-12-24T12:00:00Z'))).toBe(
    Date.parse('2026-11-22T11:58:00Z'),
  );
});

test('a pasted log belongs to the pod of the command, and its lines are those of the file', () => {
  const [log] = read({ 'ticket.txt': PASTED }).logs.items;
  expect(log?.owner).toMatchObject({ namespace: 'shop', pod: 'cart-0', previous: true });
  const panic = log?.ends.tail().find(({ text }) => text.startsWith('panic'));
  expect(PASTED.split('\n')[(panic?.line ?? 0) - 1]).toBe('panic: no such table: carts');
});

test('UTF-16, as PowerShell writes it, is read with and without its mark', () => {
  const list = JSON.stringify({
    kind: 'PodList',
    items: [{ metadata: { name: 'cart-0', namespace: 'shop' } }],
  });
  for (const bytes of [
    Buffer.from(`\uFEFF${list}`, 'utf16le'),
    Buffer.from(list, 'utf16le'),
    Buffer.from(`\uFEFF${list}`, 'utf16le').swap16(),
  ])
    expect(read({ 'pods.json': bytes }).objects.pods.items).toHaveLength(1);
  expect(
    read({ 'ticket.txt': Buffer.from(`\uFEFF${PASTED.replaceAll('\n', '\r\n')}`, 'utf16le') }).objects.pods
      .items,
  ).toHaveLength(2);
});

test('JSON is told by its first byte, whatever the name', () => {
  const cluster = read({
    'a.yaml': '{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "cart-0", "namespace": "shop"}}',
    'b.json': 'kind: Pod\napiVersion: v1\nmetadata:\n  name: web-0\n  namespace: shop\n',
  });
  expect(cluster.objects.pods.items).toHaveLength(2);
});

test('kinds of other groups are not those of Kubernetes', () => {
  const cluster = read({
    'nodes.yaml': 'apiVersion: longhorn.io/v1beta1\nkind: Node\nmetadata:\n  name: server1\n',
    'ingress.json':
      '{"apiVersion": "config.openshift.io/v1", "kind": "Ingress", "metadata": {"name": "cluster"}}',
  });
  expect(cluster.objects.nodes.items).toEqual([]);
  expect(cluster.objects.ingresses.items).toEqual([]);
  expect([...cluster.unread.keys()]).toEqual([
    'objects of kind Node of longhorn.io/v1beta1',
    'objects of kind Ingress of config.openshift.io/v1',
  ]);
});

test('logs named after pods find their pod, the longest name and its container', () => {
  const pod = (name: string, ...containers: string[]) => ({
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: containers.map((container) => ({ name: container })) },
  });
  const cluster = read({
    'logs/cart-0.log': '2026-11-22T12:00:00Z one\n',
    'logs/shop_cart-0-db_db_previous.log': 'two\n',
    'rke2/podlogs/shop-web-0': 'three\n',
    'logs/nobody.log': 'four\n',
    'kubelet.log': 'E1122 12:00:00.000000 1 kubelet.go:1] five\n',
    'pods.json': JSON.stringify({
      kind: 'List',
      items: [pod('cart-0', 'cart'), pod('cart-0-db', 'db', 'proxy'), pod('web-0', 'web', 'proxy')],
    }),
    'nodes.json': JSON.stringify({ kind: 'Node', metadata: { name: 'server1' } }),
  });
  expect(cluster.logs.items.map(({ owner }) => owner)).toEqual([
    { of: 'container', namespace: 'shop', pod: 'cart-0', container: 'cart', previous: false },
    { of: 'container', namespace: 'shop', pod: 'cart-0-db', container: 'db', previous: true },
    { of: 'container', namespace: 'shop', pod: 'web-0', container: undefined, previous: false },
    { of: 'node', node: 'server1', unit: 'kubelet' },
  ]);
  expect(cluster.unread.get('logs of no known pod')).toEqual(['logs/nobody.log']);
});

test('a command line says what is asked for', () => {
  expect(parseCommand('$ kubectl logs -n shop deploy/cart -c cart -p')).toMatchObject({
    verb: 'logs',
    namespace: 'shop',
    container: 'cart',
    previous: true,
    names: ['deploy/cart'],
  });
  expect(
    parseCommand('PS C:\\> kubectl.exe --context prod describe po cart-0 --namespace=shop'),
  ).toMatchObject({
    verb: 'describe',
    kind: 'Pod',
    namespace: 'shop',
  });
  expect(parseCommand('+ oc get sts -A | grep cart')).toMatchObject({ verb: 'get', kind: 'StatefulSet' });
  expect(parseCommand('nothing of the kind').verb).toBe('');
});
