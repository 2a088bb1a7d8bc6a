import type { Layout } from './layout.ts';

/** An archive of crust-gather: one file an object, kinds in lower case. */
export const crustGather: Layout = {
  name: 'crust-gather',
  markers: ['collected.timestamp', 'crust-gather/**', '(namespaces/*|cluster)/(v1|*-v*)/*/*.yaml'],
  rules: [
    {
      path: 'namespaces/{namespace}/v1/pod/{pod}/{container}/previous.log',
      reader: 'container log',
      previous: true,
    },
    { path: 'namespaces/{namespace}/v1/pod/{pod}/{container}/current.log', reader: 'container log' },
    { path: 'namespaces/{namespace}/{groupVersion}/{resource}/*.yaml', reader: 'objects', whole: true },
    { path: 'cluster/{groupVersion}/{resource}/*.yaml', reader: 'objects', whole: true },
    { path: '**.patch', reader: 'nothing', what: 'changes over time' },
    { path: 'version.yaml', reader: 'version' },
    { path: 'collected.timestamp', reader: 'time' },
    { path: '(api|apis).json', reader: 'nothing', what: 'lists of API resources' },
    { path: 'app-versions.yaml', reader: 'nothing', what: 'lists of versions' },
  ],
};
