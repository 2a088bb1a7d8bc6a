import type { Noise } from '../classifier.ts';
import type { Cluster, ClusterEvent, Log, Of } from '../model/cluster.ts';
import {
  type ContainerFact,
  containersOf,
  endedWithin,
  isAwaitingTurn,
  isUnwell,
} from '../model/containers.ts';
import { eventEvidence, fieldEvidence, lineEvidence, type Origin } from '../model/evidence.ts';
import type { Joins } from '../model/joins.ts';
import type { Condition } from '../model/objects/metadata.ts';
import type { Terminated } from '../model/objects/pod.ts';
import { type Ref, refOf, refTo } from '../model/ref.ts';
import type { Signal } from '../model/signal.ts';
import { parseTime } from '../model/time.ts';
import { cleanText } from './clean.ts';
import { createJournalIndex } from './journal.ts';
import {
  isLacking,
  isOfNodeReadySince,
  isOverAtNode,
  isPast,
  isPastByEvents,
  isPodRelevant,
  isWhole,
} from './relevance.ts';
import { createSieve } from './sieve.ts';

const DAY = 86_400_000;
/** Only the end of a log tells why a container ended. */
const LAST_LINES = 200;

/** Every text of the cluster that may tell of a failure that is not over, noise left out. */
export function signalsOf(cluster: Cluster, joins: Joins, noise: readonly Noise[]): Signal[] {
  const signals: Signal[] = [];
  const isNoise = createNoiseTest(noise);
  for (const signal of [
    ...podSignals(cluster, joins),
    ...eventSignals(cluster, joins),
    ...conditionSignals(cluster, joins),
    ...journalSignals(cluster, joins),
  ])
    if (!isNoise(signal)) signals.push(signal);
  return signals;
}

/** The test whether a text means no failure wherever it stands. */
export function createNoiseTest(noise: readonly Noise[]): (signal: Signal) => boolean {
  const sieve = createSieve(noise.flatMap(({ any }) => any));
  return ({ place, text }) => {
    const likely = sieve(text);
    return noise.some(
      ({ in: places, any }) =>
        places.includes(place) && any.some((pattern) => likely.has(pattern) && pattern.test(text)),
    );
  };
}

function* podSignals(cluster: Cluster, joins: Joins): Iterable<Signal> {
  const time = cluster.time;
  for (const pod of cluster.objects.pods.items) {
    const containers = containersOf(pod);
    if (!isPodRelevant(pod, containers, joins, time)) continue;
    yield* podStatusSignals(pod);
    for (const container of containers) {
      if (!isUnwell(container, time)) continue;
      yield* stateSignals(container, time);
      for (const log of joins.logsOf(pod, container.name)) yield* logSignals(log, container);
    }
  }
}

function* podStatusSignals(pod: Of<'pods'>): Iterable<Signal> {
  const { reason, message, conditions } = pod.status;
  const about = { object: refOf(pod), pod };
  if (reason || message)
    yield said('condition', about, reason ?? '', message ?? '', pod.origin, 'status.message');
  for (const [index, condition] of conditions.entries())
    if (isBad(condition)) yield conditionSignal(condition, `status.conditions[${index}]`, about, pod.origin);
}

function* stateSignals(container: ContainerFact, time: number | undefined): Iterable<Signal> {
  const { pod, name, status, state, statusPath, ended, endedPath } = container;
  const about = { object: refOf(pod), pod, container: name };
  const waiting = status?.state.waiting;
  if (waiting && !isAwaitingTurn(waiting.reason))
    yield said(
      'waiting',
      about,
      waiting.reason ?? '',
      waiting.message ?? '',
      pod.origin,
      `${statusPath}.state.waiting`,
    );
  if (!ended || (state === 'running' && !endedWithin(ended, time, DAY))) return;
  const finished = parseTime(ended.finishedAt);
  yield {
    ...said('terminated', about, ended.reason ?? '', terminatedText(ended), pod.origin, endedPath),
    first: finished,
    last: finished,
  };
}

