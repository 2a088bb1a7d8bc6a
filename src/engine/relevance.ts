import { type ClusterEvent, type Of, resourceOfKind } from '../model/cluster.ts';
import { isTrue } from '../model/conditions.ts';
import {
  type ContainerFact,
  containersOf,
  isAwaitingTurn,
  isFinished,
  isReady,
  isUnwell,
} from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import type { Ref } from '../model/ref.ts';
import { parseTime } from '../model/time.ts';

/**
 * Whether a pod's texts can still tell of a failure: it is not done, not being deleted, not a failed one whose owner has what
 * it wants without it, and something is not well.
 */
export function isPodRelevant(
  pod: Of<'pods'>,
  containers: readonly ContainerFact[],
  joins: Joins,
  time: number | undefined,
): boolean {
  if (isFinished(pod) || pod.metadata.deletionTimestamp) return false;
  if (pod.status.phase === 'Failed' && isReplaced(pod, joins)) return false;
  return !isReady(pod) || containers.some((container) => isUnwell(container, time));
}

/** Failed pods stay listed for long; what happened to them is past once their owner is whole again. */
function isReplaced(pod: Of<'pods'>, joins: Joins): boolean {
  const job = pod.metadata.ownerReferences.find((owner) => owner.kind === 'Job')?.name;
  if (job !== undefined) return LACKING.get('Job')?.(joins, pod.metadata.namespace, job, undefined) === false;
  const { kind, namespace, name } = joins.workloadOf(pod);
  if (kind === 'Pod') return false;
  return LACKING.get(kind)?.(joins, namespace, name, undefined) === false || isSucceeded(pod, joins);
}

/** When the newest running pod of a workload was made. */
const newestRunning = new WeakMap<readonly Of<'pods'>[], number>();

/** Whether a later pod of the same workload runs: whatever the workload still lacks, this pod is not what it lacks. */
function isSucceeded(pod: Of<'pods'>, joins: Joins): boolean {
  const pods = joins.podsOf(joins.workloadOf(pod));
  const newest = newestRunning.get(pods) ?? newestOf(pods.filter(({ status }) => status.phase === 'Running'));
  newestRunning.set(pods, newest);
  return newest > (parseTime(pod.metadata.creationTimestamp) ?? 0);
}

function newestOf(pods: readonly Of<'pods'>[]): number {
  return pods.reduce(
    (newest, { metadata }) => Math.max(newest, parseTime(metadata.creationTimestamp) ?? 0),
    0,
  );
}

/** Whether an object still lacks what it should have, as far as its status tells; one that is gone lacks nothing. */
export function isLacking(joins: Joins, event: ClusterEvent): boolean {
  const { kind, namespace, name } = event.object;
  const lacks = LACKING.get(kind);
  return lacks ? lacks(joins, namespace, name, event) : !isGone(event.object, joins);
}

function isGone({ kind, namespace, name }: Ref, joins: Joins): boolean {
  const resource = resourceOfKind(kind);
  return (
    resource !== undefined &&
    [namespace, undefined].every((place) => joins.find(resource, place, name) === 'absent')
  );
}

const WORKLOADS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']);

/** Whether an object is a workload that has all it wants: conditions that it still shows are of before. */
export function isWhole(joins: Joins, { kind, namespace, name }: Ref): boolean {
  return WORKLOADS.has(kind) && LACKING.get(kind)?.(joins, namespace, name, undefined) === false;
}

type Lacks = (
  joins: Joins,
  namespace: string | undefined,
  name: string,
  event: ClusterEvent | undefined,
) => boolean;

/** What was collected decides; an object that is gone lacks nothing; one that was not collected may lack all. */
function when<T>(found: T | 'absent' | 'unknown', lacks: (object: T) => boolean): boolean {
  if (found === 'absent') return false;
  return found === 'unknown' || lacks(found as T);
}

