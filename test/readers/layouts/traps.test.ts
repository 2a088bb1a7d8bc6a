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

test('troubleshoot: custom resources are bare arrays, and their YAML is the same again', () => {
  const chart = {
    kind: 'HelmChart',
    apiVersion: 'helm.cattle.io/v1',
    metadata: { name: 'traefik', namespace: 'kube-system' },
  };
  const base = 'b/cluster-resources/custom-resources/helmcharts.helm.cattle.io/kube-system';
  const cluster = clusterIn({
    'b/cluster-resources/nodes.json': json({ kind: 'NodeList', apiVersion: 'v1', items: [] }),
    [`${base}.json`]: json([chart]),
    [`${base}.yaml`]:
      '- apiVersion: helm.cattle.io/v1\n  kind: HelmChart\n  metadata:\n    name: traefik\n    namespace: kube-system\n',
  });
  expect(cluster.objects.helmcharts.items.map(({ metadata }) => metadata.name)).toEqual(['traefik']);
  expect(cluster.problems).toEqual([]);
});

test('troubleshoot: what was hidden costs only what it hid', () => {
  const hidden = {
    ...pod('cart-0'),
    metadata: { name: 'cart-0', namespace: 'shop', creationTimestamp: '***HIDDEN***' },
    status: { phase: 'Running', podIP: '***HIDDEN***', startTime: '***TOKEN_TIME_1A2B***' },
  };
  const { objects, problems } = clusterIn({ 'b/cluster-resources/pods/shop.json': list(hidden) });
  expect(objects.pods.items).toMatchObject([{ metadata: { name: 'cart-0' }, status: { phase: 'Running' } }]);
  expect(problems).toEqual([]);
});

test('troubleshoot: older bundles hold logs a second time under the collector’s name; they count once', () => {
  const log = '2026-11-22T12:00:00Z one\n';
  const cluster = clusterIn({
    'b/cluster-resources/pods/shop.json': list(pod('cart-0')),
    'b/all-logs/cart-0/cart.log': log,
    'b/cluster-resources/pods/logs/shop/cart-0/cart.log': log,
  });
  expect(cluster.logs.items.map(({ file }) => file)).toEqual([
    'b/cluster-resources/pods/logs/shop/cart-0/cart.log',
  ]);
});

test('cluster-info dump: some wrote only their nodes, some none', () => {
  const node = { kind: 'NodeList', apiVersion: 'v1', items: [{ metadata: { name: 'server1' } }] };
  const nodesOnly = clusterIn({ 'dump/nodes.json': json(node) });
  expect(nodesOnly.objects.nodes.items).toHaveLength(1);
  expect(nodesOnly.objects.pods.extent).toBe('none');
  const without = clusterIn({
    'dump/shop/replication-controllers.json': json({
      kind: 'ReplicationControllerList',
      apiVersion: 'v1',
      items: [],
    }),
    'dump/shop/pods.json': list(pod('cart-0')),
  });
  expect(without.objects.nodes).toMatchObject({ extent: 'none' });
  expect(without.objects.pods.namespaces).toEqual(new Set(['shop']));
});

test('cluster-info dump: JSON is told by its first byte, whatever the file is called', () => {
  const cluster = clusterIn({
    'dump/nodes.txt': json({
      kind: 'NodeList',
      apiVersion: 'v1',
      items: [{ metadata: { name: 'server1' } }],
    }),
    'dump/shop/replication-controllers.txt': json({
      kind: 'ReplicationControllerList',
      apiVersion: 'v1',
      items: null,
    }),
    'dump/shop/pods.txt': list(pod('cart-0')),
    'dump/shop/services.yaml': json({ kind: 'ServiceList', apiVersion: 'v1', items: null }),
  });
  expect(cluster.objects.nodes).toMatchObject({ extent: 'all', items: [{ metadata: { name: 'server1' } }] });
  expect(cluster.objects.pods.items).toHaveLength(1);
  expect(cluster.objects.services.namespaces).toEqual(new Set(['shop']));
});

test('cluster-info dump: errors stand between the marks of a log', () => {
  const section = (container: string, text: string) =>
    `==== START logs for container ${container} of pod shop/cart-0 ====\n${text}\n==== END logs for container ${container} of pod shop/cart-0 ====\n`;
  const errors = [
    'Request log error: an error on the server ("unknown") has prevented the request from succeeding',
    'Create log request error: container proxy is not valid',
    'unable to retrieve container logs for containerd://8a3fce3a7f032e28',
  ];
  const cluster = clusterIn({
    'dump/shop/replication-controllers.json': json({
      kind: 'ReplicationControllerList',
      apiVersion: 'v1',
      items: [],
    }),
    'dump/shop/cart-0/logs.txt': [
      section('cart', '2026-11-22T12:00:00Z one'),
      ...errors.map((text, at) => section(`c${at}`, text)),
    ].join(''),
  });
  expect(cluster.logs.items.map(({ owner }) => owner)).toMatchObject([{ container: 'cart' }]);
  expect(cluster.coverage).toHaveLength(3);
});

