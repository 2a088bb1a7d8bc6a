import type { Layout } from './layout.ts';

/** What `collect.sh` and `node.sh` write: layout 1. A long list has several pages: pods.json, pods.2.json. */
export const casefile: Layout = {
  name: 'casefile',
  markers: ['ledger.tsv', 'about.txt', 'COMPLETE'],
  onlyMarked: true,
  rules: [
    { path: 'ledger.tsv', reader: 'ledger' },
    { path: 'nodes/{node}/about.txt', reader: 'nothing', what: 'marks' },
    { path: 'about.txt', reader: 'about' },
    { path: 'COMPLETE', reader: 'nothing', what: 'marks' },
    { path: '**.err', reader: 'said' },
    { path: 'objects/{resource}.json', reader: 'objects', whole: true },
    { path: 'objects/{namespace}/{resource}.json', reader: 'objects', whole: true },
    { path: 'describe/{resource}.txt', reader: 'describe' },
    { path: 'describe/{namespace}/{resource}.txt', reader: 'describe' },
    { path: 'logs/{namespace}/{pod}/{container}.previous.log', reader: 'container log', previous: true },
    { path: 'logs/{namespace}/{pod}/{container}.log', reader: 'container log' },
    {
      path: 'nodes/{node}/pods/{namespace}/{pod}/{container}.previous.log',
      reader: 'container log',
      previous: true,
    },
    { path: 'nodes/{node}/pods/{namespace}/{pod}/{container}.log', reader: 'container log' },
    { path: 'nodes/{node}/journal-{unit}.log', reader: 'node log' },
    { path: 'nodes/{node}/{unit}.log', reader: 'node log' },
    { path: 'nodes/{node}/dmesg.txt', reader: 'node log', unit: 'kernel' },
    { path: 'nodes/{node}/certificates.tsv', reader: 'certificates' },
    { path: 'nodes/{node}/(df|inodes).txt', reader: 'filesystems' },
    { path: 'nodes/{node}/chrony.txt', reader: 'clock' },
    { path: 'nodes/{node}/**', reader: 'nothing', what: 'facts about hosts' },
    { path: 'top/{namespace}/pods.txt', reader: 'top' },
    { path: 'top/(nodes|pods).txt', reader: 'top' },
    { path: 'tables/{resource}.txt', reader: 'table', whole: true },
    { path: 'health/version.json', reader: 'version' },
    { path: 'health/**', reader: 'nothing', what: 'answers about health' },
  ],
};
