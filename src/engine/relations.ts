import type { Relation } from '../classifier.ts';
import type { Cluster, Of } from '../model/cluster.ts';
import { isReady } from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import { once } from '../model/once.ts';
import { formatRef, type Ref, refKey, refOf, refTo } from '../model/ref.ts';
import { claimNames } from '../model/storage.ts';
import { backendsOf, isNetworkChart, networkOf, serviceProxyOf, workloadsBehind } from './backends.ts';
import type { Folded } from './fold.ts';

/** A finding that may explain another, and how the two are tied, for people: "mounts claim data/pgdata". */
export type Tie = { readonly cause: Folded; readonly reason: string };

type FindTies = (effect: Folded) => Iterable<Tie>;

/** How to find what is tied to a finding, one way for each relation. */
export function createRelations(
  findings: readonly Folded[],
  joins: Joins,
  cluster: Cluster,
): Readonly<Record<Relation, FindTies>> {
  const byOwner = index(findings, ({ owner }) => [owner]);
  const bySubject = index(findings, (finding) => [finding.subject, ...finding.affected].map(refKey));
  const byCulprit = index(findings, ({ culprit }) => (culprit ? [refKey(culprit)] : []));
  const byNamespace = index(findings, ({ subject }) => [subject.namespace ?? subject.name]);
  const nodes = new Set(cluster.objects.nodes.items.map(({ metadata }) => metadata.name));
  const about = (ref: Ref) => [
    ...at(bySubject, refKey(ref)),
    ...at(byCulprit, refKey(ref)),
    ...at(byOwner, refKey(ref)),
  ];
  const podsOf = (finding: Folded) => podsBehind(finding, joins);
  const placesOf = (finding: Folded) => nodesOf(finding, unready(podsOf(finding)), nodes);
  const alike = once(() => alikeOnNodes(findings, podsOf));
  const networkCharts = findings.flatMap((cause) =>
    cause.culprit && isNetworkChart(cause.culprit)
      ? [{ cause, reason: `${formatRef(cause.culprit)} brings the network plugin` }]
      : [],
  );
  const byVolume = index(findings, ({ subject, affected }) => [subject, ...affected].flatMap(madeVolume));
  const behind = (service: Ref) =>
    [...new Set(workloadsBehind(service, joins).map(refKey))].flatMap((owner) => at(byOwner, owner));

  return {
    *object(effect) {
      for (const cause of at(byOwner, effect.owner))
        if (!cause.container || !effect.container || cause.container === effect.container)
          yield {
            cause,
            reason: effect.container ? `same container ${effect.container}` : `same ${effect.subject.kind}`,
          };
    },
    *owner(effect) {
      for (const ref of relatives(effect.subject, joins))
        for (const cause of about(ref))
          yield { cause, reason: `${formatRef(effect.subject)} belongs with ${formatRef(ref)}` };
    },
    *pods(effect) {
      if (effect.subject.kind === 'Service') {
        for (const cause of behind(effect.subject))
          yield { cause, reason: `selects the pods of ${formatRef(cause.subject)}` };
        return;
      }
      for (const pod of podsOf(effect))
        for (const cause of at(byOwner, refKey(joins.workloadOf(pod))))
          yield { cause, reason: `pods of ${formatRef(cause.subject)}` };
    },
    *node(effect) {
      for (const node of placesOf(effect))
        for (const cause of about(refTo('Node', undefined, node))) yield { cause, reason: `on node ${node}` };
    },
    *culprit(effect) {
      if (!effect.culprit) return;
      for (const cause of about(effect.culprit))
        yield { cause, reason: `both come from ${formatRef(effect.culprit)}` };
    },
    *claim(effect) {
      for (const claim of claimsOf(effect, podsOf(effect)))
        for (const cause of about(claim))
          yield { cause, reason: `waits for claim ${claim.namespace ?? ''}/${claim.name}` };
    },
    *backend(effect) {
      for (const { ref, reason } of backendsOf(effect, joins, cluster))
        for (const cause of [...about(ref), ...(ref.kind === 'Service' ? behind(ref) : [])])
          yield { cause, reason };
      const uid = claimUid(effect.subject, joins);
      for (const cause of uid ? at(byVolume, uid) : [])
        yield { cause, reason: `${formatRef(cause.subject)} makes the volume` };
    },
    *network(effect) {
      for (const node of placesOf(effect))
        for (const workload of networkOf(node, joins))
          for (const cause of about(workload))
            yield { cause, reason: `${formatRef(workload)} brings the network plugin to node ${node}` };
      yield* networkCharts;
    },
    *proxy(effect) {
      const [service] = addressesIn(effect, joins).filter(({ ref }) => ref.kind === 'Service');
      if (!service) return;
      for (const node of placesOf(effect))
        for (const proxy of serviceProxyOf(node, joins))
          for (const cause of about(proxy))
            yield { cause, reason: `reaches ${service.address} by kube-proxy of node ${node}` };
    },
    *neighbours(effect) {
      for (const node of placesOf(effect)) {
        const same = alike().get(alikeKey(effect, node));
        if (same && same.pods >= NEIGHBOURS) yield { cause: same.widest, reason: `the same on node ${node}` };
      }
    },
    *address(effect) {
      for (const { address, ref } of addressesIn(effect, joins))
        for (const cause of [...about(ref), ...(ref.kind === 'Service' ? behind(ref) : [])])
          yield { cause, reason: `connects to ${address}, which is ${formatRef(ref)}` };
    },
    *namespace(effect) {
      for (const cause of at(byNamespace, effect.subject.namespace ?? ''))
        yield { cause, reason: `in namespace ${effect.subject.namespace ?? ''}` };
    },
    *cluster() {
      for (const cause of findings) yield { cause, reason: 'in the same cluster' };
    },
  };
}

