import type { Cluster, Of } from '../../model/cluster.ts';
import { containersOf } from '../../model/containers.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Report } from '../../model/report.ts';
import { type Amounts, add, holdsResources, NOTHING, podAmounts } from './amounts.ts';
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

function namespaceRow(name: string, pods: readonly Of<'pods'>[], usage: Amounts | undefined): Row {
  const states: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const pod of pods) {
    const status = podStatus(pod);
    states[status] = (states[status] ?? 0) + 1;
  }
  const held = pods.filter(holdsResources);
  return {
    name,
    pods: Object.fromEntries(Object.entries(states).sort(([a], [b]) => (a < b ? -1 : 1))),
    restarts: pods.flatMap(containersOf).reduce((sum, { restarts }) => sum + restarts, 0),
    requests: held.map((pod) => podAmounts(pod, 'requests')).reduce(add, NOTHING),
    limits: held.map((pod) => podAmounts(pod, 'limits')).reduce(add, NOTHING),
    ...(usage ? { usage } : {}),
  };
}

function usageByNamespace({ containerUsage }: Cluster): Map<string, Amounts> {
  const usage = new Map<string, Amounts>();
  const pods = new Set<string>();
  for (const { namespace, pod, cpu = 0, memory = 0 } of containerUsage.items) {
    const seen = pods.has(`${namespace}/${pod}`);
    pods.add(`${namespace}/${pod}`);
    usage.set(namespace, add(usage.get(namespace) ?? NOTHING, { cpu, memory, pods: seen ? 0 : 1 }));
  }
  return usage;
}