/** The text of a terminated state, as `kubectl describe` words it. */
function terminatedText({ reason, exitCode, signal, message }: Terminated): string {
  const lines = [`Reason: ${reason ?? ''}`, `Exit Code: ${exitCode ?? ''}`];
  if (signal) lines.push(`Signal: ${signal}`);
  if (message) lines.push(`Message: ${message}`);
  return lines.join('\n');
}

function* logSignals(log: Log, { pod, name }: ContainerFact): Iterable<Signal> {
  yield* hitSignals(
    log,
    'log',
    { object: refOf(pod), pod, container: name },
    log.before + log.lines - LAST_LINES,
  );
}

/** What the kubelet and the runtime log of a pod is about that pod, as an event would be, which is kept for an hour only. */
function* journalSignals(cluster: Cluster, joins: Joins): Iterable<Signal> {
  const named = createJournalIndex(cluster, joins);
  for (const log of cluster.logs.items) {
    const { owner } = log;
    if (owner.of !== 'node') continue;
    for (const signal of hitSignals(log, 'journal', { object: refTo('Node', undefined, owner.node) }, 0)) {
      const [group = ''] = (signal.classifier ?? '').split('/');
      const pods = OF_NODES.has(group) ? undefined : named(signal.evidence.excerpt, owner.node, group);
      if (pods === undefined) yield { ...signal, over: isOverAtNode(signal, joins, cluster.time) };
      for (const { pod, container } of pods ?? [])
        if (isStillSaid(signal, pod, container, joins, cluster.time))
          yield { ...signal, object: refOf(pod), pod, container };
    }
  }
}

/** A node that is not well says so on the occasion of its pods. */
const OF_NODES = new Set(['node', 'control-plane', 'memory']);

function isStillSaid(
  { last }: Signal,
  pod: Of<'pods'>,
  container: string | undefined,
  joins: Joins,
  time: number | undefined,
): boolean {
  if (pod.metadata.deletionTimestamp || !isPodRelevant(pod, containersOf(pod), joins, time)) return false;
  const said = { object: refOf(pod), component: 'kubelet', reason: '', container, last };
  return !isPast(said, pod, joins, time);
}

function* hitSignals(log: Log, place: 'log' | 'journal', about: About, after: number): Iterable<Signal> {
  for (const hit of log.hits)
    for (const kept of hit.lines) {
      if (kept.line <= after) continue;
      yield {
        place,
        reason: '',
        text: cleanText(kept.text),
        object: about.object,
        pod: about.pod,
        container: about.container,
        evidence: lineEvidence(log.file, kept),
        count: hit.count,
        first: hit.first,
        last: kept.time ?? hit.last,
        classifier: hit.classifier,
      };
    }
}

function* eventSignals(cluster: Cluster, joins: Joins): Iterable<Signal> {
  for (const event of cluster.events.items) {
    if (event.object.kind !== 'Pod') {
      const over = event.object.kind === 'Node' && isOverAtNode(event, joins, cluster.time);
      if (isLacking(joins, event)) yield { ...eventSignal(event, undefined), over };
      continue;
    }
    const pod = joins.find('pods', event.object.namespace, event.object.name);
    if (pod === 'absent' || isOfNodeReadySince(event, joins)) continue;
    if (pod === 'unknown') {
      if (!isPastByEvents(event, joins)) yield eventSignal(event, undefined);
    } else if (isAboutPod(event, pod) && isStillTrue(event, pod, joins, cluster.time))
      yield eventSignal(event, pod);
  }
}

/** A pod that was made anew under the same name has another uid. */
function isAboutPod(event: ClusterEvent, pod: Of<'pods'>): boolean {
  return !event.uid || !pod.metadata.uid || event.uid === pod.metadata.uid || isMirror(pod);
}

/** Events about static pods carry the uid that the kubelet made, not the mirror pod's. */
function isMirror(pod: Of<'pods'>): boolean {
  return pod.metadata.annotations['kubernetes.io/config.mirror'] !== undefined;
}

