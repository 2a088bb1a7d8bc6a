import type { Cluster, Of } from '../model/cluster.ts';
import { containersOf, isAwaitingTurn, isReady, isUnwell } from '../model/containers.ts';
import { fieldEvidence } from '../model/evidence.ts';
import type { Joins } from '../model/joins.ts';
import { LOST_NODE } from '../model/node-failures.ts';
import { type Ref, refKey, refOf } from '../model/ref.ts';
import type { Report } from '../model/report.ts';
import { elapsed, formatDuration } from '../model/time.ts';
import type { Folded } from './fold.ts';
import { isPodRelevant } from './relevance.ts';

type Unexplained = Report['unexplained'][number];

/** Younger than this a pod or claim may still be on its way. */
const SETTLING = 120_000;

/** What is plainly unwell and that no finding accounts for; pods of one workload in the same state are told once. */
export function unexplained(cluster: Cluster, joins: Joins, findings: readonly Folded[]): Unexplained[] {
  const explained = new Set(
    findings
      .filter(({ stage }) => stage !== 'practice')
      .flatMap(({ subject, affected, owner }) => [owner, ...[subject, ...affected].map(refKey)]),
  );
  const failing = findings.filter(
    ({ classifier, state }) => LOST_NODE.includes(classifier) && state === 'ongoing',
  );
  const unready = joins.unreadyNodes();
  const lost = new Set(failing.map(({ subject }) => subject.name).filter((name) => unready.has(name)));
  const told = new Map<string, Unexplained>();
  for (const one of [
    ...unwellPods(cluster, joins, lost),
    ...unwellClaims(cluster),
    ...unwellNodes(cluster),
  ]) {
    if (explained.has(refKey(one.subject)) || one.refs.some((ref) => explained.has(refKey(ref)))) continue;
    const key = `${refKey(one.subject)}|${one.state}`;
    if (!told.has(key)) told.set(key, { subject: one.subject, state: one.state, evidence: one.evidence });
  }
  return [...told.values()];
}

type Unwell = Unexplained & { readonly refs: readonly Ref[] };

/** Of pods on nodes that do nothing for them nothing is left to be explained. */
function* unwellPods(cluster: Cluster, joins: Joins, lost: ReadonlySet<string>): Iterable<Unwell> {
  const time = cluster.time;
  for (const pod of cluster.objects.pods.items) {
    if (lost.has(pod.spec.nodeName ?? '')) continue;
    if (isReady(pod) || isYoung(pod, time) || !isPodRelevant(pod, containersOf(pod), joins, time)) continue;
    const [state, path] = stateOf(pod, time);
    if (state === undefined) continue;
    const self = refOf(pod);
    const evidence = fieldEvidence(pod.origin, path, state);
    yield {
      subject: joins.workloadOf(pod),
      refs: [self],
      state: `${state}${ageOf(pod, time)}`,
      evidence: [evidence],
    };
  }
}

/** The pod's state as `kubectl get pods` words it, with the field that says so; nothing when it only awaits its turn. */
function stateOf(pod: Of<'pods'>, time: number | undefined): [string | undefined, string] {
  for (const container of containersOf(pod)) {
    if (!isUnwell(container, time)) continue;
    const { status, state, ended, statusPath } = container;
    if (state === 'waiting')
      return [`${container.name}: ${status?.state.waiting?.reason ?? 'waiting'}`, statusPath];
    if (state === 'terminated')
      return [`${container.name}: ${ended?.reason ?? 'terminated'} (${ended?.exitCode ?? '?'})`, statusPath];
    return [`${container.name}: running, not ready`, statusPath];
  }
  const waiting = containersOf(pod).find(
    ({ status }) => status?.state.waiting && isAwaitingTurn(status.state.waiting.reason),
  );
  if (waiting) return [waiting.status?.state.waiting?.reason ?? 'waiting', waiting.statusPath];
  return [pod.status.reason ?? pod.status.phase, 'status.phase'];
}

function isYoung(
  { metadata }: { readonly metadata: Of<'pods'>['metadata'] },
  time: number | undefined,
): boolean {
  return (elapsed(metadata.creationTimestamp, time) ?? SETTLING) < SETTLING;
}

function ageOf({ metadata }: Of<'pods'>, time: number | undefined): string {
  const age = elapsed(metadata.creationTimestamp, time);
  return age === undefined ? '' : ` for ${formatDuration(age / 1000)}`;
}

function* unwellClaims(cluster: Cluster): Iterable<Unwell> {
  for (const claim of cluster.objects.persistentvolumeclaims.items) {
    const { phase } = claim.status;
    if (phase === undefined || phase === 'Bound' || isYoung(claim, cluster.time)) continue;
    if (isWaitingForConsumer(claim, cluster)) continue;
    const subject = refOf(claim);
    yield { subject, refs: [], state: phase, evidence: [fieldEvidence(claim.origin, 'status.phase', phase)] };
  }
}

/** A claim that no pod uses yet is meant to wait where its class binds on first use. */
function isWaitingForConsumer(claim: Of<'persistentvolumeclaims'>, cluster: Cluster): boolean {
  const storageClass = cluster.objects.storageclasses.items.find(
    ({ metadata }) => metadata.name === claim.spec.storageClassName,
  );
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

function* unwellNodes(cluster: Cluster): Iterable<Unwell> {
  for (const node of cluster.objects.nodes.items) {
    const index = node.status.conditions.findIndex(({ type }) => type === 'Ready');
    const ready = node.status.conditions[index];
    if (!ready || ready.status === 'True') continue;
    const state = `Ready=${ready.status ?? 'Unknown'} ${ready.reason ?? ''}`.trim();
    const evidence = fieldEvidence(
      node.origin,
      `status.conditions[${index}]`,
      `${state}: ${ready.message ?? ''}`,
    );
    yield {
      subject: refOf(node),
      refs: [],
      state,
      evidence: [evidence],
    };
  }
}