function index(
  findings: readonly Folded[],
  keysOf: (finding: Folded) => readonly string[],
): Map<string, Folded[]> {
  const found = new Map<string, Folded[]>();
  for (const finding of findings)
    for (const key of new Set(keysOf(finding))) {
      const list = found.get(key);
      if (list) list.push(finding);
      else found.set(key, [finding]);
    }
  return found;
}

function at(findings: ReadonlyMap<string, readonly Folded[]>, key: string): readonly Folded[] {
  return findings.get(key) ?? [];
}

/** The pods that a finding is about. */
function podsBehind(finding: Folded, joins: Joins): readonly Of<'pods'>[] {
  if (finding.subject.kind === 'Service') {
    const { namespace, name } = finding.subject;
    const service = joins.find('services', namespace, name);
    return typeof service === 'string' ? [] : joins.selectedBy(namespace, service.spec.selector);
  }
  const named = [finding.subject, ...finding.affected].filter(({ kind }) => kind === 'Pod');
  const pods = named
    .map(({ namespace, name }) => joins.find('pods', namespace, name))
    .filter((pod) => typeof pod !== 'string');
  return pods.length > 0 ? pods : joins.podsOf(finding.subject);
}

/** The owner of an object and, of an autoscaler or budget, its target. */
function relatives(subject: Ref, joins: Joins): Ref[] {
  const owner = joins.ownerOf(subject);
  const related = refKey(owner) === refKey(subject) ? [] : [owner];
  if (subject.kind === 'CronJob')
    for (const job of joins.inNamespace('jobs', subject.namespace))
      if (job.metadata.ownerReferences.some(({ name, kind }) => kind === 'CronJob' && name === subject.name))
        related.push(refOf(job));
  if (subject.kind !== 'HorizontalPodAutoscaler') return related;
  const scaler = joins.find('horizontalpodautoscalers', subject.namespace, subject.name);
  if (typeof scaler === 'string') return related;
  const { kind, name } = scaler.spec.scaleTargetRef;
  return kind && name ? [...related, refTo(kind, subject.namespace, name)] : related;
}

/** What a node does to a workload it does to the pods that are not ready. */
function unready(pods: readonly Of<'pods'>[]): readonly Of<'pods'>[] {
  const lacking = pods.filter((pod) => !isReady(pod));
  return lacking.length > 0 ? lacking : pods;
}

