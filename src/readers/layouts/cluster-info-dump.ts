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
