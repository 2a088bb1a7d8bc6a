import type { Entry, Sink, Visitor } from '../bundle/visitor.ts';
import type { Catalogue } from '../classifier.ts';
import {
  type Cluster,
  type CoverageStatus,
  DISTRIBUTIONS,
  type Distribution,
  type LogOwner,
} from '../model/cluster.ts';
import { isRecord } from '../model/shape.ts';
import { parseTime } from '../model/time.ts';
import { readAbout } from './about.ts';
import { type Builder, createBuilder, resourceOf } from './builder.ts';
import { describedObjects } from './describe/read-describe.ts';
import { type LedgerRow, readLedger } from './ledger.ts';
import { compileLineRules, type LineRules } from './line-rules.ts';
import { logSink } from './log.ts';
import { readTop } from './top.ts';

/** Reads a bundle as it flows by; `finish` gives the cluster. */
export type ClusterReader = Visitor & {
  finish(bundle: { readonly name: string; readonly bytes: number; readonly files: number }): Cluster;
};

/** Text of an entry that can only be read once the time of the bundle is known: ages count back from it. */
type Waiting = { readonly file: string; readonly text: string };

/** A reader that keeps the log lines that the catalogue's classes ask for. */
export function createClusterReader(catalogue: Catalogue): ClusterReader {
  const builder = createBuilder();
  const rules = compileLineRules(
    catalogue.classes
      .filter(
        (known) =>
          known.by === 'code' || known.detect.in.some((place) => place === 'log' || place === 'journal'),
      )
      .filter(({ expressions }) => expressions.length > 0)
      .map(({ id, expressions }) => ({ classifier: id, expressions })),
  );
  const described: Waiting[] = [];
  return {
    entry: (entry) => sinkFor(entry, builder, rules, described),
    problem: (file, message) => builder.problem(file, message),
    finish(bundle) {
      for (const { file, text } of described) readDescribe(text, file, builder);
      return builder.finish(bundle);
    },
  };
}

function sinkFor(
  { path }: Entry,
  builder: Builder,
  rules: LineRules,
  described: Waiting[],
): Sink | undefined {
  const file = path.replace(/^(?:\.\/)?casefile-[^/]*\//, '');
  const owner = logOwnerOf(file);
  if (owner) return logSink(file, owner, rules, (log) => builder.add('logs', log));
  if (/^objects\/.*\.json$/.test(file)) return whole((text) => readObjects(text, file, builder));
  if (/^describe\/.*\.txt$/.test(file)) return whole((text) => void described.push({ file, text }));
  if (/^top\/.*\.txt$/.test(file)) return whole((text) => readUsage(text, file, builder));
  if (file === 'ledger.tsv') return whole((text) => readLedgerRows(readLedger(text), builder));
  if (file === 'about.txt') return whole((text) => readAboutText(text, builder));
  return undefined;
}

function logOwnerOf(file: string): LogOwner | undefined {
  const [, namespace, pod, container, previous] =
    /^logs\/([^/]+)\/([^/]+)\/([^/]+?)(\.previous)?\.log$/.exec(file) ?? [];
  if (!namespace || !pod || !container) return undefined;
  return { of: 'container', namespace, pod, container, previous: previous !== undefined };
}

function whole(read: (text: string) => void): Sink {
  const chunks: Buffer[] = [];
  return {
    chunk: (bytes) => void chunks.push(Buffer.from(bytes)),
    end: () => read(Buffer.concat(chunks).toString('utf8')),
  };
}

function readObjects(text: string, file: string, builder: Builder): void {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || typeof value.kind !== 'string') return;
  if (!Array.isArray(value.items)) {
    builder.object(value.kind, value, { file, path: '' }, 'object');
    return;
  }
  const kind = value.kind.replace(/List$/, '');
  const resource = resourceOf(kind);
  if (resource) builder.listed(resource, file);
  for (const [index, item] of (value.items as readonly unknown[]).entries())
    builder.object(kind, item, { file, path: `items[${index}]` }, 'object');
}

function readDescribe(text: string, file: string, builder: Builder): void {
  for (const { kind, value, lines } of describedObjects(text, builder.collectedAt()))
    builder.object(kind, value, { file, path: '', lines }, 'describe');
}

function readUsage(text: string, file: string, builder: Builder): void {
  const { nodes, containers } = readTop(text, file);
  for (const usage of nodes) builder.add('nodeUsage', usage);
  for (const usage of containers) builder.add('containerUsage', usage);
}

function readLedgerRows(rows: readonly LedgerRow[], builder: Builder): void {
  for (const row of rows) {
    if (row.class !== 'ok' && row.path) builder.failed(row.path);
    const status: CoverageStatus = row.class === 'ok' && row.cut ? 'cut' : row.class;
    builder.coverage({ what: row.argv, status, ...(row.exit ? { detail: `exit status ${row.exit}` } : {}) });
  }
}

function readAboutText(text: string, builder: Builder): void {
  const about = readAbout(text);
  const collectedAt = parseTime(about.get('time'));
  const version = about.get('server');
  const distribution = distributionOf(`${about.get('distribution') ?? ''} ${version ?? ''}`);
  builder.about({
    layout: `casefile ${about.get('layout') ?? ''}`.trim(),
    ...(collectedAt === undefined ? {} : { collectedAt }),
    ...(version ? { version } : {}),
    ...(distribution ? { distribution } : {}),
  });
}

function distributionOf(text: string): Distribution | undefined {
  return DISTRIBUTIONS.find((name) => text.toLowerCase().includes(name));
}