/** The nodes that a finding's pods run on, and those that its message names. */
function nodesOf(
  effect: Folded,
  pods: readonly Of<'pods'>[],
  known: ReadonlySet<string | undefined>,
): Set<string> {
  const nodes = new Set(pods.map(({ spec }) => spec.nodeName).filter((name) => name !== undefined));
  if (pods.length === 0 && effect.values.node) nodes.add(effect.values.node);
  if (effect.subject.kind === 'Node') nodes.add(effect.subject.name);
  if (effect.culprit?.kind === 'Node') nodes.add(effect.culprit.name);
  const words = effect.message.split(/[^\w.-]+/).map((word) => word.replace(/[.-]+$/, ''));
  for (const name of words.filter((word) => known.has(word)).sort()) nodes.add(name);
  return nodes;
}

/** So many pods of a node do not fail alike by chance. */
const NEIGHBOURS = 3;

/** One failure on one node: how many pods it hits there, and its finding that hits most objects. */
type Alike = { readonly pods: number; readonly widest: Folded };

function alikeKey({ classifier }: Folded, node: string | undefined): string {
  return `${classifier}|${node ?? ''}`;
}

function alikeOnNodes(
  findings: readonly Folded[],
  podsOf: (finding: Folded) => readonly Of<'pods'>[],
): Map<string, Alike> {
  const alike = new Map<string, Alike>();
  for (const finding of findings) {
    const places = unready(podsOf(finding)).map(({ spec }) => spec.nodeName);
    for (const node of places.length > 0 ? places : [finding.values.node]) {
      const { pods, widest } = alike.get(alikeKey(finding, node)) ?? { pods: 0, widest: finding };
      const isWider = finding.affected.length > widest.affected.length;
      alike.set(alikeKey(finding, node), { pods: pods + 1, widest: isWider ? finding : widest });
    }
  }
  return alike;
}

/** Provisioners of local volumes start a pod for each, named after the volume, and so after the claim's uid. */
const HELPER = /pvc-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The claim's uid of the volume that a pod makes. */
function madeVolume({ kind, name }: Ref): string[] {
  const uid = kind === 'Pod' ? HELPER.exec(name)?.[1] : undefined;
  return uid ? [uid] : [];
}

function claimUid({ kind, namespace, name }: Ref, joins: Joins): string | undefined {
  const claim =
    kind === 'PersistentVolumeClaim' ? joins.find('persistentvolumeclaims', namespace, name) : 'unknown';
  return typeof claim === 'string' ? undefined : claim.metadata.uid;
}

function claimsOf(effect: Folded, pods: readonly Of<'pods'>[]): Ref[] {
  const claims = new Map<string, Ref>();
  for (const pod of pods)
    for (const name of claimNames(pod.spec)) {
      const ref = refTo('PersistentVolumeClaim', pod.metadata.namespace, name);
      claims.set(refKey(ref), ref);
    }
  if (effect.subject.kind === 'PersistentVolumeClaim') claims.set(refKey(effect.subject), effect.subject);
  return [...claims.values()];
}

const ADDRESS = /\b(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*(?::\d+)?)\b/g;

/** The Services and pods that a finding's own words name by host name or IP. */
function addressesIn(effect: Folded, joins: Joins): { address: string; ref: Ref }[] {
  const said = [
    effect.message,
    effect.culprit?.kind === 'Host' ? effect.culprit.name : '',
    ...effect.evidence.map(({ excerpt }) => excerpt),
  ];
  const found = new Map<string, { address: string; ref: Ref }>();
  for (const [address] of said.join('\n').slice(0, 8000).matchAll(ADDRESS)) {
    // A bare word is an address only with a port; else every word that is also a Service's name would be one.
    if (!/[.:]/.test(address) && address !== effect.culprit?.name) continue;
    const ref = joins.atAddress(address, effect.subject.namespace);
    if (ref && !found.has(refKey(ref))) found.set(refKey(ref), { address, ref });
  }
  return [...found.values()];
}
