import type { ClusterEvent, Log, LogHit, Of, Resource } from './cluster.ts';
import type { Container } from './objects/container.ts';
import type { LabelSelector } from './objects/metadata.ts';
import type { Ref } from './ref.ts';

/** How objects of the cluster belong together; every answer is drawn from what was collected and from nothing else. */
export type Joins = {
  /**
   * Looks one object up: the object, 'absent' when its kind was collected whole and it is not there, or 'unknown'.
   * Cluster-wide objects are looked up without a namespace.
   */
  find<R extends Resource>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): Of<R> | 'absent' | 'unknown';
  /** Whether all objects of a resource in a namespace (or everywhere) were collected, so that absence is a fact. */
  knowsAll(resource: Resource, namespace?: string): boolean;
  /** All objects of a resource in one namespace. */
  inNamespace<R extends Resource>(resource: R, namespace: string | undefined): readonly Of<R>[];
  /** The workload that owns a pod (Deployment, StatefulSet, DaemonSet, Job, CronJob, …), or the pod itself. */
  workloadOf(pod: Of<'pods'>): Ref;
  /** The workload that stands behind any object: a pod's owner, a ReplicaSet's Deployment, else the object itself. */
  ownerOf(ref: Ref): Ref;
  /** The pods of a workload. */
  podsOf(workload: Ref): readonly Of<'pods'>[];
  /** The pods of a namespace whose labels fit all of a Service's selector; an empty selector selects none. */
  selectedBy(
    namespace: string | undefined,
    selector: Readonly<Record<string, string>>,
  ): readonly Of<'pods'>[];
  /** The pods of a namespace that fit a label selector; an empty one fits all. */
  matching(namespace: string | undefined, selector: LabelSelector): readonly Of<'pods'>[];
  /** Events about an object, oldest first. */
  eventsOf(ref: Ref): readonly ClusterEvent[];
  /** Logs of a pod's container, the previous one first. */
  logsOf(pod: Of<'pods'>, container: string): readonly Log[];
  /** The hits of a class in all logs, each with its log. */
  hitsOf(classifier: string): readonly { readonly log: Log; readonly hit: LogHit }[];
  /** Pods that run on, or were rejected by, a node. */
  podsOn(node: string): readonly Of<'pods'>[];
  /** The Service or pod that an address names: `db`, `db.store.svc`, `10.43.12.253:5432`, seen from a namespace. */
  atAddress(address: string, from: string | undefined): Ref | undefined;
  /** The names of the nodes that are not ready or whose readiness is unknown. */
  unreadyNodes(): ReadonlySet<string>;
};

/** The container that a pod or a template declares under a name. */
export function containerNamed(
  spec: { readonly containers: readonly Container[]; readonly initContainers: readonly Container[] },
  name: string,
): Container | undefined {
  return [...spec.containers, ...spec.initContainers].find((container) => container.name === name);
}
