import type { Layout } from './layout.ts';

/** A result of sonobuoy: `core_v1_pods.json`, in old versions `Pods.json`, lists without a kind. */
export const sonobuoy: Layout = {
  name: 'sonobuoy',
  markers: ['meta/query-time.json', 'resources/(cluster|ns)/**.json', 'podlogs/*/*/logs/*.txt'],
  rules: [
    { path: 'resources/cluster/{resource}.json', reader: 'objects', whole: true },
    { path: 'resources/ns/{namespace}/{resource}.json', reader: 'objects', whole: true },
    { path: 'podlogs/{namespace}/{pod}/logs/{container}.txt', reader: 'container log' },
    { path: 'serverversion.json', reader: 'version' },
    { path: '(hosts|meta|plugins)/**', reader: 'nothing', what: "the tool's own records" },
  ],
};
