import { RESOURCES } from '../model/cluster.ts';
import { isKind } from '../model/objects.ts';
import { isRecord } from '../model/shape.ts';
import { isModelledVersion } from './api-groups.ts';
import { type Builder, resourceOf } from './builder.ts';
import { fromInternalForm, resourceOfLink } from './internal-form.ts';
import type { JsonList } from './json-items.ts';
import type { Route } from './layouts/layout.ts';
import { resourceNamed } from './layouts/resources.ts';
import { isMetrics, takeMetrics } from './metrics.ts';
import type { Run } from './run.ts';
import { statusOfError } from './tool-errors.ts';
import { watchLists } from './whole-lists.ts';
import type { YamlTaker } from './yaml-items.ts';

/** Takes the objects of one file, JSON or YAML, into the cluster; `route` is what the file's path says. */
export function objectTaker(
  file: string,
  route: Partial<Route>,
  run: Pick<Run, 'builder' | 'told'>,
): YamlTaker {
  const { builder } = run;
  const expected = route.resource === undefined ? undefined : kindOfResource(route.resource);

  function kindOf(value: Readonly<Record<string, unknown>>, list: JsonList | undefined): string | undefined {
    const said = textOf(value.kind) ?? list?.kind?.replace(/List$/, '');
    return (
      said || expected || kindOfResource(resourceNamed(resourceOfLink(value) ?? '')) || kindByFields(value)
    );
  }

  function claim(kind: string | undefined, more?: string) {
    const resource = kind === undefined ? undefined : resourceOf(kind);
    if (!route.whole || !resource) return;
    const { namespace, layout } = route;
    builder.listed({
      resource,
      file,
      namespace,
      layout,
      next: more === undefined ? undefined : nextPage(file),
    });
  }

  const lists = watchLists(file, route, run);

  return {
    item(raw, path, list) {
      const value = formOf(raw, route.layout);
      if (!isRecord(value)) return;
      const kind = kindOf(value, list);
      const version = value.apiVersion ?? list?.apiVersion;
      if (kind === 'Status') takeRefusal(value, file, builder);
      else if (kind === undefined) builder.unread('data without a kind', file);
      else if (isDeleted(value)) builder.unread('objects that were deleted', file);
      else if (isMetrics(kind, version)) takeMetrics(value, { file, path }, builder);
      else if (!isModelledVersion(version))
        builder.object(`${kind} of ${String(version)}`, value, { file, path }, 'object');
      else {
        builder.object(kind, kind === 'Event' ? withObject(value) : value, { file, path }, 'object');
        if (!list && path === '') claim(kind);
      }
      if (list) lists.item(kind, value);
    },
    list(list, items) {
      const kind = list.kind?.replace(/List$/, '');
      if (isModelledVersion(list.apiVersion)) claim(kind || expected, list.continue);
      lists.end(list);
      if (items === 0 && kind === undefined && expected === undefined)
        builder.unread('data without a kind', file);
    },
    problem(path, message) {
      builder.problem(file, path === '' ? message : `${path} ${message}`);
      builder.failed(file);
    },
    wants({ kind, apiVersion }) {
      const name = kind?.replace(/List$/, '') || expected;
      return (
        name === undefined ||
        name === '' ||
        name === 'Status' ||
        isMetrics(name, apiVersion) ||
        (isModelledVersion(apiVersion) && isKind(name))
      );
    },
  };
}

/** The pages of a long list: pods.json, pods.2.json, pods.3.json. */
function nextPage(file: string): string {
  const [, name = file, page = '1', ending = ''] = /^(.*?)(?:\.(\d+))?(\.\w+)$/.exec(file) ?? [];
  return `${name}.${Number(page) + 1}${ending}`;
}

function kindOfResource(resource: ReturnType<typeof resourceNamed>): string | undefined {
  if (resource === undefined) return undefined;
  return resource === 'events' ? 'Event' : RESOURCES[resource];
}

/** The API server's own word for a failure, where the answer should be. */
function takeRefusal(value: Readonly<Record<string, unknown>>, file: string, builder: Builder): void {
  const detail = textOf(value.message) ?? textOf(value.reason) ?? 'failed';
  builder.coverage({ what: file, status: statusOfError(`${value.reason} ${detail}`), detail });
  builder.failed(file);
}

/** Tools that print the API's types in Go leave the kind out; two kinds are plain to see all the same. */
function kindByFields(value: Readonly<Record<string, unknown>>): string | undefined {
  if (isRecord(value.involvedObject) && 'reason' in value) return 'Event';
  const containers = isRecord(value.spec) && Array.isArray(value.spec.containers);
  return containers && isRecord(value.metadata) ? 'Pod' : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object as the API would give it, whatever the tool made of it. */
function formOf(value: unknown, layout: string | undefined): unknown {
  const form = fromInternalForm(value);
  return layout === 'support-bundle-kit' ? withoutNullWords(form) : form;
}

/** support-bundle-kit writes the word "null" for what is empty; in a list that is an empty text. */
function withoutNullWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => (member === 'null' ? '' : withoutNullWords(member)));
  if (!isRecord(value)) return value === 'null' ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNullWords(inner)]));
}

/** crust-gather, when it records a cluster for a while, keeps what was deleted meanwhile, and says so. */
function isDeleted({ metadata }: Readonly<Record<string, unknown>>): boolean {
  return Boolean(Object(Object(metadata).annotations)['crust-gather.io/deleted']);
}

/** Insights leaves out which object an event is about; its namespace is all that is known. */
function withObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if ('involvedObject' in value || 'regarding' in value || typeof value.namespace !== 'string') return value;
  return { ...value, involvedObject: { kind: 'Namespace', name: value.namespace } };
}
