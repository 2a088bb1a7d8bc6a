import type { Layout } from './layout.ts';

/** rancher/support-bundle-kit, as Harvester and Longhorn use it. Empty strings are written as the word "null". */
export const supportBundleKit: Layout = {
  name: 'support-bundle-kit',
  markers: ['yamls/**', 'bundleGenerationError.log'],
  rules: [
    { path: 'yamls/cluster/v1/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'yamls/cluster/{group}/v*/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'yamls/namespaced/{namespace}/v1/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'yamls/namespaced/{namespace}/{group}/v*/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'yamls/**.yaml', reader: 'objects' },
    { path: 'logs/{namespace}/{pod}/{container}.log.1', reader: 'container log', previous: true },
    { path: 'logs/{namespace}/{pod}/{container}.log', reader: 'container log' },
    { path: 'nodes/(*.zip/)?{node}/logs/{unit}.log', reader: 'node log' },
    { path: 'nodes/(*.zip/)?*/(configs|scc)/**', reader: 'nothing', what: 'facts about hosts' },
    { path: 'nodes/*.zip', reader: 'nothing', what: 'archives of nodes' },
    { path: 'bundleGenerationError.log', reader: 'errors' },
    { path: 'metadata.yaml', reader: 'nothing', what: "the tool's own records" },
  ],
};
