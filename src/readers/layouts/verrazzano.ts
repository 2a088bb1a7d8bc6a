import type { Layout } from './layout.ts';

/** A cluster snapshot of Verrazzano: the tree of cluster-info dump with more kinds; its lists have no kind. */
export const verrazzano: Layout = {
  name: 'verrazzano',
  markers: ['cluster-snapshot/**'],
  rules: [
    { path: 'cluster-snapshot/{namespace}/{pod}/previous-logs.txt', reader: 'pod logs', previous: true },
    { path: 'cluster-snapshot/{namespace}/{pod}/logs.txt', reader: 'pod logs' },
    { path: 'cluster-snapshot/metadata.json', reader: 'nothing', what: "the tool's own records" },
    { path: 'cluster-snapshot/{resource}.json', reader: 'objects', whole: true },
    { path: 'cluster-snapshot/{namespace}/{resource}.json', reader: 'objects', whole: true },
  ],
};
