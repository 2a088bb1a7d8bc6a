import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type Content, json, type Question, status } from './api-server.ts';

interface ApiObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
}
interface ApiList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata?: object;
  readonly items?: readonly ApiObject[] | null;
}
interface TableRow {
  readonly object: ApiObject;
}

const NOT_FOUND = status(404, 'NotFound', 'the server could not find the requested resource');

/** Answers from a recorded cluster: `api/*.json` lists, `table/` server-side tables, `disc/` discovery, `logs/`. */
export function recordedContent(folder: string): Content {
  const files = new Map<string, unknown>();
  const load = (kind: string, path: string): unknown => {
    const file = join(folder, kind, `${path.replace(/^\/|\/$/g, '').replaceAll('/', '__')}.json`);
    if (!files.has(file))
      files.set(file, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
    return files.get(file);
  };
  return (question) => {
    const path = question.path.replace(/\/$/, '');
    if (/^\/(livez|readyz|healthz)$/.test(path)) return health(folder, path, question.query.has('verbose'));
    if (question.accept.includes('apidiscovery') && load('disc', path)) return discovery(load('disc', path));
    if (question.query.get('watch')) return status(405, 'MethodNotAllowed', 'watch is not recorded');
    return resource(folder, load, path, question);
  };
}

function health(folder: string, path: string, verbose: boolean): Answer {
  const file = join(folder, 'api', `${path.slice(1)}.txt`);
  const body = verbose && existsSync(file) ? readFileSync(file) : 'ok';
  return { status: 200, body, type: 'text/plain' };
}

function discovery(document: unknown): Answer {
  const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  return { ...json(200, document), type };
}

function resource(
  folder: string,
  load: (kind: string, path: string) => unknown,
  path: string,
  ask: Question,
): Answer {
  const pretty = ask.query.get('pretty') === 'true';
  const segments = path.split('/').slice(1);
  const base = segments[0] === 'api' ? 2 : 3;
  const group = segments.slice(0, base).join('/');
  if (segments.length <= base) {
    const document = load('api', path);
    return document === undefined ? NOT_FOUND : json(200, document, pretty);
  }
  let rest = segments.slice(base);
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length >= 3) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [kind = '', name, sub] = rest;
  if (kind === 'pods' && sub === 'log') return log(folder, namespace ?? '', name ?? '', ask.query);
  // A border: the recording holds what an API server answered.
  const list = load('api', `${group}/${kind}`) as ApiList | undefined;
  if (!list || sub) return NOT_FOUND;
  const items = (list.items ?? []).filter((item) => selected(item, namespace, name, ask.query));
  if (name !== undefined && items.length === 0) return status(404, 'NotFound', `${kind} "${name}" not found`);
  const table = ask.accept.includes('as=Table') ? load('table', `${group}/${kind}`) : undefined;
  if (table) return tableOf(table as { rows?: readonly TableRow[] }, items);
  if (name !== undefined) {
    return json(
      200,
      { kind: list.kind.replace(/List$/, ''), apiVersion: list.apiVersion, ...items[0] },
      pretty,
    );
  }
  return json(200, pageOf(list, items, ask.query), pretty);
}

function selected(
  item: ApiObject,
  namespace: string | undefined,
  name: string | undefined,
  query: URLSearchParams,
) {
  if (namespace !== undefined && item.metadata.namespace !== namespace) return false;
  if (name !== undefined && item.metadata.name !== name) return false;
  return fieldsMatch(item, query.get('fieldSelector') ?? '');
}

function fieldsMatch(item: unknown, selector: string): boolean {
  for (const term of selector.split(',').filter(Boolean)) {
    const [, path = '', operator, wanted] = /^([^!=]+)(!=|==?)(.*)$/.exec(term) ?? [];
    let value = item;
    for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
    if ((String(value ?? '') === wanted) === (operator === '!=')) return false;
  }
  return true;
}

/** One page of a list, with the token of the next. */
export function pageOf(list: ApiList, items: readonly ApiObject[], query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? 0);
  const start = Number(query.get('continue') ?? 0);
  const end = limit > 0 ? start + limit : items.length;
  const more = end < items.length ? { continue: String(end), remainingItemCount: items.length - end } : {};
  return { ...list, metadata: { ...list.metadata, ...more }, items: items.slice(start, end) };
}

function tableOf(table: { rows?: readonly TableRow[] }, items: readonly ApiObject[]): Answer {
  const key = (object: ApiObject) => `${object.metadata.namespace}/${object.metadata.name}`;
  const wanted = new Set(items.map(key));
  return json(200, { ...table, rows: (table.rows ?? []).filter((row) => wanted.has(key(row.object))) });
}

function log(folder: string, namespace: string, pod: string, query: URLSearchParams): Answer {
  const place = join(folder, 'logs', namespace, pod);
  const logs = existsSync(place)
    ? readdirSync(place).filter((file) => /(?<!\.previous)\.log$/.test(file))
    : [];
  const container = query.get('container') ?? logs[0]?.replace(/\.log$/, '');
  const file = join(place, `${container}${query.get('previous') === 'true' ? '.previous' : ''}.log`);
  if (!existsSync(file)) {
    return status(400, 'BadRequest', `container "${container}" in pod "${pod}" is not available`);
  }
  let lines = readFileSync(file, 'latin1').split(/(?<=\n)/);
  const tail = query.get('tailLines');
  if (tail !== null) lines = Number(tail) === 0 ? [] : lines.slice(-Number(tail));
  if (query.get('timestamps') !== 'true') lines = lines.map((line) => line.replace(/^\S+ /, ''));
  const body = Buffer.from(lines.join(''), 'latin1');
  const limit = query.get('limitBytes');
  return { status: 200, body: limit === null ? body : body.subarray(0, Number(limit)), type: 'text/plain' };
}
