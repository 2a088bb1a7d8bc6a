import type { Of } from './cluster.ts';
import type { ContainerFact } from './containers.ts';
import type { Evidence, Proof } from './evidence.ts';
import { fieldEvidence } from './evidence.ts';
import type { Joins } from './joins.ts';
import { formatRef, type Ref, refKey, refTo } from './ref.ts';

/** Namespaces whose workloads come with the distribution: nobody there can follow advice about practice. */
const SYSTEM =
  /^(?:kube-.*|openshift(?:-.*)?|cattle-.*|fleet-.*|calico-.*|tigera-.*|longhorn-system|local-path-storage)$/;

/** Whether a namespace belongs to the distribution rather than to those who use the cluster. */
export function isSystemNamespace(namespace: string | undefined): boolean {
  return SYSTEM.test(namespace ?? '');
}

/** A container that runs for as long as its pod does, and the workload of the pod. */
export type StandingContainer = ContainerFact & { readonly workload: Ref };

/** The containers that run for as long as their pods do, one for each of a workload, those of the system left out. */
export function standingContainers(containers: readonly ContainerFact[], joins: Joins): StandingContainer[] {
  const standing = new Map<string, StandingContainer>();
  for (const container of containers) {
    const { pod, role, name, spec } = container;
    if (role !== 'app' || !spec || !isStanding(pod)) continue;
    const workload = joins.workloadOf(pod);
    const key = `${refKey(workload)}|${name}`;
    if (workload.kind !== 'Job' && workload.kind !== 'CronJob' && !standing.has(key))
      standing.set(key, { ...container, workload });
  }
  return [...standing.values()];
}

function isStanding({ metadata, status }: Of<'pods'>): boolean {
  return !isSystemNamespace(metadata.namespace) && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

/** Something that is not as good practice would have it: whom it is about, and what of it, for people. */
export type Lapse = { readonly ref: Ref; readonly what: string; readonly evidence: Evidence };

/** What a finding says of many objects at once. */
type Lapses = {
  readonly subject: Ref;
  readonly affected: readonly Ref[];
  readonly message: string;
  readonly evidence: Proof;
};

const MOST_NAMED = 3;

/**
 * One finding for all lapses of a kind: about the object itself, and what of it, when it is one; about the namespace or
 * the cluster, with the objects as affected, when there are several.
 */
export function together(lapses: readonly Lapse[]): readonly Lapses[] {
  const [first, ...others] = lapses;
  if (!first) return [];
  const refs = [...new Map(lapses.map(({ ref }) => [refKey(ref), ref])).values()];
  const evidence: Proof = [first.evidence, ...others.map((lapse) => lapse.evidence)];
  if (refs.length === 1)
    return [{ subject: first.ref, affected: [], message: named(lapses.map(({ what }) => what)), evidence }];
  const message = `${refs.length} workloads: ${named(refs.map(formatRef))}`;
  return [{ subject: placeOf(refs), affected: refs, message, evidence }];
}

/** The namespace that all are in, else the cluster. */
function placeOf(refs: readonly Ref[]): Ref {
  const [namespace, ...others] = new Set(refs.map((ref) => ref.namespace));
  return namespace && others.length === 0
    ? refTo('Namespace', undefined, namespace)
    : refTo('Cluster', undefined, 'cluster');
}

function named(names: readonly string[]): string {
  const all = [...new Set(names)];
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  return all.slice(0, MOST_NAMED).join(', ') + more;
}

/** A lapse of a container: what it does, with the field of its specification that shows it and what stands there. */
export function containerLapse(
  { pod, specPath, workload, name }: StandingContainer,
  what: string,
  field: string,
  excerpt: string,
): Lapse {
  const path = field ? `${specPath}.${field}` : specPath;
  return {
    ref: workload,
    what: `container ${name} ${what}`,
    evidence: fieldEvidence(pod.origin, path, `container ${name}: ${excerpt}`),
  };
}

/** A lapse of a container that lies in its image. */
export function imageLapse(container: StandingContainer): Lapse {
  const image = container.spec?.image ?? '';
  return containerLapse(container, `uses image ${image}`, 'image', image);
}

/** A lapse of a container that serves ports and lacks a probe. */
export function probeLapse(container: StandingContainer, lacking: string): Lapse {
  const ports = (container.spec?.ports ?? []).map(({ containerPort }) => containerPort ?? '?');
  const what = `serves port${ports.length === 1 ? '' : 's'} ${ports.join(' and ')}`;
  return containerLapse(container, what, '', lacking);
}
