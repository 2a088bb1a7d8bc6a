import { dump } from 'js-yaml';
import { type NodeUsage, RESOURCES, type Resource } from '../../../src/model/cluster.ts';
import { isRecord } from '../../../src/model/shape.ts';
import { internalList } from './internal.ts';
import type { Recorded, Recording } from './recording.ts';

/** The files of one bundle in the order in which a tool would write them. */
export type Files = Readonly<Record<string, string | Buffer>>;
type Form = (recording: Recording) => Files;

const json = (value: unknown) => JSON.stringify(value, null, 4);
const yaml = (value: unknown) => dump(value, { lineWidth: -1, noRefs: true });

function* byNamespace({ objects }: Recording, namespaced: boolean): Iterable<[string, string, Recorded[]]> {
  const namespaces = (objects.get('namespaces') ?? []).map(({ metadata }) => metadata.name);
  for (const [resource, items] of objects) {
    const wide = items.length > 0 ? items.every(({ metadata }) => !metadata.namespace) : WIDE.has(resource);
    if (wide === namespaced) continue;
    if (wide) yield [resource, '', [...items]];
    else
      for (const one of namespaces)
        yield [resource, one, items.filter(({ metadata }) => metadata.namespace === one)];
  }
}
const WIDE = new Set(
  'nodes namespaces persistentvolumes storageclasses priorityclasses runtimeclasses ingressclasses csinodes csidrivers volumeattachments customresourcedefinitions apiservices mutatingwebhookconfigurations validatingwebhookconfigurations'.split(
    ' ',
  ),
);

/** A list as the API gives it, of the right kind though it be empty. */
export function listOf(items: readonly Recorded[], resource = '', kind?: string) {
  const first = items[0];
  const known = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource as Resource] : 'Event';
  return {
    kind: kind ?? `${first?.kind ?? known}List`,
    apiVersion: first?.apiVersion ?? 'v1',
    metadata: {},
    items,
  };
}

function withoutKind({ kind: _, apiVersion: __, ...rest }: Recorded) {
  return rest;
}

function groupOf({ apiVersion }: Recorded): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*$/, '') : 'core';
}

const TROUBLESHOOT_NAMES: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'pvcs',
  persistentvolumes: 'pvs',
  ingresses: 'ingress',
  networkpolicies: 'network-policy',
  resourcequotas: 'resource-quota',
  poddisruptionbudgets: 'pod-disruption-budgets',
  storageclasses: 'storage-classes',
  ingressclasses: 'ingress-classes',
  customresourcedefinitions: 'custom-resource-definitions',
  mutatingwebhookconfigurations: 'mutating-webhook-configurations',
  validatingwebhookconfigurations: 'validating-webhook-configurations',
};

/** A support bundle of troubleshoot; of old ones the lists were bare arrays. */
const troubleshoot =
  (old: boolean): Form =>
  (recording) => {
    const files: Record<string, string> = {
      'version.yaml':
        'apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nspec:\n  versionNumber: v0.1\n',
      'cluster-info/cluster_version.json': json({ info: { gitVersion: 'v1.34.9' }, string: 'v1.34.9' }),
      'cluster-resources/auth-cani-list/payments.json': json({ resourceRules: [] }),
      'cluster-resources/pods-errors.json': 'null\n',
      'analysis.json': '[]',
    };
    const name = (resource: string) =>
      old && resource === 'resourcequotas' ? 'resource-quotas' : (TROUBLESHOOT_NAMES[resource] ?? resource);
    const content = (items: readonly Recorded[], resource: string) =>
      json(old ? items : listOf(items, resource));
    for (const [resource, namespace, items] of byNamespace(recording, true))
      files[`cluster-resources/${name(resource)}/${namespace}.json`] = content(items, resource);
    for (const [resource, , items] of byNamespace(recording, false))
      files[`cluster-resources/${name(resource)}.json`] = content(items, resource);
    for (const { metadata } of recording.objects.get('nodes') ?? [])
      files[`node-metrics/${metadata.name}.json`] = json(summaryOf(recording, metadata.name));
    for (const { namespace, pod, container, previous, text } of recording.logs)
      files[
        `cluster-resources/pods/logs/${namespace}/${pod}/${container}${previous ? '-previous' : ''}.log`
      ] = text;
    return inside('support-bundle-2026-11-22T13_14_00', files);
  };

