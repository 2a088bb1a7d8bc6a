import type { Cluster, Of } from '../model/cluster.ts';
import { configReferences } from '../model/config-references.ts';
import { containersOf } from '../model/containers.ts';
import { groupBy } from '../model/group-by.ts';
import type { Joins } from '../model/joins.ts';
import { type Ref, refKey, refOf, refTo } from '../model/ref.ts';
import type { Incident } from '../model/report.ts';
import { claimNames } from '../model/storage.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { type Moment, nodeMoments, objectMoments } from './change-moments.ts';
import type { Numbered } from './incidents.ts';

type Change = NonNullable<Incident['changes']>[number];

/** How long before the first symptom a change is worth telling. */
const WINDOW = 1_800_000;
const MOST_CHANGES = 8;
const MOST_PODS = 50;

/** Adds to an incident what was changed of its objects and their nodes in the half hour before it was first seen. */
export function createChanges(
  cluster: Cluster,
  joins: Joins,
  findings: readonly Numbered[],
): (incident: Incident) => Incident {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const replicaSets = groupBy(cluster.objects.replicasets.items, (set) => refKey(joins.ownerOf(refOf(set))));
  return (incident) => {
    const members = [incident.cause, ...incident.effects].flatMap((id) => byId.get(id) ?? []);
    const times = members.map(({ first }) => parseTime(first)).filter((time) => time !== undefined);
    if (times.length === 0 || members[0]?.stage === 'practice') return incident;
    const seen = Math.min(...times);
    // Where a node itself is unwell, what it told before is part of that.
    const failing = new Set(members.map(({ subject }) => refKey(subject)));
    const changes = [...tiedObjects(members, joins)]
      .flatMap(([key, ref]) => [
        ...objectMoments(ref, joins, replicaSets.get(key) ?? []),
        ...(ref.kind === 'Node' && !failing.has(key) ? nodeMoments(ref, joins) : []),
      ])
      .filter(({ at }) => at < seen && seen - at <= WINDOW)
      .sort((a, b) => a.at - b.at || (refKey(a.subject) < refKey(b.subject) ? -1 : 1))
      .slice(-MOST_CHANGES);
    return changes.length === 0 ? incident : { ...incident, changes: changes.map((one) => told(one, seen)) };
  };
}

function told({ at, ...change }: Moment, seen: number): Change {
  return { time: formatTime(at), secondsBefore: Math.round((seen - at) / 1000), ...change };
}

/** The objects that an incident is about, what their pods are made with, and the nodes that these run on. */
function tiedObjects(members: readonly Numbered[], joins: Joins): Map<string, Ref> {
  const tied = new Map<string, Ref>();
  const tie = (ref: Ref) => tied.set(refKey(ref), ref);
  for (const { subject, culprit, affected } of members) {
    for (const ref of [subject, ...affected, ...(culprit ? [culprit] : [])]) tie(joins.ownerOf(ref));
    const named = [subject, ...affected].flatMap(({ kind, namespace, name }) => {
      const pod = kind === 'Pod' ? joins.find('pods', namespace, name) : 'unknown';
      return typeof pod === 'string' ? [] : [pod];
    });
    const pods = named.length > 0 ? named : joins.podsOf(subject);
    for (const pod of pods.slice(0, MOST_PODS)) {
      for (const ref of madeWith(pod)) tie(ref);
      if (pod.spec.nodeName) tie(refTo('Node', undefined, pod.spec.nodeName));
    }
  }
  return tied;
}

/** What controllers put into every namespace and every pod. */
const EVERYWHERE = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

/** The ConfigMaps, Secrets and claims that a pod names. */
function madeWith(pod: Of<'pods'>): Ref[] {
  const { volumes } = pod.spec;
  const projected = volumes.flatMap((volume) => volume.projected?.sources ?? []);
  const environments = containersOf(pod)
    .filter(({ role }) => role !== 'ephemeral')
    .flatMap((container) => [...configReferences(container)]);
  const named: readonly { readonly kind: string; readonly name: string | undefined }[] = [
    ...environments,
    ...[...volumes, ...projected].map(({ configMap }) => ({ kind: 'ConfigMap', name: configMap?.name })),
    ...volumes.map(({ secret }) => ({ kind: 'Secret', name: secret?.secretName })),
    ...projected.map(({ secret }) => ({ kind: 'Secret', name: secret?.name })),
    ...claimNames(pod.spec).map((name) => ({ kind: 'PersistentVolumeClaim', name })),
  ];
  return named.flatMap(({ kind, name }) =>
    name && !EVERYWHERE.has(name) ? [refTo(kind, pod.metadata.namespace, name)] : [],
  );
}
