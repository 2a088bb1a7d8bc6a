import type { Layout } from './layout.ts';

const POD = 'namespaces/{namespace}/pods/{pod}';

/** OpenShift's `oc adm must-gather` and `oc adm inspect`; each pod stands once in the list and once alone. */
export const mustGather: Layout = {
  name: 'must-gather',
  markers: [
    'cluster-scoped-resources/**',
    'namespaces/*/(core|apps|batch|*.k8s.io)/*.yaml',
    'namespaces/*/pods/*/**',
    'must-gather.log(s)?',
  ],
  rules: [
    { path: `${POD}/*/{container}/logs/previous(.insecure)?.log`, reader: 'container log', previous: true },
    { path: `${POD}/*/{container}/logs/current(.insecure)?.log`, reader: 'container log' },
    { path: `${POD}/*/{container}/logs/rotated/*`, reader: 'nothing', what: 'rotated logs' },
    { path: `${POD}/*.yaml`, reader: 'objects' },
    { path: `${POD}/**`, reader: 'nothing', what: 'dumps of components' },
    { path: 'namespaces/{namespace}/{group}/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'namespaces/{namespace}/*/*/*.yaml', reader: 'objects' },
    { path: 'namespaces/{namespace}/*.yaml', reader: 'objects' },
    { path: 'cluster-scoped-resources/{group}/{resource}/*.yaml', reader: 'objects', whole: true },
    { path: 'cluster-scoped-resources/{group}/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'web_hooks/{resource}.yaml', reader: 'objects', whole: true },
    { path: 'host_service_logs/masters/{unit}_service.log', reader: 'node log' },
    { path: 'timestamp', reader: 'time' },
    { path: 'version', reader: 'nothing', what: "the tool's own records" },
    { path: 'must-gather.log(s)?', reader: 'nothing', what: "the tool's own records" },
    { path: 'event-filter.html', reader: 'nothing', what: 'event pages' },
    {
      path: '(monitoring|audit_logs|network_logs|etcd_info|insights-data)/**',
      reader: 'nothing',
      what: 'metrics and audits',
    },
    {
      path: '(ingress_controllers|static-pods|pod_network_connectivity_check)/**',
      reader: 'nothing',
      what: 'dumps of components',
    },
  ],
};
