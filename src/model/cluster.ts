import type { Origin } from './evidence.ts';
import type { Kind, ObjectOf, SHAPES } from './objects.ts';
import type { Ref } from './ref.ts';

/** An object with its kind and the place where it was read; what has no name is not kept. */
export type Stored<T> = T & {
  readonly kind: Kind;
  readonly origin: Origin;
  readonly metadata: { readonly name: string };
};

/** How much of something the bundle holds: the whole, some of it, or nothing because it was not collected. */
type Extent = 'all' | 'some' | 'none';

/** What was collected of one thing; 'all' with no items is 'there is none', 'none' is 'not collected'. */
export type Collected<T> = {
  readonly extent: Extent;
  /** Set when the whole list was collected in these namespaces only. */
  readonly namespaces?: ReadonlySet<string>;
  readonly items: readonly T[];
};

/** The resources of the model by the name that kubectl gives them. */
export const RESOURCES = {
  apiservices: 'APIService',
  configmaps: 'ConfigMap',
  cronjobs: 'CronJob',
  csidrivers: 'CSIDriver',
  csinodes: 'CSINode',
  customresourcedefinitions: 'CustomResourceDefinition',
  daemonsets: 'DaemonSet',
  deployments: 'Deployment',
  endpoints: 'Endpoints',
  endpointslices: 'EndpointSlice',
  helmcharts: 'HelmChart',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  ingressclasses: 'IngressClass',
  ingresses: 'Ingress',
  jobs: 'Job',
  leases: 'Lease',
  limitranges: 'LimitRange',
  mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
  namespaces: 'Namespace',
  networkpolicies: 'NetworkPolicy',
  nodes: 'Node',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  poddisruptionbudgets: 'PodDisruptionBudget',
  pods: 'Pod',
  priorityclasses: 'PriorityClass',
  replicasets: 'ReplicaSet',
  resourcequotas: 'ResourceQuota',
  runtimeclasses: 'RuntimeClass',
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
  services: 'Service',
  statefulsets: 'StatefulSet',
  storageclasses: 'StorageClass',
  validatingwebhookconfigurations: 'ValidatingWebhookConfiguration',
  volumeattachments: 'VolumeAttachment',
} as const satisfies Record<string, keyof typeof SHAPES>;

/** The name of a resource, as in `kubectl get <resource>`. */
export type Resource = keyof typeof RESOURCES;
const BY_KIND: ReadonlyMap<string, Resource> = new Map(
  Object.entries(RESOURCES).map(([resource, kind]) => [kind, resource as Resource]),
);

/** The resource that holds objects of a kind, of those that the model knows. */
export function resourceOfKind(kind: string): Resource | undefined {
  return BY_KIND.get(kind);
}

/** The stored object of a resource. */
export type Of<R extends Resource> = Stored<ObjectOf<(typeof RESOURCES)[R]>>;

/** An event of either API: count, series and the several times brought together. */
export type ClusterEvent = {
  readonly object: Ref;
  /** uid of the object that it is about, when known. */
  readonly uid: string | undefined;
  /** The container that it is about, from fieldPath `spec.containers{name}`. */
  readonly container: string | undefined;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** The component that reported it: kubelet, default-scheduler, … */
  readonly component: string;
  /** The node whose kubelet reported it. */
  readonly node: string | undefined;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly origin: Origin;
};

/** One line of a log, numbered from 1 as in its file; its time is what its own timestamp says, in milliseconds since 1970. */
export type LogLine = { readonly line: number; readonly text: string; readonly time: number | undefined };

/** The lines of a log that one classifier's expressions matched. */
export type LogHit = {
  readonly classifier: string;
  readonly count: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The newest matched lines, oldest first, few. */
  readonly lines: readonly LogLine[];
};

/** Whose log it is: a container's, or a unit's of a node (kubelet, containerd, rke2-server, kernel). */
export type LogOwner =
  | {
      readonly of: 'container';
      readonly namespace: string;
      readonly pod: string;
      /** Unknown when a tool wrote the logs of all containers into one file. */
      readonly container: string | undefined;
      readonly previous: boolean;
    }
  | { readonly of: 'node'; readonly node: string; readonly unit: string };

