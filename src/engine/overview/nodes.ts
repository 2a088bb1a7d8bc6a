import type { Cluster, NodeUsage, Of } from '../../model/cluster.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Joins } from '../../model/joins.ts';
import { parseQuantity } from '../../model/quantity.ts';
import type { Report } from '../../model/report.ts';
import { amountRow } from './amounts.ts';

type NodeRow = Report['nodes'][number];

/** Each node with what it can give, what its pods ask for, and what they use. Those under most pressure come first. */
export function nodeRows(cluster: Cluster, joins: Joins): NodeRow[] {
  const usage = groupBy(cluster.nodeUsage.items, ({ node }) => node);
  const rows = cluster.objects.nodes.items.map((node) => {
    const { name } = node.metadata;
    return nodeRow(node, joins.podsOn(name), usage.get(name)?.[0]);
  });
  return rows.sort((a, b) => load(b) - load(a) || (a.name < b.name ? -1 : 1));
}

function nodeRow(node: Of<'nodes'>, pods: readonly Of<'pods'>[], usage: NodeUsage | undefined): NodeRow {
  const name = node.metadata.name;
  const { kubeletVersion } = node.status.nodeInfo;
  return {
    name,
    ready: readiness(node),
    pressure: pressureOf(node),
    roles: rolesOf(node),
    ...(kubeletVersion ? { version: kubeletVersion } : {}),
    allocatable: known({
      cpu: parseQuantity(node.status.allocatable.cpu),
      memory: parseQuantity(node.status.allocatable.memory),
      pods: parseQuantity(node.status.allocatable.pods),
    }),
    requests: amountRow(pods, 'requests'),
    limits: amountRow(pods, 'limits'),
    ...(usage && (usage.cpu ?? usage.memory) !== undefined
      ? { usage: known({ cpu: usage.cpu, memory: usage.memory }) }
      : {}),
  };
}

function load({ ready, requests, allocatable }: NodeRow): number {
  const share = (asked = 0, given = 0) => (given > 0 ? asked / given : 0);
  return (
    (ready === 'yes' ? 0 : 10) +
    Math.max(share(requests.cpu, allocatable.cpu), share(requests.memory, allocatable.memory))
  );
}

function readiness({ status }: Of<'nodes'>): NodeRow['ready'] {
  const ready = status.conditions.find(({ type }) => type === 'Ready')?.status;
  if (ready === 'True') return 'yes';
  return ready === 'False' ? 'no' : 'unknown';
}

function pressureOf({ status, spec }: Of<'nodes'>): string[] {
  const pressing = status.conditions.filter(
    ({ type = '', status: is }) => /Pressure$/.test(type) && is === 'True',
  );
  const words = pressing.map(({ type = '' }) => type);
  return spec.unschedulable ? [...words, 'SchedulingDisabled'] : words;
}

function rolesOf({ metadata }: Of<'nodes'>): string[] {
  const prefix = 'node-role.kubernetes.io/';
  return Object.keys(metadata.labels)
    .filter((label) => label.startsWith(prefix))
    .map((label) => label.slice(prefix.length))
    .sort();
}

/** Only the amounts that are known. */
function known(amounts: { readonly [resource: string]: number | undefined }): NodeRow['requests'] {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== undefined));
}
