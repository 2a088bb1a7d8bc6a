import { readBundle } from './bundle/open-bundle.ts';
import type { Catalogue } from './classifier.ts';
import { judge } from './engine/judge.ts';
import type { Report } from './model/report.ts';
import { timed } from './model/timings.ts';
import { createClusterReader } from './readers/read-cluster.ts';
import { VERSION } from './version.ts';

/** Reads one cluster's bundles side by side, judges what they hold together, and says it: the whole program. */
export async function analyze(sources: readonly string[], catalogue: Catalogue): Promise<Report> {
  const reader = createClusterReader(catalogue);
  const bundles = await Promise.all(sources.map((source) => readBundle(source, reader)));
  const about = {
    name: bundles.map(({ name }) => name).join(' + '),
    bytes: bundles.reduce((sum, { bytes }) => sum + bytes, 0),
    files: bundles.reduce((sum, { files }) => sum + files, 0),
  };
  const cluster = timed('model', () => reader.finish(about));
  return timed('judge', () => judge(cluster, catalogue, VERSION));
}
