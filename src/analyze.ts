import { readBundle } from './bundle/open-bundle.ts';
import type { Catalogue } from './classifier.ts';
import { judge } from './engine/judge.ts';
import { type Cluster, isBlank } from './model/cluster.ts';
import { UserError } from './model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from './model/limits.ts';
import type { Report } from './model/report.ts';
import { mostSimilar } from './model/similar.ts';
import { timed } from './model/timings.ts';
import { createClusterReader } from './readers/read-cluster.ts';
import { VERSION } from './version.ts';

/**
 * Reads one cluster's bundles side by side, judges what they hold together, and says it: the whole program.
 * The report counts the files that nothing reads; `tellUnread` is told their names.
 */
export async function analyze(
  sources: readonly string[],
  catalogue: Catalogue,
  limits: Limits = DEFAULT_LIMITS,
  namespaces: readonly string[] = [],
  tellUnread?: (unread: Cluster['unread']) => void,
): Promise<Report> {
  const reader = createClusterReader(catalogue, limits);
  const bundles = await Promise.all(sources.map((source) => readBundle(source, reader, limits)));
  const about = {
    name: bundles.map(({ name }) => name).join(' + '),
    bytes: bundles.reduce((sum, { bytes }) => sum + bytes, 0),
    files: bundles.reduce((sum, { files }) => sum + files, 0),
  };
  const cluster = timed('model', () => reader.finish(about));
  tellUnread?.(cluster.unread);
  refuseEmpty(cluster);
  for (const namespace of namespaces) refuseUnknown(namespace, cluster);
  return timed('judge', () => judge(cluster, catalogue, VERSION, limits, namespaces));
}

/** A misspelt namespace would read as one without failures. */
function refuseUnknown(namespace: string, { bundle, objects, events }: Cluster): void {
  const known = new Set([
    ...objects.namespaces.items.map(({ metadata }) => metadata.name),
    ...Object.values(objects).flatMap(({ items }) => items.map(({ metadata }) => metadata.namespace)),
    ...events.items.map(({ object }) => object.namespace),
  ]);
  if (known.has(namespace)) return;
  const meant = mostSimilar(
    namespace,
    [...known].filter((name) => name !== undefined),
  );
  throw new UserError(
    `--namespace ${namespace}: ${bundle.name} holds nothing of it${meant ? `; do you mean ${meant}?` : ''}`,
  );
}

/** A letter or a folder of pictures is no bundle; one whose commands all failed still tells that. */
function refuseEmpty(cluster: Cluster): void {
  const { bundle, coverage } = cluster;
  if (coverage.length > 0 || !isBlank(cluster)) return;
  const [problem] = cluster.problems;
  const why = problem ? `; ${problem.file}: ${problem.message}` : '';
  throw new UserError(
    `${bundle.name}: nothing of a Kubernetes cluster was found in it (${bundle.files} files)${why}; give a support bundle, or files of kubectl get -o json, describe or logs`,
  );
}
