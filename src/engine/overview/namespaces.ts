import type { Cluster, Of } from '../../model/cluster.ts';
import { containersOf } from '../../model/containers.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Report } from '../../model/report.ts';
import { type AmountRow, amountRow } from './amounts.ts';
import { podStatus } from './pod-status.ts';

type Row = Report['namespaces'][number];

/** Each namespace that has pods: their states, restarts, requests and use. Those with most restarts come first. */
export function namespaceRows(cluster: Cluster): Row[] {
  const pods = groupBy(cluster.objects.pods.items, ({ metadata }) => metadata.namespace ?? '');
  const usage = usageByNamespace(cluster);
  return [...pods]
    .map(([name, members]) => namespaceRow(name, members, usage.get(name)))
    .sort((a, b) => b.restarts - a.restarts || (a.name < b.name ? -1 : 1));
}

function namespaceRow(name: string, pods: readonly Of<'pods'>[], usage: AmountRow | undefined): Row {
  const states: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const pod of pods) {
    const status = podStatus(pod);
    states[status] = (states[status] ?? 0) + 1;
  }
  return {
    name,
    pods: Object.fromEntries(Object.entries(states).sort(([a], [b]) => (a < b ? -1 : 1))),
    restarts: pods.flatMap(containersOf).reduce((sum, { restarts }) => sum + restarts, 0),
    requests: amountRow(pods, 'requests'),
    limits: amountRow(pods, 'limits'),
    ...(usage ? { usage } : {}),
  };
}

function usageByNamespace({ containerUsage }: Cluster): Map<string, AmountRow> {
  const namespaces = groupBy(containerUsage.items, ({ namespace }) => namespace);
  return new Map(
    [...namespaces].map(([name, used]) => [
      name,
      {
        cpu: used.reduce((sum, { cpu = 0 }) => sum + cpu, 0),
        memory: used.reduce((sum, { memory = 0 }) => sum + memory, 0),
        pods: new Set(used.map(({ pod }) => pod)).size,
      },
    ]),
  );
}
