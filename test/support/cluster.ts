import { parseAllDocuments } from 'yaml';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import type { ExampleCluster } from '../../src/classifier.ts';
import { type Cluster, RESOURCES, type Resource } from '../../src/model/cluster.ts';
import { createClusterReader } from '../../src/readers/read-cluster.ts';

export const CATALOGUE = builtinCatalogue();

/** The time of a bundle that does not say another. */
const NOON = '2026-11-22T12:00:00Z';

/**
 * The only builder of clusters for tests: a whole bundle in layout 1 from objects as YAML and from files as text.
 * Every kind counts as collected: what an example does not name is not there.
 */
export function clusterOf({ objects = '', files = {}, time = NOON }: Omit<ExampleCluster, 'about'>): Cluster {
  return clusterOfFiles({ 'about.txt': `layout=1\ntime=${time}\n`, ...objectFiles(objects), ...files });
}

/** A cluster from the files of a bundle, as they are. */
export function clusterOfFiles(files: Readonly<Record<string, string>>): Cluster {
  const reader = createClusterReader(CATALOGUE);
  let bytes = 0;
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    bytes += content.length;
    const sink = reader.entry({ path: `casefile-shop/${path}`, size: content.length, modified: undefined });
    sink?.chunk(content);
    sink?.end(true);
  }
  return reader.finish({ name: 'example', bytes, files: Object.keys(files).length });
}

type Written = { readonly kind?: string; readonly metadata?: Record<string, unknown> };

/** Objects as the collector would store them: one list for each resource, empty where there is none. */
function objectFiles(objects: string): Record<string, string> {
  const written = parseAllDocuments(objects).flatMap((document) => {
    const value = document.toJS() as Written | null;
    return value === null ? [] : [value];
  });
  const resources = Object.entries({ ...RESOURCES, events: 'Event' }) as [Resource | 'events', string][];
  const unknown = written.filter(({ kind }) => !resources.some(([, known]) => known === kind));
  if (unknown.length > 0)
    throw new Error(`an example holds kinds that Casefile does not know: ${JSON.stringify(unknown[0])}`);
  return Object.fromEntries(
    resources.map(([resource, kind]) => {
      const items = written.filter((object) => object.kind === kind);
      return [`objects/${resource}.json`, JSON.stringify({ apiVersion: 'v1', kind: `${kind}List`, items })];
    }),
  );
}
