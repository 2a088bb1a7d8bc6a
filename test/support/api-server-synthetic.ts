import { type Answer, type Content, json, type Question, status } from './api-server.ts';
import { pageOf } from './api-server-recording.ts';

interface Size {
  readonly pods: number;
  readonly containers: number;
  /** Every so many pods one is in a crash loop. */
  readonly failingEvery: number;
  /** Bytes of each log. */
  readonly logBytes?: number;
  /** Names to use for the first pods, for those that no real cluster would give. */
  readonly names?: readonly string[];
  readonly namespaces?: readonly string[];
}

const RESOURCES = [
  'pods',
  'nodes',
  'namespaces',
  'events',
  'services',
  'configmaps',
  'endpoints',
  'serviceaccounts',
];
/** Kinds of more than one word, and those that have no singular. */
const KINDS: Readonly<Record<string, string>> = {
  configmaps: 'ConfigMap',
  endpoints: 'Endpoints',
  serviceaccounts: 'ServiceAccount',
  persistentvolumes: 'PersistentVolume',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  resourcequotas: 'ResourceQuota',
  limitranges: 'LimitRange',
  replicationcontrollers: 'ReplicationController',
  daemonsets: 'DaemonSet',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
};
const CLUSTER_WIDE = ['nodes', 'namespaces'];
const EMPTY = [
  'persistentvolumes',
  'persistentvolumeclaims',
  'resourcequotas',
  'limitranges',
  'replicationcontrollers',
];

/** A shop that is made on the spot: so many pods, of which some are in a crash loop; only the core API group. */
export function syntheticContent(size: Size): Content {
  const namespaces = size.namespaces ?? ['shop', 'warehouse'];
  const pods = Array.from({ length: size.pods }, (_, n) => pod(n, size, namespaces));
  const lists = new Map<string, readonly object[]>([
    ['pods', pods],
    [
      'nodes',
      [{ metadata: { name: 'node-1' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
    ],
    ['namespaces', namespaces.map((name) => ({ metadata: { name } }))],
    ['events', pods.slice(0, 20).map((item) => event(item))],
    ...[...RESOURCES.slice(4), ...EMPTY].map((name): [string, readonly object[]] => [name, []]),
  ]);
  return (question) => answer(question, lists, size);
}

type Pod = ReturnType<typeof pod>;

function pod(n: number, size: Size, namespaces: readonly string[]) {
  const failing = n % size.failingEvery === 0;
  const name = size.names?.[n] ?? `cart-${Math.floor(n / 100)}-${String(n).padStart(5, '0')}`;
  const names = Array.from({ length: size.containers }, (_, c) => `c${c}`);
  return {
    metadata: {
      name,
      namespace: namespaces[n % namespaces.length] ?? 'shop',
      uid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      creationTimestamp: '2026-11-22T12:00:00Z',
      labels: { app: `cart-${Math.floor(n / 100)}` },
      managedFields: [
        {
          manager: 'kubelet',
          operation: 'Update',
          fieldsV1: Object.fromEntries(names.map((c) => [`f:${c}`, {}])),
        },
      ],
    },
    spec: {
      nodeName: 'node-1',
      containers: names.map((c) => ({ name: c, image: `registry.shop/${c}:1`, env: environment })),
    },
    status: {
      phase: 'Running',
      containerStatuses: names.map((c) => containerStatus(c, failing && c === 'c0')),
    },
  };
}

const environment = Array.from({ length: 12 }, (_, n) => ({
  name: `SETTING_${n}`,
  value: `value of setting ${n}`,
}));

function containerStatus(name: string, failing: boolean) {
  const ended = {
    exitCode: 1,
    reason: 'Error',
    finishedAt: '2026-11-22T12:30:00Z',
    containerID: 'containerd://1',
  };
  return {
    name,
    image: `registry.shop/${name}:1`,
    containerID: 'containerd://2',
    ready: !failing,
    restartCount: failing ? 7 : 0,
    state: failing
      ? { waiting: { reason: 'CrashLoopBackOff' } }
      : { running: { startedAt: '2026-11-22T12:00:10Z' } },
    lastState: failing ? { terminated: ended } : {},
  };
}

function event(about: Pod) {
  return {
    metadata: { name: `${about.metadata.name}.1`, namespace: about.metadata.namespace },
    involvedObject: { kind: 'Pod', name: about.metadata.name, namespace: about.metadata.namespace },
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container c0',
    count: 3,
  };
}

function answer(ask: Question, lists: ReadonlyMap<string, readonly object[]>, size: Size): Answer {
  const pretty = ask.query.get('pretty') === 'true';
  const fixed = DOCUMENTS[ask.path];
  if (fixed) return json(200, fixed, pretty);
  if (ask.path === '/readyz') return { status: 200, body: 'ok', type: 'text/plain' };
  const [, namespace, kind = '', name, sub] =
    /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(ask.path) ?? [];
  if (sub === 'log') return logOf(ask, size);
  const workloads =
    /^\/apis\/apps\/v1\/(?:namespaces\/[^/]+\/)?(daemonsets|deployments|replicasets|statefulsets)$/.exec(
      ask.path,
    );
  if (workloads)
    return json(
      200,
      { kind: `${kindOf(workloads[1] ?? '')}List`, apiVersion: 'apps/v1', metadata: {}, items: [] },
      pretty,
    );
  const list = lists.get(kind);
  if (!list) return status(404, 'NotFound', 'the server could not find the requested resource');
  // A border: all of these objects were made above, with metadata.
  const items = (list as readonly Pod[]).filter(
    (item) => (!namespace || item.metadata.namespace === namespace) && (!name || item.metadata.name === name),
  );
  const kindName = kindOf(kind);
  if (name && !items[0]) return status(404, 'NotFound', `${kind} "${name}" not found`);
  if (name) return json(200, { kind: kindName, apiVersion: 'v1', ...items[0] }, pretty);
  return json(200, pageOf({ kind: `${kindName}List`, apiVersion: 'v1' }, items, ask.query), pretty);
}

function kindOf(resource: string): string {
  return KINDS[resource] ?? `${resource.charAt(0).toUpperCase()}${resource.slice(1, -1)}`;
}

function logOf(ask: Question, size: Size): Answer {
  const line = `2026-11-22T12:00:00.000000000Z ${ask.path.split('/')[6]} ${ask.query.get('container')} ready to serve\n`;
  return {
    status: 200,
    body: line.repeat(Math.ceil((size.logBytes ?? 400) / line.length)),
    type: 'text/plain',
  };
}

const resource = (name: string) => ({
  name,
  singularName: '',
  namespaced: !CLUSTER_WIDE.includes(name),
  kind: kindOf(name),
  verbs: ['get', 'list'],
});

const DOCUMENTS: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '34', gitVersion: 'v1.34.1', platform: 'linux/amd64' },
  '/api': { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: ['none.shop', 'apps'].map((name) => {
      const version = { groupVersion: `${name}/v1`, version: 'v1' };
      return { name, versions: [version], preferredVersion: version };
    }),
  },
  '/apis/apps/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'apps/v1',
    resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'].map((name) => resource(name)),
  },
  '/apis/none.shop/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'none.shop/v1',
    resources: [],
  },
  '/api/v1': { kind: 'APIResourceList', groupVersion: 'v1', resources: RESOURCES.map(resource) },
};
