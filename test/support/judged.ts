import { judge } from '../../src/engine/judge.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { CATALOGUE, clusterOf } from './cluster.ts';
import { documents, node, type Written } from './objects.ts';

/** The node that pods of the tests run on. */
export const SERVER = 'rke2-server1';

/** What is reported of a cluster that holds these objects and files. */
export function reportOf(objects: readonly Written[], files: Readonly<Record<string, string>> = {}): Report {
  return judge(clusterOf({ objects: documents(objects), files }), CATALOGUE, 'test');
}

/** What is reported of them on a healthy server, unless they bring nodes of their own. */
export function reportOnServer(
  objects: readonly Written[],
  files: Readonly<Record<string, string>> = {},
): Report {
  const nodes = objects.some(({ kind }) => kind === 'Node') ? [] : [node(SERVER)];
  return reportOf([...nodes, ...objects], files);
}

/** The findings of a report, risks left out. */
export function failuresIn({ findings }: Report): Finding[] {
  return findings.filter(({ stage }) => stage !== 'practice');
}
