import type { CodeClassifier, FactName, Facts, FactTypes } from '../classifier.ts';
import { type Cluster, type Collected, RESOURCES, type Resource } from '../model/cluster.ts';
import { containersOf } from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import type { Place, Signal } from '../model/signal.ts';

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

/** What lacks of all places where texts of these kinds stand; nothing where some of it was collected. */
export function missingTexts(cluster: Cluster, places: readonly Place[]): readonly string[] {
  const missing = places.filter((place) => !isCollected[place](cluster));
  return missing.length < places.length ? [] : [...new Set(missing.map((place) => STAND_IN[place]))];
}

const STAND_IN: Readonly<Record<Place, string>> = {
  waiting: 'pods',
  terminated: 'pods',
  event: 'events',
  condition: 'objects',
  log: 'logs',
  journal: 'journals',
};

const hasPods = ({ objects }: Cluster) => objects.pods.extent !== 'none';
const hasObjects = ({ objects }: Cluster) => Object.values(objects).some(({ extent }) => extent !== 'none');

const isCollected: Readonly<Record<Place, (cluster: Cluster) => boolean>> = {
  waiting: hasPods,
  terminated: hasPods,
  event: ({ events }) => events.extent !== 'none',
  condition: hasObjects,
  log: ({ logs: { extent, items } }) =>
    extent !== 'none' && (items.length === 0 || items.some(({ owner }) => owner.of === 'container')),
  journal: ({ logs }) => logs.items.some(({ owner }) => owner.of === 'node'),
};

function collectedOf(cluster: Cluster, name: FactName): Collected<unknown> {
  if (name === 'containers') return cluster.objects.pods;
  // Journals tell of nodes; what is said of objects has to come from them or from events.
  if (name === 'signals')
    return { extent: hasObjects(cluster) || cluster.events.extent !== 'none' ? 'all' : 'none', items: [] };
  if (name === 'coverage') return { extent: cluster.coverage.length > 0 ? 'all' : 'none', items: [] };
  return Object.hasOwn(RESOURCES, name)
    ? cluster.objects[name as Resource]
    : cluster[name as Exclude<FactName, Resource | 'containers' | 'signals' | 'coverage'>];
}