/** The metrics API's list of one namespace's pods, and of the nodes. */
function podMetrics({ usage }: Recording, namespace: string) {
  const pods = new Map<string, typeof usage.containers>();
  for (const one of usage.containers)
    if (one.namespace === namespace) pods.set(one.pod, [...(pods.get(one.pod) ?? []), one]);
  return [...pods].map(([name, containers]) => ({
    kind: 'PodMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: { name, namespace },
    window: '15s',
    containers: containers.map((one) => ({ name: one.container, usage: quantitiesOf(one) })),
  }));
}
const nodeMetrics = ({ usage }: Recording) =>
  usage.nodes.map((one) => ({
    kind: 'NodeMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: { name: one.node },
    usage: quantitiesOf(one),
  }));
const quantitiesOf = ({ cpu = 0, memory = 0 }: Pick<NodeUsage, 'cpu' | 'memory'>) => ({
  cpu: `${Math.round(cpu * 1e9)}n`,
  memory: `${memory / 1024}Ki`,
});

/** What the kubelet of a node answers to `/stats/summary`. */
function summaryOf({ usage, objects }: Recording, node: string) {
  const amounts = ({ cpu = 0, memory = 0 }: Pick<NodeUsage, 'cpu' | 'memory'>) => ({
    cpu: { usageNanoCores: Math.round(cpu * 1e9) },
    memory: { usageBytes: memory * 2, workingSetBytes: memory },
  });
  const here = new Set(
    (objects.get('pods') ?? []).flatMap((pod) => (nodeNameOf(pod) === node ? [pod.metadata.name] : [])),
  );
  const names = new Set(usage.containers.map(({ pod }) => pod).filter((pod) => here.has(pod)));
  const pods = [...names].map((name) => {
    const containers = usage.containers.filter(({ pod }) => pod === name);
    return {
      podRef: { name, namespace: containers[0]?.namespace },
      containers: containers.map((one) => ({ name: one.container, ...amounts(one) })),
    };
  });
  return {
    node: { nodeName: node, ...amounts(usage.nodes.find((one) => one.node === node) ?? NO_USAGE) },
    pods,
  };
}
const NO_USAGE = { cpu: undefined, memory: undefined };

function nodeNameOf(pod: object): unknown {
  return 'spec' in pod && isRecord(pod.spec) ? pod.spec.nodeName : undefined;
}

const DUMPED = ['events', 'services', 'daemonsets', 'deployments', 'replicasets', 'pods'];

function dumped(recording: Recording): [string, string, Recorded[]][] {
  return [...byNamespace(recording, true)].filter(([resource]) => DUMPED.includes(resource));
}

function marked({ logs }: Recording, namespace: string, pod: string, previous = false): string {
  return logs
    .filter((log) => log.namespace === namespace && log.pod === pod && log.previous === previous)
    .map(({ container, text }) => {
      const of = `logs for container ${container} of pod ${namespace}/${pod} ====`;
      return `==== START ${of}\n${text}${text.endsWith('\n') ? '' : '\n'}==== END ${of}\n`;
    })
    .join('');
}

const podsOf = (recording: Recording) => recording.objects.get('pods') ?? [];

/** `kubectl cluster-info dump --output-directory`; `-o yaml` changes the lists, the logs' names stay. */
const clusterInfoDump =
  (ending: 'json' | 'yaml'): Form =>
  (recording) => {
    const write = ending === 'json' ? json : yaml;
    const files: Record<string, string> = {
      [`nodes.${ending}`]: write(listOf(recording.objects.get('nodes') ?? [])),
    };
    for (const [resource, namespace, items] of dumped(recording))
      files[`${namespace}/${resource}.${ending}`] = write(listOf(items, resource));
    for (const { namespace } of recording.logs)
      files[`${namespace}/replication-controllers.${ending}`] = write({
        kind: 'ReplicationControllerList',
        apiVersion: 'v1',
        items: [],
      });
    for (const { metadata } of podsOf(recording))
      files[`${metadata.namespace}/${metadata.name}/logs.txt`] = marked(
        recording,
        metadata.namespace ?? '',
        metadata.name,
      );
    return inside('dump', files);
  };

