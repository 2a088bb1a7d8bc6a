import type { CodeClassifier, FactName, Facts, FactTypes } from '../classifier.ts';
import { type Cluster, type Collected, RESOURCES, type Resource } from '../model/cluster.ts';
import { containersOf } from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import type { Signal } from '../model/signal.ts';

/** Every fact of a cluster, for classifiers to be given those that they declare. */
export function factsOf(cluster: Cluster, joins: Joins, signals: readonly Signal[]): Facts<FactName> {
  const resources = Object.keys(RESOURCES) as Resource[];
  const objects = Object.fromEntries(
    resources.map((resource) => [resource, cluster.objects[resource].items]),
  );
  return {
    ...(objects as unknown as Pick<FactTypes, Resource>),
    containers: cluster.objects.pods.items.flatMap(containersOf),
    signals,
    events: cluster.events.items,
    logs: cluster.logs.items,
    containerUsage: cluster.containerUsage.items,
    nodeUsage: cluster.nodeUsage.items,
    certificates: cluster.certificates.items,
    filesystems: cluster.filesystems.items,
    clocks: cluster.clocks.items,
    coverage: cluster.coverage,
    joins,
    time: cluster.time,
    cluster,
  };
}

/** What a classifier says of the facts that it is judged by. */
type Wanted = Pick<CodeClassifier, 'needs' | 'uses' | 'complete'>;

/** The facts that a classifier needs and that were not collected, or not whole where absence decides. */
export function missingFacts(cluster: Cluster, { needs, uses = [], complete = [] }: Wanted): FactName[] {
  const isMissing = (name: FactName) => collectedOf(cluster, name).extent === 'none';
  if (needs.length === 0 && uses.every(isMissing)) return [...uses];
  const missing = needs.filter(isMissing);
  for (const name of complete) {
    const { extent, namespaces } = collectedOf(cluster, name);
    if (extent !== 'all' && !namespaces && !missing.includes(name)) missing.push(name);
  }
  return missing;
}

function collectedOf(cluster: Cluster, name: FactName): Collected<unknown> {
  if (name === 'containers') return cluster.objects.pods;
  if (name === 'signals') return { extent: 'all', items: [] };
  if (name === 'coverage') return { extent: cluster.coverage.length > 0 ? 'all' : 'none', items: [] };
  return Object.hasOwn(RESOURCES, name)
    ? cluster.objects[name as Resource]
    : cluster[name as Exclude<FactName, Resource | 'containers' | 'signals' | 'coverage'>];
}
