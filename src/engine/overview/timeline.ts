import type { Cluster, ClusterEvent } from '../../model/cluster.ts';
import { containersOf } from '../../model/containers.ts';
import type { Joins } from '../../model/joins.ts';
import { type Ref, refKey, refTo } from '../../model/ref.ts';
import type { Report } from '../../model/report.ts';
import { formatTime, parseTime } from '../../model/time.ts';
import { cleanText, headline } from '../clean.ts';
import type { Numbered } from '../incidents.ts';

type Entry = Report['timeline'][number];
type Moment = Omit<Entry, 'time'> & { readonly at: number };

const MOST_ENTRIES = 400;

/** What happened when, oldest first; where there is too much, what belongs to a finding stays and then the newest. */
export function timeline(cluster: Cluster, joins: Joins, findings: readonly Numbered[]): Entry[] {
  const findingOf = findingsByObject(findings);
  const moments = [
    ...eventMoments(cluster, joins),
    ...endMoments(cluster, joins),
    ...conditionMoments(cluster),
    ...rollouts(cluster),
  ];
  const kept = [...merge(moments).values()]
    .map((moment) => ({ moment, finding: findingOf.get(refKey(moment.subject)) }))
    .sort(
      (a, b) =>
        Number(b.finding !== undefined) - Number(a.finding !== undefined) || b.moment.at - a.moment.at,
    )
    .slice(0, MOST_ENTRIES);
  return kept
    .sort((a, b) => a.moment.at - b.moment.at || (a.moment.what < b.moment.what ? -1 : 1))
    .map(({ moment: { at, ...rest }, finding }) => ({
      time: formatTime(at),
      ...rest,
      ...(finding ? { finding } : {}),
    }));
}

function findingsByObject(findings: readonly Numbered[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, subject, affected, stage } of findings)
    if (stage !== 'practice')
      for (const ref of [subject, ...affected]) if (!found.has(refKey(ref))) found.set(refKey(ref), id);
  return found;
}

/** The same thing said of the same object many times is told once, at its first time, with a count. */
function merge(moments: Iterable<Moment>): Map<string, Moment> {
  const merged = new Map<string, Moment>();
  for (const moment of moments) {
    const key = `${refKey(moment.subject)}|${moment.kind}|${moment.what}`;
    const known = merged.get(key);
    if (!known) merged.set(key, moment);
    else
      merged.set(key, {
        ...known,
        at: Math.min(known.at, moment.at),
        count: (known.count ?? 1) + (moment.count ?? 1),
      });
  }
  return merged;
}

const EVENT_KINDS: readonly (readonly [Entry['kind'], RegExp])[] = [
  ['probe', /^Unhealthy$|^ProbeWarning$/],
  ['kill', /^(?:Killing|Evicted|OOMKilling|SystemOOM|Preempted|FailedKillPod)$/],
  ['restart', /^BackOff$|^Rebooted$|^Starting$/],
  ['pull', /^(?:Failed|ErrImagePull|InspectFailed|ErrImageNeverPull)$/],
  ['schedule', /^FailedScheduling$/],
  ['rollout', /^ScalingReplicaSet$|^DeploymentRollback$/],
  ['condition', /^Node(?:Not)?Ready$|^NodeHas|^EvictionThresholdMet$/],
];

function* eventMoments(cluster: Cluster, joins: Joins): Iterable<Moment> {
  for (const event of cluster.events.items) {
    const kind = EVENT_KINDS.find(([, reasons]) => reasons.test(event.reason))?.[0] ?? 'other';
    if (event.first === undefined || (event.type !== 'Warning' && kind === 'other')) continue;
    yield {
      at: event.first,
      lane: event.object.kind === 'Node' ? 'node' : 'workload',
      subject: subjectOf(event, joins),
      what: `${event.reason}: ${headline(cleanText(event.message), 160)}`,
      kind,
      ...(event.count > 1 ? { count: event.count } : {}),
    };
  }
}

function subjectOf({ object }: ClusterEvent, joins: Joins): Ref {
  return joins.ownerOf(object);
}

/** When containers ended, from their last states. */
function* endMoments(cluster: Cluster, joins: Joins): Iterable<Moment> {
  for (const pod of cluster.objects.pods.items)
    for (const { ended, name } of containersOf(pod)) {
      const at = parseTime(ended?.finishedAt);
      if (at === undefined || ended?.exitCode === 0) continue;
      const what = `container ${name} ended: ${ended?.reason ?? 'exit'} ${ended?.exitCode ?? ''}`.trim();
      yield {
        at,
        lane: 'workload',
        subject: joins.workloadOf(pod),
        what,
        kind: ended?.reason === 'OOMKilled' ? 'kill' : 'restart',
      };
    }
}

function* conditionMoments(cluster: Cluster): Iterable<Moment> {
  for (const { metadata, status } of cluster.objects.nodes.items)
    for (const { type = '', status: is, lastTransitionTime, reason } of status.conditions) {
      const at = parseTime(lastTransitionTime);
      const news = type === 'Ready' || is === 'True';
      if (at === undefined || !news) continue;
      const what = `${type}=${is ?? ''} ${reason ?? ''}`.trim();
      yield {
        at,
        lane: 'node',
        subject: refTo('Node', undefined, metadata.name),
        what,
        kind: 'condition',
      };
    }
}

/** New revisions of Deployments, from the times of their ReplicaSets. */
function* rollouts(cluster: Cluster): Iterable<Moment> {
  for (const { metadata, spec } of cluster.objects.replicasets.items) {
    const at = parseTime(metadata.creationTimestamp);
    const revision = metadata.annotations['deployment.kubernetes.io/revision'];
    const owner = metadata.ownerReferences[0];
    if (at === undefined || !revision || !owner?.name || (spec.replicas ?? 0) === 0) continue;
    const subject = refTo('Deployment', metadata.namespace, owner.name);
    yield { at, lane: 'workload', subject, what: `revision ${revision} rolled out`, kind: 'rollout' };
  }
}
