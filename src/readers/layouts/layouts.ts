import { isModelledGroup } from '../api-groups.ts';
import { casefile } from './casefile.ts';
import { clusterInfoDump } from './cluster-info-dump.ts';
import { crustGather } from './crust-gather.ts';
import { insights } from './insights.ts';
import { expressionOf, type Layout, placeholdersOf, type Reader, type Route, type Rule } from './layout.ts';
import { mustGather } from './must-gather.ts';
import { rancherLogs } from './rancher-logs.ts';
import { resourceNamed } from './resources.ts';
import { sonobuoy } from './sonobuoy.ts';
import { supportBundleKit } from './support-bundle-kit.ts';
import { troubleshoot } from './troubleshoot.ts';
import { verrazzano } from './verrazzano.ts';

/** Every layout that is known; where two know a path, the earlier one is right. */
export const LAYOUTS: readonly Layout[] = [
  casefile,
  troubleshoot,
  insights,
  crustGather,
  mustGather,
  supportBundleKit,
  rancherLogs,
  sonobuoy,
  verrazzano,
  clusterInfoDump,
];

/** Finds out what the files of one bundle are and which tool wrote it. */
export type Router = {
  /** What the path says of a file; nothing when only its content can tell. */
  route(path: string): Route | undefined;
  /** The tools whose marks the paths so far have shown, in that order. */
  layouts(): readonly string[];
};

/** What a path says of a file, whatever stands for its placeholders. */
type Base = Omit<Rule, 'path'> & Pick<Route, 'layout'>;

/** The expression of a path, and the plain text at its end: most paths end differently and need not be tried. */
type Path = { readonly expression: RegExp; readonly end: string };

type Compiled = {
  readonly layout: Layout;
  readonly markers: readonly Path[];
  readonly rules: readonly { readonly base: Base; readonly path: Path; readonly names: readonly string[] }[];
};

function compiledPath(path: string): Path {
  return { expression: expressionOf(path), end: /[^{}()*|?]*$/.exec(path)?.[0] ?? '' };
}

function fits({ expression, end }: Path, path: string): boolean {
  return path.endsWith(end) && expression.test(path);
}

const COMPILED: readonly Compiled[] = LAYOUTS.map((layout) => ({
  layout,
  markers: layout.markers.map(compiledPath),
  rules: layout.rules.map(({ path, ...rule }) => ({
    base: { layout: layout.name, ...rule },
    path: compiledPath(path),
    names: placeholdersOf(path),
  })),
}));

/** What a layout's path says in a bundle that has not shown to be of that layout; other paths could be anything. */
const TELLING = new Set<Reader>([
  'objects',
  'describe',
  'top',
  'table',
  'container log',
  'pod logs',
  'node log',
]);

/** A router for one bundle. The layouts that a marker has shown are asked first, then all others in their order. */
export function createRouter(): Router {
  const found: Compiled[] = [];
  return {
    route(path) {
      for (const candidate of found) {
        const route = routeIn(candidate, path);
        if (route) return route;
      }
      const marked = COMPILED.find(
        (one) => !found.includes(one) && one.markers.some((marker) => fits(marker, path)),
      );
      if (marked) {
        found.push(marked);
        return routeIn(marked, path);
      }
      for (const candidate of COMPILED) {
        const route = candidate.layout.onlyMarked ? undefined : routeIn(candidate, path);
        if (route && TELLING.has(route.reader)) return route;
      }
      return undefined;
    },
    layouts: () => found.map(({ layout }) => layout.name),
  };
}

function routeIn({ rules }: Compiled, path: string): Route | undefined {
  for (const { base, path: known, names } of rules) {
    const match = path.endsWith(known.end) ? known.expression.exec(path) : undefined;
    if (match) return names.length > 0 ? toRoute(base, names, match) : base;
  }
  return undefined;
}

function toRoute(base: Base, names: readonly string[], match: RegExpExecArray): Route {
  // What the rule says comes last: adding to a spread object takes far longer than matching.
  const route: Record<string, unknown> = {};
  const ofResource: Record<string, string> = {};
  for (const [i, name] of names.entries())
    if (OF_RESOURCE.has(name)) ofResource[name] = match[i + 1] ?? '';
    else route[name] = match[i + 1];
  const resource = ofResource.resource === undefined ? undefined : modelledResource(ofResource);
  if (resource) route.resource = resource;
  // The names that a rule's path gives are those of a route.
  return Object.assign(route, base) as Route;
}

/** Parts of a path that together name a resource. */
const OF_RESOURCE: ReadonlySet<string> = new Set(['resource', 'group', 'groupVersion']);

/** A path like `longhorn.io/v1/nodes` names a resource of another API, which the model does not hold. */
function modelledResource({
  resource = '',
  group = '',
  groupVersion = '',
}: Readonly<Record<string, string>>) {
  const modelled = isModelledGroup(group) && isModelledGroup(groupVersion.replace(/-?v\d\w*$/, ''));
  return modelled ? resourceNamed(resource) : undefined;
}
