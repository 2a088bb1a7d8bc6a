import type { Layout } from './layout.ts';

/** A support bundle of replicatedhq/troubleshoot, old and new names of paths. */
export const troubleshoot: Layout = {
  name: 'troubleshoot',
  markers: ['cluster-resources/**', 'execution-data/summary.txt', 'cluster-info/cluster_version.json'],
  rules: [
    { path: 'cluster-info/cluster_version.json', reader: 'version' },
    { path: 'cluster-resources/pods/logs/{namespace}/{pod}/{container}-logs-errors.log', reader: 'errors' },
    {
      path: 'cluster-resources/pods/logs/{namespace}/{pod}/{container}-previous.log',
      reader: 'container log',
      previous: true,
    },
    { path: 'cluster-resources/pods/logs/{namespace}/{pod}/{container}.log', reader: 'container log' },
    { path: 'cluster-resources/**-errors.json', reader: 'errors' },
    { path: 'collector-errors/*.json', reader: 'errors' },
    { path: '**/errors.json', reader: 'errors' },
    { path: 'skipped-collectors.json', reader: 'errors' },
    { path: 'cluster-resources/auth-cani-list/*', reader: 'nothing', what: 'lists of permissions' },
    { path: 'cluster-resources/image-pull-secrets/**', reader: 'nothing', what: 'pull secrets' },
    {
      path: 'cluster-resources/(groups|resources|license).json',
      reader: 'nothing',
      what: 'lists of API resources',
    },
    { path: 'cluster-resources/custom-resources/{resource}.*/{namespace}.(json|yaml)', reader: 'objects' },
    { path: 'cluster-resources/custom-resources/**', reader: 'objects' },
    { path: 'cluster-resources/{resource}/{namespace}.json', reader: 'objects', whole: true },
    { path: 'cluster-resources/{resource}.json', reader: 'objects', whole: true },
    { path: 'node-metrics/*.json', reader: 'summary' },
    { path: 'metrics/**', reader: 'nothing', what: 'metrics' },
    {
      path: '(secrets|configmaps)(-errors)?/{namespace}/**',
      reader: 'nothing',
      what: 'single Secrets and ConfigMaps',
    },
    { path: '(analysis|metadata/*).json', reader: 'nothing', what: "the tool's own verdicts" },
    { path: 'execution-data/*', reader: 'nothing', what: "the tool's own records" },
    { path: 'host-collectors/**', reader: 'nothing', what: 'facts about hosts' },
  ],
};
