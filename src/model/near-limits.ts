import type { ContainerUsage } from './cluster.ts';
import { containersOf } from './containers.ts';
import { fieldEvidence, type Proof } from './evidence.ts';
import type { Joins } from './joins.ts';
import { formatAmount } from './placement.ts';
import { parseQuantity } from './quantity.ts';
import { type Ref, refOf } from './ref.ts';

/** A container that uses nearly as much of a resource as it may, in words. */
type NearLimit = {
  readonly subject: Ref;
  readonly container: string;
  readonly message: string;
  readonly values: { readonly used: string; readonly limit: string };
  readonly evidence: Proof;
};

/** The containers whose use, as `kubectl top` saw it, is at this share of their limit or above. */
export function* nearLimits(
  usage: readonly ContainerUsage[],
  resource: 'cpu' | 'memory',
  share: number,
  joins: Joins,
): Iterable<NearLimit> {
  for (const { namespace, pod: name, container, origin, ...amounts } of usage) {
    const amount = amounts[resource];
    const pod = joins.find('pods', namespace, name);
    if (typeof pod === 'string' || amount === undefined) continue;
    const fact = containersOf(pod).find((one) => one.name === container);
    const most = parseQuantity(fact?.spec?.resources.limits[resource]);
    if (!fact || !most || amount < share * most) continue;
    const [used, limit] = [formatAmount(resource, amount), formatAmount(resource, most)];
    const what = resource === 'cpu' ? ' CPU' : '';
    yield {
      subject: refOf(pod),
      container,
      message: `container ${container} uses ${used} of ${limit}${what} (${Math.round((amount / most) * 100)}%)`,
      values: { used, limit },
      evidence: [
        fieldEvidence(origin, resource, `${name} ${container} ${used}`),
        fieldEvidence(pod.origin, `${fact.specPath}.resources.limits.${resource}`, limit),
      ],
    };
  }
}
