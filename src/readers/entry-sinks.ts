import type { Entry, Sink } from '../bundle/visitor.ts';
import type { LogOwner } from '../model/cluster.ts';
import { allowing } from '../model/limits.ts';
import { takeAbout, takeLedger } from './collector-records.ts';
import { dumpSink } from './dump.ts';
import { asUtf8, byHead, textSink } from './head.ts';
import { jsonItems } from './json-items.ts';
import type { Reader, Route } from './layouts/layout.ts';
import { ownedLog, strayLog } from './log-sinks.ts';
import { takeSummary } from './metrics.ts';
import { takeCertificates, takeClock, takeFilesystems } from './node-facts.ts';
import { objectTaker } from './object-taker.ts';
import type { Run } from './run.ts';
import { type Content, contentOf, HEAD_BYTES } from './sniff.ts';
import { takeErrors, takeTime, takeVersion } from './tool-records.ts';
import { yamlItems } from './yaml-items.ts';

/** Where a file stands, as in the archive and below the folder of the bundle, and what its path says. */
type Place = {
  readonly path: string;
  readonly file: string;
  readonly route: Partial<Route>;
  readonly modified: number | undefined;
};

/** The sink for one entry of a bundle, by its path where a layout knows it, else by its content. */
export function sinkFor(entry: Entry, run: Run): Sink | undefined {
  const path = entry.path.startsWith('./') ? entry.path.slice(2) : entry.path;
  const route = run.router.route(path);
  const file = path.replace(/^casefile-[^/]*\//, '');
  const place = { path: entry.path, file, route: route ?? {}, modified: entry.modified };
  if (route?.reader === 'nothing') return void run.builder.unread(route.what ?? 'other files', file);
  return asUtf8(route ? routed(route.reader, place, run) : byContent(place, run));
}

function routed(reader: Reader, place: Place, run: Run): Sink {
  const { path, file, route } = place;
  switch (reader) {
    case 'objects':
      return objects(place, run);
    case 'describe':
    case 'table':
    case 'top':
      return printed(place, run);
    case 'container log':
      return containerLog(place, run);
    case 'node log':
      return ownedLog(place, nodeOwner(route), run);
    case 'dump':
    case 'pod logs':
      return dump(place, run);
    case 'version':
      return text(place, run, (said) => takeVersion(said, run));
    case 'time':
      return text(place, run, (said) => takeTime(said, run));
    case 'ledger':
      return text(place, run, (said) => takeLedger(said, path, run));
    case 'about':
      return text(place, run, (said) => takeAbout(said, path, run));
    case 'certificates':
      return text(place, run, (said) => takeCertificates({ text: said, node: nodeOf(route), file }, run));
    case 'filesystems':
      return text(place, run, (said) => takeFilesystems({ text: said, node: nodeOf(route), file }, run));
    case 'clock':
      return text(place, run, (said) => takeClock({ text: said, node: nodeOf(route), file }, run));
    case 'summary':
      return text(place, run, (said) => takeSummary(said, file, run));
    case 'errors':
      return text(place, run, (said) => takeErrors(said, file, run));
    case 'said':
      return text(place, run, (said) => void run.said.set(file, said));
    case 'nothing':
      return { chunk() {}, end() {} };
  }
}

function nodeOwner(route: Partial<Route>): LogOwner {
  return { of: 'node', node: nodeOf(route), unit: route.unit ?? 'unknown' };
}

function nodeOf({ node = 'unknown' }: Partial<Route>): string {
  return node;
}

/** Kinds of content that nothing reads, in the plural. */
const UNREAD: Partial<Readonly<Record<Content, string>>> = {
  records: 'JSON without Kubernetes objects',
  page: 'web pages',
  archive: 'archives inside the bundle',
  binary: 'binary files',
  nothing: 'empty files',
  text: 'other texts',
};

function byContent(place: Place, run: Run): Sink {
  return byHead(HEAD_BYTES, (head) => ofContent(contentOf(head.toString('utf8'), place.file), place, run));
}

function ofContent(content: Content, place: Place, run: Run): Sink | undefined {
  const { file } = place;
  switch (content) {
    case 'objects':
      return objects(place, run);
    case 'printed':
      return printed(place, run);
    case 'dump':
      return dump(place, run);
    case 'errors':
      return text(place, run, (said) => takeErrors(said, file, run));
    case 'log':
    case 'journal':
      return strayLog(place, file, undefined, run);
    default:
      run.builder.unread(UNREAD[content] ?? 'other files', file);
      return undefined;
  }
}

function objects(place: Place, run: Run): Sink {
  const { file, route } = place;
  return byHead(HEAD_BYTES, (head) => {
    const start = head
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    // Where in a file the first log of a dump comes is not known.
    if (/^\{/.test(start) && !route.reader) return dump(place, run);
    if (/^[{[]/.test(start) || start === '') return jsonItems(objectTaker(file, route, run), run.limits);
    const content = contentOf(start, file);
    if (content === 'objects' || content === 'text')
      return yamlItems(objectTaker(file, route, run), run.limits);
    return ofContent(content, { ...place, route: {} }, run);
  });
}

function printed(place: Place, run: Run): Sink {
  const { file, route, modified } = place;
  return text(place, run, (said) => void run.printed.push({ file, text: said, route, modified }));
}

function containerLog(place: Place, run: Run): Sink {
  const { file, route } = place;
  const { namespace, pod, container, previous = false } = route;
  if (!namespace || !pod) return strayLog(place, file, namespace, run);
  return ownedLog(place, { of: 'container', namespace, pod, container, previous }, run);
}

function dump(place: Place, run: Run): Sink {
  const { file, route, modified } = place;
  const objectsOf =
    route.reader === 'pod logs' ? undefined : jsonItems(objectTaker(file, route, run), run.limits);
  const previous = route.previous ?? false;
  return dumpSink(objectsOf, ({ namespace, pod, container, before }) =>
    ownedLog({ file, before, modified }, { of: 'container', namespace, pod, container, previous }, run),
  );
}

/** No text is held that is larger than the limit, so no string can become too long. */
function text({ file }: Place, { limits, builder }: Run, read: (text: string) => void): Sink {
  return textSink(limits.text, read, () => {
    builder.failed(file);
    builder.problem(file, `larger than ${limits.text} bytes; its rest is not read ${allowing('text')}`);
  });
}
