import type { Layout } from './layout.ts';

/** The only resources that kubectl dumps. */
const DUMPED = 'events|replication-controllers|services|daemonsets|deployments|replicasets|pods';

/** `kubectl cluster-info dump --output-directory`: lists by namespace, the logs of a pod in one file. */
export const clusterInfoDump: Layout = {
  name: 'cluster-info-dump',
  markers: ['*/replication-controllers.(json|yaml|txt)', '*/*/logs.txt'],
  rules: [
    { path: '(?<resource>nodes).(json|yaml|txt)', reader: 'objects', whole: true },
    { path: `{namespace}/(?<resource>${DUMPED}).(json|yaml|txt)`, reader: 'objects', whole: true },
    { path: '{namespace}/{pod}/logs.txt', reader: 'pod logs' },
  ],
};

/** A cluster snapshot of Verrazzano: the same tree with more kinds; its lists have no kind. */
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
