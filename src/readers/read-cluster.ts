import type { Entry, Sink, Visitor } from '../bundle/visitor.ts';
import type { Catalogue } from '../classifier.ts';
import type { Cluster } from '../model/cluster.ts';
import { isRecord } from '../model/shape.ts';
import { type Builder, createBuilder, resourceOf } from './builder.ts';

/** Reads a bundle as it flows by; `finish` gives the cluster. */
export type ClusterReader = Visitor & {
  finish(bundle: { readonly name: string; readonly bytes: number; readonly files: number }): Cluster;
};

/** A reader that keeps the log lines that the catalogue's classes ask for. */
export function createClusterReader(_catalogue: Catalogue): ClusterReader {
  const builder = createBuilder();
  return {
    entry: (entry) => sinkFor(entry, builder),
    problem: (file, message) => builder.problem(file, message),
    finish: (bundle) => builder.finish(bundle),
  };
}

function sinkFor({ path }: Entry, builder: Builder): Sink | undefined {
  const file = path.replace(/^[^/]*\//, '');
  if (/^objects\/.*\.json$/.test(file)) return whole((text) => readObjects(text, file, builder));
  return undefined;
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
