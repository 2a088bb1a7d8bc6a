import { isModelledGroup } from '../api-groups.ts';
import { casefile } from './casefile.ts';
import { clusterInfoDump, verrazzano } from './cluster-info-dump.ts';
import { crustGather } from './crust-gather.ts';
import { insights } from './insights.ts';
import { expressionOf, type Layout, type Reader, type Route, type Rule } from './layout.ts';
import { mustGather } from './must-gather.ts';
import { rancherLogs } from './rancher-logs.ts';
import { resourceNamed } from './resources.ts';
import { sonobuoy } from './sonobuoy.ts';
import { supportBundleKit } from './support-bundle-kit.ts';
import { troubleshoot } from './troubleshoot.ts';

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

type Compiled = {
  readonly layout: Layout;
  readonly markers: readonly RegExp[];
  readonly rules: readonly { readonly base: Base; readonly path: RegExp }[];
};

const COMPILED: readonly Compiled[] = LAYOUTS.map((layout) => ({
  layout,
  markers: layout.markers.map(expressionOf),
  rules: layout.rules.map(({ path, ...rule }) => ({
    base: { layout: layout.name, ...rule },
    path: expressionOf(path),
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
        (one) => !found.includes(one) && one.markers.some((marker) => marker.test(path)),
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
  for (const { base, path: expression } of rules) {
    const match = expression.exec(path);
    if (match) return match.groups ? toRoute(base, match.groups) : base;
  }
  return undefined;
}

/** A path like `longhorn.io/v1/nodes` names a resource of another API, which the model does not hold. */
function toRoute(base: Base, groups: Readonly<Record<string, string>>): Route {
  const { resource, group = '', groupVersion = '', ...names } = groups;
  if (resource === undefined) return { ...base, ...names };
  const modelled = isModelledGroup(group) && isModelledGroup(groupVersion.replace(/-?v\d\w*$/, ''));
  const known = modelled ? resourceNamed(resource) : undefined;
  return { ...base, ...names, ...(known && { resource: known }) };
}