const LACKING: ReadonlyMap<string, Lacks> = new Map(
  Object.entries({
    ReplicaSet: (joins, namespace, name) =>
      when(joins.find('replicasets', namespace, name), isReplicaSetLacking),
    Deployment: (joins, namespace, name) =>
      when(
        joins.find('deployments', namespace, name),
        // While a rollout waits, enough old pods may be ready; those that it still wants count as unavailable.
        ({ spec, status }) =>
          (status.readyReplicas ?? 0) < (spec.replicas ?? 1) || (status.unavailableReplicas ?? 0) > 0,
      ),
    StatefulSet: (joins, namespace, name) =>
      when(
        joins.find('statefulsets', namespace, name),
        ({ spec, status }) => (status.readyReplicas ?? 0) < (spec.replicas ?? 1),
      ),
    DaemonSet: (joins, namespace, name) =>
      when(
        joins.find('daemonsets', namespace, name),
        ({ status }) => (status.numberReady ?? 0) < (status.desiredNumberScheduled ?? 0),
      ),
    Job: (joins, namespace, name) =>
      when(joins.find('jobs', namespace, name), (job) => isJobLacking(job, joins)),
    PersistentVolumeClaim: (joins, namespace, name) =>
      when(joins.find('persistentvolumeclaims', namespace, name), ({ status }) => status.phase !== 'Bound'),
    Node: (joins, _namespace, name, event) =>
      when(joins.find('nodes', undefined, name), (node) => event === undefined || !isSinceReady(node, event)),
    HorizontalPodAutoscaler: (joins, namespace, name) =>
      when(joins.find('horizontalpodautoscalers', namespace, name), ({ status }) =>
        status.conditions.some(({ type, status: is }) => type !== 'ScalingLimited' && is === 'False'),
      ),
  }),
);

/** An old revision wants no replicas: what failed for it is past. */
function isReplicaSetLacking({ spec, status }: Of<'replicasets'>): boolean {
  return (spec.replicas ?? 1) > 0 && (status.readyReplicas ?? 0) < (spec.replicas ?? 1);
}

/** A Job lacks nothing once it is complete, or once a later Job of its CronJob is. */
function isJobLacking(job: Of<'jobs'>, joins: Joins): boolean {
  const cronJob = cronJobOf(job);
  const later = ({ metadata }: Of<'jobs'>) =>
    (parseTime(metadata.creationTimestamp) ?? 0) > (parseTime(job.metadata.creationTimestamp) ?? 0);
  if (isComplete(job)) return false;
  return (
    cronJob === undefined ||
    !joins
      .inNamespace('jobs', job.metadata.namespace)
      .some((other) => cronJobOf(other) === cronJob && isComplete(other) && later(other))
  );
}

function isComplete({ status }: Of<'jobs'>): boolean {
  return isTrue(status.conditions, 'Complete');
}

function cronJobOf({ metadata }: Of<'jobs'>): string | undefined {
  return metadata.ownerReferences.find(({ kind }) => kind === 'CronJob')?.name;
}

const TEN_MINUTES = 600_000;

/**
 * Whether a ready node has left behind what an event or its journal says of it: one of its conditions turned good afterwards, or it was said for the
 * last time more than ten minutes ago, because a kubelet repeats what still holds.
 */
export function isOverAtNode(
  { object, last }: Pick<ClusterEvent, 'object' | 'last'>,
  joins: Joins,
  time: number | undefined,
): boolean {
  const node = joins.find('nodes', undefined, object.name);
  if (typeof node === 'string' || last === undefined || joins.unreadyNodes().has(object.name)) return false;
  const turned = node.status.conditions.map(({ lastTransitionTime }) => parseTime(lastTransitionTime) ?? 0);
  return turned.some((moment) => moment >= last) || (time !== undefined && time - last > TEN_MINUTES);
}

/** The node became ready after this was said. */
function isSinceReady(node: Of<'nodes'>, event: ClusterEvent): boolean {
  const ready = node.status.conditions.find(({ type }) => type === 'Ready');
  const since = parseTime(ready?.lastTransitionTime);
  return ready?.status === 'True' && since !== undefined && event.last !== undefined && event.last <= since;
}

