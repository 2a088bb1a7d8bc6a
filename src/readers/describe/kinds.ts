import type { Text } from './common.ts';
import type { Draft } from './draft.ts';
import { readCronJob, readJob } from './jobs.ts';
import {
  readKeys,
  readLimitRange,
  readNamespace,
  readPriorityClass,
  readQuota,
  readServiceAccount,
} from './namespaced.ts';
import {
  readEndpointSlice,
  readEndpoints,
  readIngress,
  readIngressClass,
  readNetworkPolicy,
  readService,
  readServiceEndpoints,
} from './network.ts';
import { readLease, readNode } from './node.ts';
import { type Outline, saidAt, sectionOf } from './outline.ts';
import { readPod } from './pod.ts';
import { readAutoscaler, readDisruptionBudget } from './scaling.ts';
import { readClaim, readStorageClass, readVolume } from './storage.ts';
import { readUnstructured } from './unstructured.ts';
import { readDaemonSet, readDeployment, readReplicaSet, readStatefulSet } from './workloads.ts';

/** How the text of one kind is known and read. */
type KindText = {
  /** Whether a text is of this kind; the first kind that says yes is right. */
  readonly tells: (outline: Outline) => boolean;
  /** What the text says: first the object itself, then what is shown aside. */
  readonly read: readonly ((text: Text) => Draft | undefined)[];
};

const has =
  (...keys: readonly string[]) =>
  (outline: Outline) =>
    keys.every((key) => sectionOf(outline, key));
const hasLine = (pattern: RegExp) => (outline: Outline) =>
  outline.lines.some(({ text }) => pattern.test(text));
const says = (key: string, pattern: RegExp) => (outline: Outline) =>
  pattern.test(sectionOf(outline, key)?.value ?? '');
const isKind = (kind: string) => (outline: Outline) =>
  has('API Version')(outline) && saidAt(outline, 'Kind') === kind;

/** The kinds whose descriptions are read, told by what only they print. */
export const KINDS: ReadonlyMap<string, KindText> = new Map<string, KindText>([
  ['Pod', { tells: has('Node', 'Status'), read: [readPod] }],
  ['Node', { tells: has('System Info'), read: [readNode, readLease] }],
  ['Deployment', { tells: has('StrategyType'), read: [readDeployment] }],
  ['DaemonSet', { tells: has('Desired Number of Nodes Scheduled'), read: [readDaemonSet] }],
  ['StatefulSet', { tells: says('Replicas', /desired \| \d+ total$/), read: [readStatefulSet] }],
  ['ReplicaSet', { tells: says('Replicas', /current \/ \d+ desired/), read: [readReplicaSet] }],
  ['CronJob', { tells: has('Schedule', 'Concurrency Policy'), read: [readCronJob] }],
  ['Job', { tells: has('Parallelism', 'Pod Template'), read: [readJob] }],
  ['Service', { tells: has('Session Affinity', 'Type'), read: [readService, readServiceEndpoints] }],
  ['Endpoints', { tells: has('Subsets'), read: [readEndpoints] }],
  ['EndpointSlice', { tells: has('AddressType'), read: [readEndpointSlice] }],
  ['PersistentVolume', { tells: has('Reclaim Policy', 'Claim'), read: [readVolume] }],
  ['PersistentVolumeClaim', { tells: has('StorageClass', 'Volume'), read: [readClaim] }],
  ['StorageClass', { tells: has('Provisioner'), read: [readStorageClass] }],
  ['Ingress', { tells: has('Rules', 'Address'), read: [readIngress] }],
  ['IngressClass', { tells: has('Controller'), read: [readIngressClass] }],
  ['HorizontalPodAutoscaler', { tells: has('Reference', 'Max replicas'), read: [readAutoscaler] }],
  ['ResourceQuota', { tells: hasLine(/^Resource +Used +Hard/), read: [readQuota] }],
  ['LimitRange', { tells: hasLine(/^Type +Resource +Min/), read: [readLimitRange] }],
  ['ServiceAccount', { tells: has('Mountable secrets'), read: [readServiceAccount] }],
  ['Secret', { tells: has('Data', 'Type'), read: [readKeys] }],
  ['ConfigMap', { tells: has('Data'), read: [readKeys] }],
  ['PriorityClass', { tells: has('Value', 'GlobalDefault'), read: [readPriorityClass] }],
  ['PodDisruptionBudget', { tells: hasLine(/^ +Allowed disruptions:/), read: [readDisruptionBudget] }],
  ['NetworkPolicy', { tells: hasLine(/^ {2}PodSelector:/), read: [readNetworkPolicy] }],
  ['Namespace', { tells: says('Status', /^(?:Active|Terminating)$/), read: [readNamespace] }],
  ...[
    'APIService',
    'Event',
    'Lease',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
    'RuntimeClass',
    'VolumeAttachment',
    'HelmChart',
  ].map((kind): [string, KindText] => [kind, { tells: isKind(kind), read: [readUnstructured] }]),
]);

/** The kind of object that a text describes, where the text tells. */
export function kindOf(outline: Outline): string | undefined {
  const kind = has('API Version')(outline) ? saidAt(outline, 'Kind') : undefined;
  if (kind) return kind;
  for (const [name, { tells }] of KINDS) if (tells(outline)) return name;
  return undefined;
}
