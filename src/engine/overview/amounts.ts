import type { Of } from '../../model/cluster.ts';
import { isFinished } from '../../model/containers.ts';
import type { Container } from '../../model/objects/container.ts';
import { parseQuantity } from '../../model/quantity.ts';

/** CPU in cores, memory in bytes, pods in pieces. */
export type Amounts = { readonly cpu: number; readonly memory: number; readonly pods: number };

export const NOTHING: Amounts = { cpu: 0, memory: 0, pods: 0 };

export function add(a: Amounts, b: Amounts): Amounts {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, pods: a.pods + b.pods };
}

/** Whether a pod holds resources of its node. */
export function holdsResources(pod: Of<'pods'>): boolean {
  return !isFinished(pod) && pod.status.phase !== 'Failed';
}

/** What the scheduler counts for a pod: the sum of its containers and sidecars, or the largest init container if that is more. */
export function podAmounts(pod: Of<'pods'>, side: 'requests' | 'limits'): Amounts {
  const { containers, initContainers } = pod.spec;
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const running = [...containers, ...sidecars].map((one) => containerAmounts(one, side)).reduce(add, NOTHING);
  const starting = initContainers.map((one) => containerAmounts(one, side));
  return {
    cpu: Math.max(running.cpu, ...starting.map(({ cpu }) => cpu)),
    memory: Math.max(running.memory, ...starting.map(({ memory }) => memory)),
    pods: 1,
  };
}

/** A request that is not written is the limit. */
function containerAmounts({ resources }: Container, side: 'requests' | 'limits'): Amounts {
  const of = (name: 'cpu' | 'memory') =>
    parseQuantity(resources[side][name] ?? (side === 'requests' ? resources.limits[name] : undefined)) ?? 0;
  return { cpu: of('cpu'), memory: of('memory'), pods: 0 };
}
