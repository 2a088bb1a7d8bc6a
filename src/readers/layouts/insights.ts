import type { Layout } from './layout.ts';

/** An archive of OpenShift's Insights operator. Its events do not say which object they are about. */
export const insights: Layout = {
  name: 'insights',
  markers: ['insights-operator/gathers.json', 'config/(pod|node|clusteroperator)/**', 'conditional/**'],
  rules: [
    {
      path: 'conditional/namespaces/{namespace}/pods/{pod}/containers/{container}/logs/last-*-lines-previous.log',
      reader: 'container log',
      previous: true,
    },
    {
      path: 'conditional/namespaces/{namespace}/pods/{pod}/containers/{container}/logs/*.log',
      reader: 'container log',
    },
    {
      path: 'config/pod/{namespace}/logs/{pod}/{container}_previous.log',
      reader: 'container log',
      previous: true,
    },
    { path: 'config/pod/{namespace}/logs/{pod}/{container}_current.log', reader: 'container log' },
    { path: 'config/pod/{namespace}/logs/{pod}/(errors|messages).log', reader: 'container log' },
    { path: 'config/pod/{namespace}/{pod}.json', reader: 'objects' },
    { path: 'config/**.json', reader: 'objects' },
    { path: '(?<resource>events)/{namespace}.json', reader: 'objects' },
    { path: 'insights-operator/*', reader: 'nothing', what: "the tool's own records" },
  ],
};
