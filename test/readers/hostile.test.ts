import { expect, test } from 'vitest';
import { clusterIn } from './layouts/facts.ts';

const POD = `Name:         cart-0
Namespace:    shop
Node:         server1/10.0.0.1
Status:       Running
`;
const INGRESS = 'Name:  shop\nNamespace:  shop\nAddress:\nRules:\n  Host  Path  Backends\n';
const LONG = 300_000;
const blanks = ' '.repeat(LONG);

test.each([
  [
    'an event whose cells are far apart',
    `${POD}Events:\n  Type  Reason  Age  From  Message\n  ----\n  ----\n  Warning${blanks}x\n`,
  ],
  ['a backend far from its path', `${INGRESS}    /${blanks}x\n`],
  ['a table with one endless line', `NAME   READY   STATUS   RESTARTS   AGE\n${'a '.repeat(LONG)}\n`],
  [
    'an environment of references that never end',
    `${POD}Containers:\n  cart:\n    Environment:\n      A:  ${"<set to the key '".repeat(20_000)}\n      B:  ${'(v1:'.repeat(60_000)}\n`,
  ],
  [
    'an error that never ends',
    `$ kubectl get pods\nprevious terminated container "${'" in pod "'.repeat(30_000)}\n`,
  ],
  [
    'lines that are ever more indented',
    `${POD}Containers:\n${Array.from({ length: 6000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\n`,
  ],
  [
    'a node affinity of one word',
    `Name:  v\nLabels:  <none>\nClaim:\nReclaim Policy:  Retain\nNode Affinity:\n  Term 0:  ${'a'.repeat(LONG)}\n`,
  ],
  ['nothing but lines, in YAML', `kind: Pod\n${'\n'.repeat(LONG)}`],
  ['nothing but comments, in YAML', `# a\n${'#\n'.repeat(LONG)}kind: [`],
  ['a line that looks like a command', `${POD}$ kubectl ${'-n x '.repeat(60_000)}\n`],
  [
    'marks of a dump that are none',
    `==== START logs for container a of pod b/c ====\n${'==== '.repeat(60_000)}\n${'==== \n'.repeat(50_000)}`,
  ],
])('%s is over in no time', (_, text) => {
  const started = performance.now();
  for (const path of [
    'ticket.txt',
    'b/cluster-resources/pods/shop.json',
    'casefile-x/describe/shop/pods.txt',
  ])
    clusterIn({ 'casefile-x/ledger.tsv': '', [path]: text });
  expect(performance.now() - started).toBeLessThan(5000);
});
