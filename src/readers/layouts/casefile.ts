import type { Layout } from './layout.ts';

/** What `collect.sh` and `node.sh` write: layout 1. A long list has several pages: pods.json, pods.2.json. */
export const casefile: Layout = {
  name: 'casefile',
  markers: ['ledger.tsv', 'about.txt', 'COMPLETE'],
  onlyMarked: true,
  rules: [
    { path: 'ledger.tsv', reader: 'ledger' },
    { path: 'about.txt', reader: 'about' },
    { path: 'COMPLETE', reader: 'nothing', what: 'marks' },
    { path: 'objects/{resource}.json', reader: 'objects', whole: true },
    { path: 'objects/{namespace}/{resource}.json', reader: 'objects', whole: true },
    { path: 'describe/{resource}.txt', reader: 'describe' },
    { path: 'describe/{namespace}/{resource}.txt', reader: 'describe' },
    { path: 'logs/{namespace}/{pod}/{container}.previous.log', reader: 'container log', previous: true },
    { path: 'logs/{namespace}/{pod}/{container}.log', reader: 'container log' },
    { path: 'nodes/{node}/{unit}.log', reader: 'node log' },
    { path: 'top/{namespace}/pods.txt', reader: 'top' },
    { path: 'top/(nodes|pods).txt', reader: 'top' },
    { path: 'health/version.json', reader: 'version' },
    { path: 'health/**', reader: 'nothing', what: 'answers about health' },
    { path: '**.err', reader: 'nothing', what: 'error messages' },
  ],
};