/** Reasons for which a node is not ready, told of each pod that waits for it. */
const OF_NODE = new Set(['NetworkNotReady']);

/** Whether an event of a pod means its node, and that one became ready afterwards. */
export function isOfNodeReadySince(event: ClusterEvent, joins: Joins): boolean {
  if (!OF_NODE.has(event.reason) || event.node === undefined) return false;
  const node = joins.find('nodes', undefined, event.node);
  return typeof node !== 'string' && isSinceReady(node, event);
}

/** What hinders a pod before its first container can be made. */
const BEFORE_CONTAINERS = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);

/** Whether the pod has got past mounting since: its sandbox is up, or a container waits for what comes after. */
function isMounted(
  { status }: Of<'pods'>,
  containers: readonly ContainerFact[],
  moment: number | undefined,
): boolean {
  const ready = status.conditions.find(({ type }) => type === 'PodReadyToStartContainers');
  if (ready?.status === 'True')
    return (moment ?? 0) <= (parseTime(ready.lastTransitionTime) ?? Number.POSITIVE_INFINITY);
  return (
    !ready &&
    containers.some(
      ({ state, status: is }) => state === 'waiting' && !isAwaitingTurn(is?.state.waiting?.reason),
    )
  );
}

/**
 * Whether what an event says of a pod was over before the bundle was made: the container that it is about, or for
 * events about the whole pod every container, is up and well, or has started after the event.
 */
export function isPast(
  event: Pick<ClusterEvent, 'object' | 'component' | 'reason' | 'container' | 'last'>,
  pod: Of<'pods'>,
  joins: Joins,
  time: number | undefined,
): boolean {
  if (event.component === 'kubelet' && isFromBeforeReady(event, pod, joins)) return true;
  const containers = containersOf(pod).filter(({ role }) => role !== 'ephemeral');
  const concerned = event.container ? containers.filter(({ name }) => name === event.container) : containers;
  if (event.component === 'default-scheduler') return Boolean(pod.spec.nodeName);
  if (concerned.length === 0) return false;
  if (BEFORE_CONTAINERS.has(event.reason) && isMounted(pod, concerned, event.last)) return true;
  if (event.container)
    return concerned.every((container) => !isUnwell(container, time) && container.state !== 'waiting');
  return concerned.every((container) => hasStartedSince(container, event.last));
}

/** What a pod must get past before a container of it can start. */
const BEFORE_START = new Set([...BEFORE_CONTAINERS, 'FailedScheduling', 'FailedCreatePodSandBox']);

/** Of a pod that only its events tell of: whether a container has started after what kept it from starting. */
export function isPastByEvents({ object, reason, last }: ClusterEvent, joins: Joins): boolean {
  if (!BEFORE_START.has(reason) || last === undefined) return false;
  return joins.eventsOf(object).some((later) => later.reason === 'Started' && (later.last ?? 0) >= last);
}

function hasStartedSince({ status, ended }: ContainerFact, moment: number | undefined): boolean {
  const started = parseTime(status?.state.running?.startedAt) ?? parseTime(ended?.startedAt);
  return started !== undefined && (moment === undefined || started >= moment);
}

/** Said before the node became ready, and the kubelet has said something newer of the pod since. */
function isFromBeforeReady(
  event: Pick<ClusterEvent, 'object' | 'last'>,
  pod: Of<'pods'>,
  joins: Joins,
): boolean {
  const node = pod.spec.nodeName ? joins.find('nodes', undefined, pod.spec.nodeName) : 'unknown';
  if (typeof node === 'string' || event.last === undefined) return false;
  const ready = node.status.conditions.find(({ type, status }) => type === 'Ready' && status === 'True');
  const since = parseTime(ready?.lastTransitionTime);
  if (since === undefined || event.last >= since) return false;
  return joins
    .eventsOf(event.object)
    .some(({ last, component }) => component === 'kubelet' && (last ?? 0) > since);
}
