import type { Of } from './cluster.ts';
import type { Joins } from './joins.ts';
import type { PodTemplate } from './objects/pod.ts';
import { type Ref, refOf } from './ref.ts';
import { isSelected } from './selectors.ts';

/** A workload that makes pods for as long as it stands. */
export type Workload = {
  readonly ref: Ref;
  readonly object: Of<'deployments' | 'statefulsets' | 'daemonsets' | 'replicasets'>;
  readonly template: PodTemplate;
  /** How many pods it wants; a DaemonSet's number is that of the nodes that fit. */
  readonly replicas: number;
};

/** The Deployments, StatefulSets, DaemonSets and unowned ReplicaSets of a namespace. */
export function workloadsIn(joins: Joins, namespace: string | undefined): Workload[] {
  return [
    ...joins.inNamespace('deployments', namespace).map((object) => toWorkload(object, object.spec.replicas)),
    ...joins.inNamespace('statefulsets', namespace).map((object) => toWorkload(object, object.spec.replicas)),
    ...joins
      .inNamespace('replicasets', namespace)
      .filter(({ metadata }) => metadata.ownerReferences.length === 0)
      .map((object) => toWorkload(object, object.spec.replicas)),
    ...joins
      .inNamespace('daemonsets', namespace)
      .map((object) => toWorkload(object, object.status.desiredNumberScheduled)),
  ];
}

/** The workloads whose pods a Service's selector would select, whether or not they have made any. */
export function workloadsSelectedBy(
  namespace: string | undefined,
  selector: Readonly<Record<string, string>>,
  joins: Joins,
): Workload[] {
  return workloadsIn(joins, namespace).filter(({ template }) =>
    isSelected(template.metadata.labels, selector),
  );
}

function toWorkload(object: Workload['object'], replicas: number | undefined): Workload {
  return {
    ref: refOf(object),
    object,
    template: object.spec.template,
    replicas: replicas ?? 1,
  };
}
