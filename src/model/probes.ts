import type { ContainerFact } from './containers.ts';
import { type Evidence, fieldEvidence } from './evidence.ts';
import type { Container, Probe } from './objects/container.ts';
import type { IntOrString } from './objects/metadata.ts';
import { refKey, refOf } from './ref.ts';
import type { Signal } from './signal.ts';

/** The three questions that the kubelet asks a container. */
export type ProbeKind = 'liveness' | 'readiness' | 'startup';

/** The probe that a container declares for a question. */
export function probeOf(spec: Container | undefined, kind: ProbeKind): Probe | undefined {
  return spec?.[`${kind}Probe`];
}

/** The number of a probe's port; a name is looked up among the container's ports. */
export function probePort(probe: Probe, spec: Container | undefined): number | undefined {
  const port = portOf(probe);
  if (typeof port !== 'string') return port;
  if (/^\d+$/.test(port)) return Number(port);
  return spec?.ports.find(({ name }) => name === port)?.containerPort;
}

function portOf({ httpGet, tcpSocket, grpc }: Probe): IntOrString | undefined {
  return httpGet?.port ?? tcpSocket?.port ?? grpc?.port;
}

/** A probe as people write it: `GET :8080/ready`, `TCP :9000`, `exec cat /tmp/ok`. */
export function describeProbe(probe: Probe): string {
  const { httpGet, exec, grpc } = probe;
  const port = portOf(probe) ?? '?';
  if (exec) return `exec ${exec.command.join(' ')}`.slice(0, 120);
  if (httpGet) {
    const secure = httpGet.scheme === 'HTTPS' ? 'https ' : '';
    return `${secure}GET ${httpGet.host ?? ''}:${port}${httpGet.path ?? '/'}`;
  }
  return `${grpc ? 'gRPC' : 'TCP'} :${port}`;
}

/** How long a probe may fail from the start of the container until it has an effect, in seconds. */
export function patienceOf({ initialDelaySeconds, periodSeconds, failureThreshold }: Probe): number {
  return (initialDelaySeconds ?? 0) + (periodSeconds ?? 10) * (failureThreshold ?? 3);
}

/** Where a container declares a probe. */
export function probeEvidence({ pod, specPath }: ContainerFact, kind: ProbeKind, probe: Probe): Evidence {
  const times = `first after ${probe.initialDelaySeconds ?? 0}s, every ${probe.periodSeconds ?? 10}s, timeout ${probe.timeoutSeconds ?? 1}s, ${probe.failureThreshold ?? 3} failures`;
  const excerpt = `${kind}Probe: ${describeProbe(probe)}, ${times}`;
  return fieldEvidence(pod.origin, `${specPath}.${kind}Probe`, excerpt);
}

const UNHEALTHY: Readonly<Record<ProbeKind, RegExp>> = {
  liveness: /^Liveness probe (?:failed|errored)[^:]*: ?/,
  readiness: /^Readiness probe (?:failed|errored)[^:]*: ?/,
  startup: /^Startup probe (?:failed|errored)[^:]*: ?/,
};
const KILLED: Readonly<Record<Exclude<ProbeKind, 'readiness'>, RegExp>> = {
  liveness: /failed liveness probe, will be restarted|is unhealthy, it will be killed and re-created/,
  startup: /failed startup probe, will be restarted/,
};

/** Events by the pod that they are about, brought together once for all containers. */
const eventsByPod = new WeakMap<readonly Signal[], ReadonlyMap<string, readonly Signal[]>>();

function groupedByPod(signals: readonly Signal[]): ReadonlyMap<string, readonly Signal[]> {
  const known = eventsByPod.get(signals);
  if (known) return known;
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    if (signal.place !== 'event' || signal.object.kind !== 'Pod') continue;
    const key = refKey(signal.object);
    const group = groups.get(key);
    if (group) group.push(signal);
    else groups.set(key, [signal]);
  }
  eventsByPod.set(signals, groups);
  return groups;
}

/** The events about one container of a pod; one that names no container is about the only one. */
function eventsAbout({ pod, name }: ContainerFact, signals: readonly Signal[]): readonly Signal[] {
  const key = refKey(refOf(pod));
  const alone = pod.spec.containers.length === 1;
  const events = groupedByPod(signals).get(key) ?? [];
  return events.filter(({ container }) => container === name || (container === undefined && alone));
}

/** The newest event that says that a probe of the container failed. */
export function failureOf(
  fact: ContainerFact,
  kind: ProbeKind,
  signals: readonly Signal[],
): { readonly signal: Signal; readonly answer: string } | undefined {
  let newest: Signal | undefined;
  for (const signal of eventsAbout(fact, signals))
    if (UNHEALTHY[kind].test(signal.text) && (signal.last ?? 0) >= (newest?.last ?? 0)) newest = signal;
  return newest && { signal: newest, answer: newest.text.replace(UNHEALTHY[kind], '').split('\n')[0] ?? '' };
}

/** The newest event that says that the kubelet restarts the container because of a probe. */
export function killingOf(
  fact: ContainerFact,
  kind: keyof typeof KILLED,
  signals: readonly Signal[],
): Signal | undefined {
  let newest: Signal | undefined;
  for (const signal of eventsAbout(fact, signals))
    if (KILLED[kind].test(signal.text) && (signal.last ?? 0) >= (newest?.last ?? 0)) newest = signal;
  return newest;
}
