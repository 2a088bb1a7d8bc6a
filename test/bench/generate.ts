import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { END, header } from '../bundle/hand-made-tar.ts';
import { logBytes, longLine } from './log-lines.ts';
import { event, node, page, pod, workload } from './objects.ts';
import { MADE, podPlan, type Shape, workloadCount } from './shape.ts';

/** One file of a bundle. */
export type BundleFile = { readonly path: string; readonly size: number; readonly chunks: Iterable<Buffer> };

const PAGE = 500;

/** The files of a bundle of a shape, as `collect.sh` writes them; the same for the same shape. */
export function* bundleFiles(shape: Shape): Generator<BundleFile> {
  const rows: string[] = [];
  function* summed({ path, size, chunks }: BundleFile): Generator<Buffer> {
    const sum = createHash('sha256');
    for (const chunk of chunks) {
      sum.update(chunk);
      yield chunk;
    }
    const start = '2026-11-22T12:00:00Z';
    rows.push(
      [rows.length + 1, path, 'kubectl get', start, 100, 0, size, sum.digest('hex'), 0, 0, 'ok'].join('\t'),
    );
  }
  const told = (file: BundleFile): BundleFile => ({ ...file, chunks: summed(file) });
  yield text(
    'about.txt',
    `layout=1\ncollector=0.1.0\ntime=${new Date(MADE).toISOString().replace('.000', '')}\nserver=v1.34.9\n`,
  );
  for (const file of objectFiles(shape)) yield told(file);
  for (const file of logFiles(shape)) yield told(file);
  const columns = 'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass';
  yield text('ledger.tsv', `${[columns, ...rows].join('\n')}\n`);
  yield text('COMPLETE', `${rows.length + 2} files\n`);
}

function* objectFiles(shape: Shape): Generator<BundleFile> {
  const workloads = workloadCount(shape);
  yield* pages('pods', 'Pod', 'v1', shape.pods, (i) => pod(podPlan(shape, i)));
  yield* pages('nodes', 'Node', 'v1', shape.nodes, node);
  yield* pages('deployments.apps', 'Deployment', 'apps/v1', workloads, (i) =>
    workload('Deployment', shape, i),
  );
  yield* pages('replicasets.apps', 'ReplicaSet', 'apps/v1', workloads, (i) =>
    workload('ReplicaSet', shape, i),
  );
  yield* pages('events', 'Event', 'v1', shape.events, (i) => event(shape, i));
}

function* pages(
  name: string,
  kind: string,
  apiVersion: string,
  count: number,
  item: (index: number) => object,
): Generator<BundleFile> {
  for (let from = 0; from < Math.max(count, 1); from += PAGE) {
    const items = Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => item(from + i));
    const number = from === 0 ? '' : `.${from / PAGE + 1}`;
    yield text(`objects/${name}${number}.json`, page(kind, apiVersion, items));
  }
}

function* logFiles({ logBytes: total, bytesPerLog, ...shape }: Shape): Generator<BundleFile> {
  for (let i = 0; i * bytesPerLog < total; i++) {
    const plan = podPlan({ ...shape, logBytes: total, bytesPerLog }, i % shape.pods);
    const size = Math.min(bytesPerLog, total - i * bytesPerLog);
    const container = i < shape.pods ? 'main' : `side-${Math.floor(i / shape.pods)}`;
    const path = `logs/${plan.namespace}/${plan.name}/${container}.log`;
    yield { path, size, chunks: logBytes(shape.seed + i, size, shape) };
  }
  if (shape.longLine > 0)
    yield { path: 'logs/shop/long-0/main.log', size: shape.longLine, chunks: longLine(shape.longLine) };
}

function text(path: string, content: string): BundleFile {
  const bytes = Buffer.from(content);
  return { path, size: bytes.length, chunks: [bytes] };
}

function* tar(shape: Shape): Generator<Buffer> {
  for (const { path, size, chunks } of bundleFiles(shape)) {
    yield header({ name: `casefile-shop-20261122T120000Z/${path}`, size });
    yield* chunks;
    yield Buffer.alloc(-size & 511);
  }
  yield END;
}

/** Writes a bundle of a shape as .tar.gz, at the usual level of gzip. */
export async function writeBundle(file: string, shape: Shape): Promise<void> {
  const part = `${file}.part`;
  await pipeline(
    Readable.from(tar(shape)),
    createGzip({ level: 6, chunkSize: 256 * 1024 }),
    createWriteStream(part),
  );
  await rename(part, file);
}
