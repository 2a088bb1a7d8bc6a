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

/** The containers that run for as long as their pods do, one for each of a workload, those of the system left out. */
export function standingContainers(
  containers: readonly ContainerFact[],
  joins: Joins,
): (ContainerFact & { readonly workload: Ref })[] {
  const standing = new Map<string, ContainerFact & { readonly workload: Ref }>();
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

/** Something that is not as good practice would have it, and whom it is about. */
export type Lapse = { readonly ref: Ref; readonly evidence: Evidence };

/** What a finding says of many objects at once. */
export type Lapses = {
  readonly subject: Ref;
  readonly affected: readonly Ref[];
  readonly message: string;
  readonly evidence: Proof;
};

/**
 * One finding for all lapses of a kind: about the object itself when it is one, about the namespace or the cluster when
 * there are several, with the objects as affected. `what` is what they have: "containers without a memory limit".
 */
export function together(lapses: readonly Lapse[], what: string): readonly Lapses[] {
  const [first, ...others] = lapses;
  if (!first) return [];
  const refs = [...new Map(lapses.map(({ ref }) => [refKey(ref), ref])).values()];
  const evidence: Proof = [first.evidence, ...others.map((lapse) => lapse.evidence)];
  if (refs.length === 1) return [{ subject: first.ref, affected: [], message: what, evidence }];
  const namespaces = [...new Set(refs.map(({ namespace }) => namespace))];
  const [namespace] = namespaces;
  const subject =
    namespaces.length === 1 && namespace
      ? refTo('Namespace', undefined, namespace)
      : refTo('Cluster', undefined, 'cluster');
  const named = refs.slice(0, 3).map(formatRef).join(', ');
  const more = refs.length > 3 ? ` and ${refs.length - 3} more` : '';
  return [
    { subject, affected: refs, message: `${what} in ${refs.length} workloads: ${named}${more}`, evidence },
  ];
}

/** A lapse of a container, with the field of its specification that shows it. */
export function containerLapse(
  container: ContainerFact & { readonly workload: Ref },
  field: string,
  excerpt: string,
): Lapse {
  const { pod, specPath, workload, name } = container;
  return {
    ref: workload,
    evidence: fieldEvidence(
      pod.origin,
      `${specPath}${field ? `.${field}` : ''}`,
      `container ${name}: ${excerpt}`,
    ),
  };
}