/** What stays of a log: its ends, the lines that matched, and counts; never the whole. */
export type Log = {
  readonly file: string;
  readonly owner: LogOwner;
  /** Lines of the file that stand before it. */
  readonly before: number;
  readonly lines: number;
  readonly bytes: number;
  readonly hits: readonly LogHit[];
  readonly ends: LogEnds;
};

/** The first and the last lines of a log, made when they are asked for: of most logs nobody asks. */
export type LogEnds = {
  head(): readonly LogLine[];
  tail(): readonly LogLine[];
  /** The last time that the last lines tell, in milliseconds since 1970. */
  last(): number | undefined;
};

/** `kubectl top pods --containers`: CPU in cores, memory in bytes. */
export type ContainerUsage = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly origin: Origin;
};

/** `kubectl top nodes`: CPU in cores, memory in bytes. */
export type NodeUsage = {
  readonly node: string;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly origin: Origin;
};

/** A certificate on a node: dates only, in milliseconds since 1970. */
export type NodeCertificate = {
  readonly node: string;
  readonly path: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
  readonly origin: Origin;
};

/** A file system of a node, from `df`: shares from 0 to 1. */
export type NodeFilesystem = {
  readonly node: string;
  readonly mount: string;
  readonly used: number | undefined;
  readonly inodesUsed: number | undefined;
  /** As `df` printed it. */
  readonly line: string;
  readonly origin: Origin;
};

/** A node's clock against the collector's or its time source: milliseconds that the node is ahead. */
export type NodeClock = { readonly node: string; readonly offset: number; readonly origin: Origin };

/** How one try to collect ended. */
export const COVERAGE_STATUS = ['ok', 'forbidden', 'absent', 'timeout', 'cut', 'error'] as const;
export type CoverageStatus = (typeof COVERAGE_STATUS)[number];
/** What was asked for and how that ended. */
export type Coverage = {
  readonly what: string;
  readonly status: CoverageStatus;
  readonly detail?: string;
  /** The command that asked, where it is known. */
  readonly command?: string;
  /** Where `detail` stands in the bundle. */
  readonly origin?: { readonly file: string; readonly line: number };
};

/** What could not be read, and why. */
export type Problem = { readonly file: string; readonly message: string };

/** What made the cluster, where it changes the advice. */
export const DISTRIBUTIONS = ['rke2', 'k3s', 'kubeadm', 'openshift'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** How each distribution writes its own name. */
export const DISTRIBUTION_NAMES: Readonly<Record<Distribution, string>> = {
  rke2: 'RKE2',
  k3s: 'k3s',
  kubeadm: 'kubeadm',
  openshift: 'OpenShift',
};

/** Everything that the bundle says of the cluster. */
export type Cluster = {
  readonly bundle: {
    readonly name: string;
    readonly layout: string;
    readonly bytes: number;
    readonly files: number;
    /** Milliseconds since 1970: what the bundle says, else its newest time. */
    readonly collectedAt: number | undefined;
  };
  /**
   * The moment at which the cluster is judged, in milliseconds since 1970: the newest time that its own objects and events
   * tell, because the clock of the machine that collected may be wrong; else the bundle's time.
   */
  readonly time: number | undefined;
  readonly version: string | undefined;
  readonly distribution: Distribution | undefined;
  readonly objects: { readonly [R in Resource]: Collected<Of<R>> };
  readonly events: Collected<ClusterEvent>;
  readonly logs: Collected<Log>;
  readonly containerUsage: Collected<ContainerUsage>;
  readonly nodeUsage: Collected<NodeUsage>;
  readonly certificates: Collected<NodeCertificate>;
  readonly filesystems: Collected<NodeFilesystem>;
  readonly clocks: Collected<NodeClock>;
  readonly coverage: readonly Coverage[];
  readonly problems: readonly Problem[];
  /** Files that nothing reads, by what they seem to be. */
  readonly unread: ReadonlyMap<string, readonly string[]>;
};

/** Whether nothing was collected that tells of a cluster: no object, event or log, and no fact of a node. */
export function isBlank(cluster: Cluster): boolean {
  const { objects, events, logs, containerUsage, nodeUsage, certificates, filesystems, clocks } = cluster;
  const facts = [events, logs, containerUsage, nodeUsage, certificates, filesystems, clocks];
  return [...Object.values(objects), ...facts].every(({ extent }) => extent === 'none');
}