/** What a dump prints: the nodes; of each namespace seven lists in this order, empty ones too, and the pods' logs. */
function printedDump(
  recording: Recording,
  print: (items: readonly Recorded[], kind: string) => unknown,
): string {
  const { objects } = recording;
  const parts = [json(print(objects.get('nodes') ?? [], 'Node')), '\n'];
  for (const { metadata } of objects.get('namespaces') ?? []) {
    const here = (resource: string) =>
      (objects.get(resource) ?? []).filter((one) => one.metadata.namespace === metadata.name);
    for (const [resource, kind] of PRINTED) parts.push(json(print(here(resource), kind)), '\n');
    for (const pod of here('pods')) parts.push(marked(recording, metadata.name, pod.metadata.name));
  }
  return parts.join('');
}
const PRINTED: readonly (readonly [string, string])[] = [
  ['events', 'Event'],
  ['replicationcontrollers', 'ReplicationController'],
  ['services', 'Service'],
  ['daemonsets', 'DaemonSet'],
  ['deployments', 'Deployment'],
  ['replicasets', 'ReplicaSet'],
  ['pods', 'Pod'],
];

/** As kubectl before 1.14 printed it: lists without a kind, in the server's internal form. */
const internalStream = (recording: Recording) => printedDump(recording, internalList);

const stream = (recording: Recording) =>
  printedDump(recording, (items, kind) => ({ ...listOf(items), kind: `${kind}List` }));

const tree = (recording: Recording, write: (value: unknown) => string): Record<string, string> => {
  const files: Record<string, string> = {};
  for (const [resource, namespace, items] of byNamespace(recording, true)) {
    const group = items[0] ? groupOf(items[0]) : (EMPTY_GROUPS[resource] ?? 'core');
    files[`namespaces/${namespace}/${group}/${resource}.yaml`] = write(listOf(items, resource));
  }
  for (const [resource, , items] of byNamespace(recording, false))
    for (const item of items)
      files[`cluster-scoped-resources/${groupOf(item)}/${resource}/${item.metadata.name}.yaml`] = write(item);
  for (const pod of podsOf(recording))
    files[`namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/${pod.metadata.name}.yaml`] =
      write(pod);
  return files;
};
const EMPTY_GROUPS: Readonly<Record<string, string>> = {
  deployments: 'apps',
  replicasets: 'apps',
  jobs: 'batch',
};

/** OpenShift's must-gather: an empty previous.log where there is none. */
const mustGather: Form = (recording) => {
  const files = tree(recording, (value) => `---\n${yaml(value)}`);
  for (const { namespace, pod, container, previous, text } of recording.logs) {
    const logs = `namespaces/${namespace}/pods/${pod}/${container}/${container}/logs`;
    if (!previous) files[`${logs}/previous.log`] ??= '';
    files[`${logs}/${previous ? 'previous' : 'current'}.log`] = text;
    files[`${logs}/previous.insecure.log`] = '';
  }
  files.version = 'openshift/must-gather\n4.20.0\n';
  files.timestamp = '2026-11-22 15:14:00.051395446 +0200 EET m=+1.404430641\n';
  return inside('must-gather.local.1/quay-io-openshift-release', files);
};

/** crust-gather: one file an object. */
const crustGather: Form = (recording) => {
  const files: Record<string, string> = {
    'version.yaml': json({ major: '1', minor: '34', gitVersion: 'v1.34.9' }),
    'collected.timestamp': '2026-11-22T13:14:00Z',
  };
  for (const items of recording.objects.values())
    for (const item of items) {
      const { namespace, name } = item.metadata;
      const folder = `${item.apiVersion.replace('/', '-')}/${item.kind.toLowerCase()}`;
      files[`${namespace ? `namespaces/${namespace}` : 'cluster'}/${folder}/${name}.yaml`] = yaml(item);
    }
  for (const { namespace, pod, container, previous, text } of recording.logs)
    files[`namespaces/${namespace}/v1/pod/${pod}/${container}/${previous ? 'previous' : 'current'}.log`] =
      text;
  for (const { metadata } of recording.objects.get('namespaces') ?? [])
    for (const pod of podMetrics(recording, metadata.name))
      files[`namespaces/${metadata.name}/metrics.k8s.io-v1beta1/podmetrics/${pod.metadata.name}.yaml`] =
        yaml(pod);
  for (const node of nodeMetrics(recording))
    files[`cluster/metrics.k8s.io-v1beta1/nodemetrics/${node.metadata.name}.yaml`] = yaml(node);
  return inside('crust-gather', files);
};

