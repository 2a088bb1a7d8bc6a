import type { Of } from './cluster.ts';
import { isTrue } from './conditions.ts';
import type { Container } from './objects/container.ts';
import type { ContainerStatus, Pod, Terminated } from './objects/pod.ts';
import { elapsed } from './time.ts';

/** What a container is for; a sidecar is an init container that keeps running. */
type ContainerRole = 'init' | 'sidecar' | 'app' | 'ephemeral';

/** A container of a pod with its state brought together. */
export type ContainerFact = {
  readonly pod: Of<'pods'>;
  readonly name: string;
  readonly role: ContainerRole;
  /** Missing when only the status was collected. */
  readonly spec: Container | undefined;
  /** Missing while the kubelet has said nothing of it. */
  readonly status: ContainerStatus | undefined;
  /** Field path of its status in the pod: `status.containerStatuses[0]`. */
  readonly statusPath: string;
  /** Field path of its specification in the pod: `spec.containers[0]`. */
  readonly specPath: string;
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  readonly ready: boolean;
  readonly restarts: number;
  /** Why it last stopped: the present terminated state, else the state before. */
  readonly ended: Terminated | undefined;
  /** Field path of `ended` in the pod. */
  readonly endedPath: string;
};

const MANY_RESTARTS = 3;
const SETTLED = 600_000;

const known = new WeakMap<Of<'pods'>, readonly ContainerFact[]>();

/** Every container of a pod, init containers first, in the order of the specification. */
export function containersOf(pod: Of<'pods'>): readonly ContainerFact[] {
  const before = known.get(pod);
  if (before) return before;
  const { spec, status } = pod;
  const containers = [
    ...gather(pod, 'initContainers', spec.initContainers, status.initContainerStatuses),
    ...gather(pod, 'containers', spec.containers, status.containerStatuses),
    ...gather(pod, 'ephemeralContainers', spec.ephemeralContainers, status.ephemeralContainerStatuses),
  ];
  known.set(pod, containers);
  return containers;
}

const STATUS_FIELDS = {
  initContainers: 'initContainerStatuses',
  containers: 'containerStatuses',
  ephemeralContainers: 'ephemeralContainerStatuses',
} as const;

function gather(
  pod: Of<'pods'>,
  field: keyof typeof STATUS_FIELDS,
  specs: readonly Container[],
  statuses: readonly ContainerStatus[],
): ContainerFact[] {
  const names = new Set<string>();
  for (const { name } of [...specs, ...statuses]) if (name) names.add(name);
  return [...names].map((name) => {
    const specIndex = specs.findIndex((spec) => spec.name === name);
    const statusIndex = statuses.findIndex((status) => status.name === name);
    return toFact(pod, name, field, specs[specIndex], specIndex, statuses[statusIndex], statusIndex);
  });
}

function toFact(
  pod: Of<'pods'>,
  name: string,
  field: keyof typeof STATUS_FIELDS,
  spec: Container | undefined,
  specIndex: number,
  status: ContainerStatus | undefined,
  statusIndex: number,
): ContainerFact {
  const statusPath = statusIndex < 0 ? 'status' : `status.${STATUS_FIELDS[field]}[${statusIndex}]`;
  const now = status?.state.terminated;
  return {
    pod,
    name,
    role: roleOf(field, spec),
    spec,
    status,
    statusPath,
    specPath: specIndex < 0 ? 'spec' : `spec.${field}[${specIndex}]`,
    state: stateOf(status),
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    ended: now ?? status?.lastState.terminated,
    endedPath: `${statusPath}.${now ? 'state' : 'lastState'}.terminated`,
  };
}

function roleOf(field: keyof typeof STATUS_FIELDS, spec: Container | undefined): ContainerRole {
  if (field === 'containers') return 'app';
  if (field === 'ephemeralContainers') return 'ephemeral';
  return spec?.restartPolicy === 'Always' ? 'sidecar' : 'init';
}

function stateOf(status: ContainerStatus | undefined): ContainerFact['state'] {
  if (status?.state.terminated) return 'terminated';
  if (status?.state.running) return 'running';
  return status?.state.waiting ? 'waiting' : 'unknown';
}

/** Whether the pod has done its work: it needs nothing more, whatever its containers say. */
export function isFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded';
}

/** Whether the pod's Ready condition is true. */
export function isReady(pod: Pod): boolean {
  return isTrue(pod.status.conditions, 'Ready');
}

/**
 * Whether something is wrong with a container now: it waits for a reason other than its turn, has failed,
 * runs without being ready, is an init container that does not come to its end, or keeps failing and has only just been started again.
 */
export function isUnwell(container: ContainerFact, time: number | undefined): boolean {
  const { pod, role, state, status, ended } = container;
  if (isFinished(pod) || role === 'ephemeral') return false;
  if (state === 'waiting') return !isAwaitingTurn(status?.state.waiting?.reason);
  if (state === 'terminated') return isFailedEnd(container);
  if (state !== 'running') return false;
  if (role === 'init' ? hasRunFor(container, time, LONG_FOR_INIT) : !container.ready) return true;
  return container.restarts >= MANY_RESTARTS && (ended?.exitCode ?? 0) !== 0 && !hasSettled(container, time);
}

/** What is meant to run for ever may end well once: the kubelet starts it again at once. */
function isFailedEnd({ pod, role, ended, restarts }: ContainerFact): boolean {
  return (ended?.exitCode ?? 0) !== 0 || (role === 'app' && restartsAlways(pod) && restarts > 0);
}

/** Whether a container has run for as long as the kubelet wants to see before it forgets earlier failures. */
export function hasSettled(container: ContainerFact, time: number | undefined): boolean {
  return hasRunFor(container, time, SETTLED);
}

/** An init container that runs longer than this holds its pod back: it waits for something. */
const LONG_FOR_INIT = 120_000;

function hasRunFor({ status }: ContainerFact, time: number | undefined, span: number): boolean {
  return (elapsed(status?.state.running?.startedAt, time) ?? 0) > span;
}

/** Whether the pod's containers are meant to run for ever; the default when the specification does not say. */
export function restartsAlways(pod: Pod): boolean {
  return (pod.spec.restartPolicy ?? 'Always') === 'Always';
}

/** Whether a waiting reason only says that the container's turn has not come. */
export function isAwaitingTurn(reason: string | undefined): boolean {
  return reason === undefined || reason === 'PodInitializing' || reason === 'ContainerCreating';
}

/** Whether a container ended less than `span` milliseconds before the bundle was made; an unknown time counts as recent. */
export function endedWithin(ended: Terminated | undefined, time: number | undefined, span: number): boolean {
  return (elapsed(ended?.finishedAt, time) ?? 0) <= span;
}