test('must-gather: two images that gathered the same, and `oc adm inspect`', () => {
  const image = (name: string) => `must-gather.local.7/${name}/namespaces/shop/core/pods.yaml`;
  const twice = clusterIn({
    [image('quay-io-openshift-release-dev-sha256-1')]: `---\n${list(pod('cart-0'))}`,
    [image('registry-example-com-cnv-must-gather-sha256-2')]: `---\n${list(pod('cart-0'))}`,
  });
  expect(twice.objects.pods).toMatchObject({ items: [{}], namespaces: new Set(['shop']) });
  const inspected = clusterIn({ 'inspect.local.5021/namespaces/shop/core/pods.yaml': list(pod('cart-0')) });
  expect(inspected.bundle.layout).toBe('must-gather');
  expect(inspected.objects.pods.items).toHaveLength(1);
});

test('must-gather: of secrets only the names of their keys are known', () => {
  const secret = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { name: 'tls', namespace: 'shop' },
    data: { 'tls.key': 'MTIgYnl0ZXMgbG9uZw==' },
  };
  const { objects } = clusterIn({
    'm/q/namespaces/shop/core/secrets.yaml': json({ kind: 'SecretList', apiVersion: 'v1', items: [secret] }),
  });
  expect(objects.secrets.items).toMatchObject([{ metadata: { name: 'tls' }, data: ['tls.key'] }]);
});

test('crust-gather: what was recorded over time is counted, and what was deleted meanwhile is not there', () => {
  const base = 'crust-gather/namespaces/shop/v1/pod';
  const gone = pod('cart-1');
  const cluster = clusterIn({
    'crust-gather/version.yaml': json({ major: '1', minor: '34', gitVersion: 'v1.34.9' }),
    'crust-gather/collected.timestamp': '2026-11-22T12:00:00Z',
    [`${base}/cart-0.yaml`]: json(pod('cart-0')),
    [`${base}/cart-0.patch`]: '[{"op":"replace","path":"/status/phase","value":"Failed"}]\n',
    [`${base}/cart-1.yaml`]: json({
      ...gone,
      metadata: { ...gone.metadata, annotations: { 'crust-gather.io/deleted': '2026-11-22T11:00:00Z' } },
    }),
    [`${base}/cart-2-0.yaml`]: json(pod('cart:2*0')),
  });
  expect(cluster.version).toBe('v1.34.9');
  expect(cluster.objects.pods.items.map(({ metadata }) => metadata.name)).toEqual(['cart-0', 'cart:2*0']);
  expect([...cluster.unread]).toEqual([
    ['changes over time', [`${base}/cart-0.patch`]],
    ['objects that were deleted', [`${base}/cart-1.yaml`]],
  ]);
});

test('support-bundle-kit: a node’s logs come in an archive of their own, and failures in a file', () => {
  const cluster = clusterIn({
    's/yamls/cluster/v1/nodes.yaml': 'apiVersion: v1\nitems: []\nkind: List\n',
    's/nodes/server1.zip/server1/logs/kubelet.log':
      'Nov 22 12:00:00 server1 kubelet[812]: I1122 12:00:00.0 812 server.go:1] started\n',
    's/bundleGenerationError.log':
      'failed to list longhorn.io/v1beta1: the server could not find the requested resource\n',
  });
  expect(cluster.logs.items.map(({ owner }) => owner)).toEqual([
    { of: 'node', node: 'server1', unit: 'kubelet' },
  ]);
  expect(cluster.coverage).toMatchObject([{ status: 'absent' }]);
  expect(cluster.objects.nodes).toMatchObject({ items: [] });
});

test('rancher: k3s has the same files under its own name', () => {
  const host = 'server1-2026-11-22_12_00_00';
  const cluster = clusterIn({
    [`${host}/k3s/kubectl/pods`]: `NAMESPACE   NAME     READY   STATUS    RESTARTS   AGE   IP          NODE
shop        cart-0   1/1     Running   0          9m    10.42.0.7   server1
`,
    [`${host}/k3s/podlogs/shop-cart-0`]: '2026-11-22T12:00:00Z one\n',
    [`${host}/journald/k3s`]: 'Nov 22 12:00:00 server1 k3s[812]: started\n',
  });
  expect(cluster.bundle.layout).toBe('rancher-logs-collector');
  expect(cluster.objects.pods).toMatchObject({ extent: 'all', items: [{ metadata: { name: 'cart-0' } }] });
  expect(cluster.logs.items.map(({ owner }) => owner)).toMatchObject([
    { of: 'node', node: 'server1', unit: 'k3s' },
    { of: 'container', namespace: 'shop', pod: 'cart-0' },
  ]);
});

test('a description with lines of a tool before it is read all the same', () => {
  const { objects } = clusterIn({
    'kubectl_describe.txt': `{"toolset_name": "kubernetes/core", "tool_name": "kubectl_describe", "match_params": null}
{"schema_version": "robusta:v1.0.0", "status": "success", "error": null}
stdout:
Name:             cart-0
Namespace:        shop
Node:             server1/10.0.0.1
Status:           Running
Containers:
  cart:
    Image:          registry.local/cart:1
    Ready:          True
`,
  });
  expect(objects.pods.items).toMatchObject([
    {
      metadata: { name: 'cart-0', namespace: 'shop' },
      spec: { containers: [{ image: 'registry.local/cart:1' }] },
    },
  ]);
});
