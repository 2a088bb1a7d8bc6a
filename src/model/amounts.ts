import type { Of } from './cluster.ts';
import type { Container } from './objects/container.ts';
import type { PodSpec } from './objects/pod-spec.ts';
import { parseQuantity } from './quantity.ts';

/** Amounts by resource name in base units: cores, bytes, pieces. */
export type Amounts = ReadonlyMap<string, number>;

/** What a container asks for, or may use at most. */
export type Side = 'requests' | 'limits';

/** Whether a pod still holds its place and its resources on the node. */
export function isHolding({ status }: Of<'pods'>): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

/** What pods reserve together, or may use at most; those that are done hold nothing. */
export function totalOf(pods: readonly Of<'pods'>[], side: Side): Amounts {
  const total = new Map<string, number>();
  for (const { spec } of pods.filter(isHolding)) addTo(total, amountsOf(spec, side));
  return total;
}

/**
 * What the scheduler counts for a pod: the sum of its containers and sidecars, or its largest init container where that
 * is more.
 */
export function amountsOf(spec: PodSpec, side: Side): Amounts {
  const known = counted[side].get(spec) ?? countedFor(spec, side);
  counted[side].set(spec, known);
  return known;
}
/** Each pod is counted for its node, its namespace and its workload: summed up once. */
const counted = { requests: new WeakMap<PodSpec, Amounts>(), limits: new WeakMap<PodSpec, Amounts>() };

function countedFor(spec: PodSpec, side: Side): Amounts {
  const total = new Map<string, number>([['pods', 1]]);
  for (const container of [...spec.containers, ...spec.initContainers.filter(isSidecar)])
    addTo(total, declared(container, side));
  for (const container of spec.initContainers.filter((init) => !isSidecar(init)))
    for (const [resource, amount] of declared(container, side))
      total.set(resource, Math.max(total.get(resource) ?? 0, amount));
  return total;
}

function addTo(total: Map<string, number>, amounts: Iterable<readonly [string, number]>): void {
  for (const [resource, amount] of amounts) total.set(resource, (total.get(resource) ?? 0) + amount);
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** A limit stands in for a request that is not set. */
function* declared({ resources }: Container, side: Side): Iterable<readonly [string, number]> {
  const all = side === 'limits' ? resources.limits : { ...resources.limits, ...resources.requests };
  for (const [resource, quantity] of Object.entries(all)) {
    const amount = parseQuantity(quantity);
    if (amount !== undefined) yield [resource, amount];
  }
}
