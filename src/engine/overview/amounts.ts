import { type Side, totalOf } from '../../model/amounts.ts';
import type { Of } from '../../model/cluster.ts';

/** CPU in cores, memory in bytes, and pods. */
export type AmountRow = { readonly cpu: number; readonly memory: number; readonly pods: number };

/** What pods ask for together, or may use at most, of what the overview shows. */
export function amountRow(pods: readonly Of<'pods'>[], side: Side): AmountRow {
  const total = totalOf(pods, side);
  const of = (resource: string) => total.get(resource) ?? 0;
  return { cpu: of('cpu'), memory: of('memory'), pods: of('pods') };
}