function isStillTrue(event: ClusterEvent, pod: Of<'pods'>, joins: Joins, time: number | undefined): boolean {
  const deleted = parseTime(pod.metadata.deletionTimestamp);
  if (deleted !== undefined)
    return event.type === 'Warning' && (event.last ?? 0) > deleted && event.reason !== 'Unhealthy';
  return isPodRelevant(pod, containersOf(pod), joins, time) && !isPast(event, pod, joins, time);
}

function eventSignal(event: ClusterEvent, pod: Of<'pods'> | undefined): Signal {
  return {
    place: 'event',
    reason: event.reason,
    text: cleanText(event.message),
    object: event.object,
    pod,
    container: event.container,
    evidence: eventEvidence(event),
    count: event.count,
    first: event.first,
    last: event.last,
  };
}

/** Kinds whose conditions tell of failures. */
const WITH_CONDITIONS = [
  'nodes',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'horizontalpodautoscalers',
  'apiservices',
  'namespaces',
  'persistentvolumeclaims',
  'poddisruptionbudgets',
  'customresourcedefinitions',
] as const;

function* conditionSignals(cluster: Cluster, joins: Joins): Iterable<Signal> {
  for (const resource of WITH_CONDITIONS)
    for (const object of cluster.objects[resource].items) {
      const ref = refOf(object);
      if (isWhole(joins, ref)) continue;
      for (const [index, condition] of object.status.conditions.entries())
        if (isBad(condition))
          yield conditionSignal(condition, `status.conditions[${index}]`, { object: ref }, object.origin);
    }
}

/** Conditions that are good when true; all others tell of something when true. */
const GOOD_WHEN_TRUE =
  /^(?:Ready|Initialized|ContainersReady|PodScheduled|Available|Progressing|AbleToScale|ScalingActive|Established|NamesAccepted|DisruptionAllowed|EtcdIsVoter|PodReadyToStartContainers|.*IsUp)$/;
const NEVER_BAD =
  /^(?:Complete|SuccessCriteriaMet|Suspended|NonStructuralSchema|FileSystemResizePending|Resizing)$/;
/** These say only that something else is not well, or that it is a matter of order. */
const WITHOUT_NEWS = new Set([
  'ContainersNotReady',
  'ContainersNotInitialized',
  'ReadinessGatesNotReady',
  'PodCompleted',
  'NodeNotReady',
]);

function isBad({ type = '', status, reason = '' }: Condition): boolean {
  if (NEVER_BAD.test(type) || WITHOUT_NEWS.has(reason)) return false;
  if (type === 'NetworkUnavailable' && status !== 'True') return false;
  return GOOD_WHEN_TRUE.test(type) ? status !== 'True' && status !== undefined : status === 'True';
}

function conditionSignal(condition: Condition, path: string, about: About, origin: Origin): Signal {
  const { type = '', status = '', reason = '', message = '' } = condition;
  const since = parseTime(condition.lastTransitionTime);
  const text = `${type}=${status}${reason ? ` ${reason}` : ''}${message ? `: ${cleanText(message)}` : ''}`;
  return {
    place: 'condition',
    reason,
    text,
    ...about,
    pod: about.pod,
    container: about.container,
    evidence: fieldEvidence(origin, path, text, condition.lastTransitionTime),
    count: 1,
    first: since,
    last: undefined,
  };
}

type About = {
  readonly object: Ref;
  readonly pod?: Of<'pods'> | undefined;
  readonly container?: string | undefined;
};

function said(
  place: Signal['place'],
  about: About,
  reason: string,
  text: string,
  origin: Origin,
  path: string,
): Signal {
  const cleaned = cleanText(text);
  const excerpt = cleaned.startsWith('Reason:')
    ? cleaned
    : `${reason}${reason && cleaned ? ': ' : ''}${cleaned}`;
  return {
    place,
    reason,
    text: excerpt,
    object: about.object,
    pod: about.pod,
    container: about.container,
    evidence: fieldEvidence(origin, path, excerpt),
    count: 1,
    first: undefined,
    last: undefined,
  };
}