/** Insights: single objects, anonymous events. */
const insights: Form = (recording) => {
  const files: Record<string, string> = { 'insights-operator/gathers.json': '{}' };
  for (const node of recording.objects.get('nodes') ?? [])
    files[`config/node/${node.metadata.name}.json`] = json(node);
  for (const pod of podsOf(recording))
    files[`config/pod/${pod.metadata.namespace}/${pod.metadata.name}.json`] = json(pod);
  for (const { namespace, pod, container, previous, text } of recording.logs)
    files[`config/pod/${namespace}/logs/${pod}/${container}_${previous ? 'previous' : 'current'}.log`] = text;
  files['events/payments.json'] = json({
    items: [
      {
        namespace: 'payments',
        lastTimestamp: '2026-11-22T13:10:00Z',
        reason: 'BackOff',
        message: 'Back-off',
        type: 'Warning',
      },
    ],
  });
  return files;
};

/** support-bundle-kit writes the word "null" for every empty string and every null. */
const supportBundleKit: Form = (recording) => {
  const lossy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(lossy);
    if (!isRecord(value)) return value === '' || value === null ? 'null' : value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lossy(inner)]));
  };
  const files: Record<string, string> = {
    'metadata.yaml': 'projectNamspaceUUID: 1\n',
    'bundleGenerationError.log': '',
  };
  const versionOf = (items: readonly Recorded[]) => items[0]?.apiVersion ?? 'v1';
  for (const [resource, namespace, items] of byNamespace(recording, true))
    files[`yamls/namespaced/${namespace}/${versionOf(items)}/${resource}.yaml`] = yaml(
      lossy(listOf(items, '', 'List')),
    );
  for (const [resource, , items] of byNamespace(recording, false))
    files[`yamls/cluster/${versionOf(items)}/${resource}.yaml`] = yaml(lossy(listOf(items, '', 'List')));
  for (const { namespace, pod, container, previous, text } of recording.logs)
    files[`logs/${namespace}/${pod}/${container}.log${previous ? '.1' : ''}`] = text;
  for (const { metadata } of recording.objects.get('namespaces') ?? [])
    files[`yamls/namespaced/${metadata.name}/metrics.k8s.io/v1beta1/pods.yaml`] = yaml({
      apiVersion: 'v1',
      items: podMetrics(recording, metadata.name),
      kind: 'List',
    });
  files['yamls/cluster/metrics.k8s.io/v1beta1/nodes.yaml'] = yaml({
    apiVersion: 'v1',
    items: nodeMetrics(recording),
    kind: 'List',
  });
  return inside('supportbundle_1_2026-11-22T13-14-00Z', files);
};

/** sonobuoy: lists without a kind; in old versions bare arrays under other names. */
const sonobuoy =
  (old: boolean): Form =>
  (recording) => {
    const files: Record<string, string> = {
      'meta/query-time.json': '[]',
      'serverversion.json': json({ gitVersion: 'v1.34.9' }),
    };
    const name = (items: readonly Recorded[], resource: string) =>
      old
        ? pluralOf(items[0]?.kind ?? resource)
        : `${(items[0]?.apiVersion ?? 'core/v1').replace(/^v1$/, 'core/v1').replace('/', '_')}_${resource}`;
    const content = (items: readonly Recorded[]) =>
      json(old ? items.map(withoutKind) : { metadata: {}, items: items.map(withoutKind) });
    for (const [resource, namespace, items] of byNamespace(recording, true))
      files[`resources/ns/${namespace}/${name(items, resource)}.json`] = content(items);
    for (const [resource, , items] of byNamespace(recording, false))
      files[`resources/cluster/${name(items, resource)}.json`] = content(items);
    for (const { namespace, pod, container, previous, text } of recording.logs)
      if (!previous) files[`podlogs/${namespace}/${pod}/logs/${container}.txt`] = text;
    return files;
  };

function pluralOf(kind: string): string {
  if (/y$/.test(kind)) return kind.replace(/y$/, 'ies');
  return /ss$/.test(kind) ? `${kind}es` : kind.replace(/s?$/, 's');
}

