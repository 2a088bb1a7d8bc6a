import type { Cluster, LogOwner } from '../../../src/model/cluster.ts';
import { createClusterReader } from '../../../src/readers/read-cluster.ts';
import { CATALOGUE } from '../../support/cluster.ts';
import type { Files } from './forms.ts';

/** The cluster that the files of a bundle tell of. */
export function clusterIn(files: Files): Cluster {
  const reader = createClusterReader(CATALOGUE);
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const sink = reader.entry({ path, size: bytes.length, modified: undefined });
    // In pieces, as an archive gives them.
    for (let at = 0; at < bytes.length; at += 60_000) sink?.chunk(bytes.subarray(at, at + 60_000));
    sink?.end(true);
  }
  return reader.finish({ name: 'bundle', bytes: 0, files: Object.keys(files).length });
}

/** Objects by kind and name, without the place where they were read; what is empty says as much as what is missing. */
export function objectsIn({ objects }: Cluster): Record<string, unknown> {
  const found: [string, unknown][] = [];
  for (const { items } of Object.values(objects))
    for (const { origin: _, ...object } of items)
      found.push([
        `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
        JSON.parse(JSON.stringify(object, (_, value) => (value === '' ? undefined : value))),
      ]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function eventsIn({ events }: Cluster): string[] {
  return events.items.map(({ origin: _, ...event }) => JSON.stringify(event)).sort();
}

/** Logs by owner: how many lines, and which classifiers' lines they hold. */
export function logsIn({ logs }: Cluster): Record<string, unknown> {
  const name = (owner: LogOwner) => Object.values(owner).join(' ');
  const found = logs.items.map(({ owner, lines, hits, ends }) => [
    name(owner),
    { lines, last: ends.last(), hits: hits.map(({ classifier, count }) => `${classifier} ${count}`).sort() },
  ]);
  return Object.fromEntries(found.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}