/** Verrazzano: the tree of a dump with more kinds, lists without a kind, previous logs beside the others. */
const verrazzano: Form = (recording) => {
  const files: Record<string, string> = {};
  const names: Readonly<Record<string, string>> = { persistentvolumeclaims: 'pvcs', ingresses: 'ingress' };
  for (const [resource, namespace, items] of byNamespace(recording, true))
    files[`${namespace}/${names[resource] ?? resource}.json`] = json({
      metadata: {},
      items: items.map(withoutKind),
    });
  for (const [resource, , items] of byNamespace(recording, false))
    files[`${resource}.json`] = json({ metadata: {}, items: items.map(withoutKind) });
  for (const { metadata } of podsOf(recording)) {
    const folder = `${metadata.namespace}/${metadata.name}`;
    files[`${folder}/logs.txt`] = marked(recording, metadata.namespace ?? '', metadata.name);
    files[`${folder}/previous-logs.txt`] = marked(recording, metadata.namespace ?? '', metadata.name, true);
  }
  return inside('cluster-snapshot', files);
};

/** Files of `kubectl get -o json|yaml` and `kubectl logs`, named as people name them. */
const loose: Form = (recording) => {
  const files: Record<string, string> = {};
  let number = 0;
  for (const [resource, items] of recording.objects)
    files[`stuff/${resource}${number++ % 2 ? '.json' : '.txt'}`] =
      number % 2 ? yaml(listOf(items, '', 'List')) : json(listOf(items, '', 'List'));
  for (const { pod, container, previous, text } of recording.logs)
    files[`stuff/logs/${pod}_${container}${previous ? '_previous' : ''}.log`] = text;
  return files;
};

function inside(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** What a form may leave out. */
type Lack = 'kinds' | 'previous logs' | 'claims' | 'usage';

/** Every tool's form of a bundle, and what it leaves out. */
export const FORMS: Readonly<Record<string, { form: Form; layout: string; lacks?: readonly Lack[] }>> = {
  troubleshoot: { form: troubleshoot(false), layout: 'troubleshoot' },
  'troubleshoot, old': { form: troubleshoot(true), layout: 'troubleshoot' },
  'cluster-info dump, a folder': {
    form: clusterInfoDump('json'),
    layout: 'cluster-info-dump',
    lacks: ['kinds', 'previous logs', 'usage'],
  },
  'cluster-info dump, a folder of YAML': {
    form: clusterInfoDump('yaml'),
    layout: 'cluster-info-dump',
    lacks: ['kinds', 'previous logs', 'usage'],
  },
  'cluster-info dump, one stream': {
    form: (one) => ({ 'dump.txt': stream(one) }),
    layout: 'cluster-info-dump',
    lacks: ['kinds', 'previous logs', 'usage'],
  },
  'cluster-info dump of kubectl 1.9': {
    form: (one) => ({ 'dump.txt': internalStream(one) }),
    layout: 'cluster-info-dump',
    lacks: ['kinds', 'previous logs', 'usage'],
  },
  'cluster-info dump from PowerShell': {
    form: (one) => ({ 'dump.json': Buffer.from(`\uFEFF${stream(one).replaceAll('\n', '\r\n')}`, 'utf16le') }),
    layout: 'cluster-info-dump',
    lacks: ['kinds', 'previous logs', 'usage'],
  },
  'must-gather': { form: mustGather, layout: 'must-gather', lacks: ['usage'] },
  'crust-gather': { form: crustGather, layout: 'crust-gather', lacks: ['claims'] },
  'support-bundle-kit': { form: supportBundleKit, layout: 'support-bundle-kit' },
  sonobuoy: { form: sonobuoy(false), layout: 'sonobuoy', lacks: ['previous logs', 'usage'] },
  'sonobuoy, old': { form: sonobuoy(true), layout: 'sonobuoy', lacks: ['previous logs', 'usage'] },
  insights: { form: insights, layout: 'insights', lacks: ['kinds', 'usage'] },
  verrazzano: { form: verrazzano, layout: 'verrazzano', lacks: ['usage'] },
  'loose files': { form: loose, layout: 'loose files', lacks: ['claims', 'usage'] },
};
