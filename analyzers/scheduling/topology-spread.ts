import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'Topology spread constraints fit no node',
  stage: 'scheduler',
  severity: 'medium',
  cause:
    'The pod must be spread over {{keys}}, and on every node it would make the spread too uneven, or the nodes lack the label to spread by. Clusters on bare metal have no `topology.kubernetes.io/zone` unless somebody sets it.',
  fix: [
    'Look at the labels: `kubectl get nodes -L topology.kubernetes.io/zone -L kubernetes.io/hostname`, and where the pods run: `kubectl -n {{namespace}} get pods -o wide`.',
    'Label the nodes: `kubectl label node <node> topology.kubernetes.io/zone=<zone>`, or set `whenUnsatisfiable: ScheduleAnyway` in {{workload}}.',
  ],
  tellApart:
    '`(missing required label)` means that nodes lack the label; without it the pods are too unevenly spread.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    const nodes = joins.inNamespace('nodes', undefined);
    for (const found of refused(signals, /didn't match pod topology spread constraints/)) {
      const { signal, refusal } = found;
      const constraints = signal.pod?.spec.topologySpreadConstraints ?? [];
      const hard = constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway');
      const keys = [...new Set(hard.map(({ topologyKey = '' }) => topologyKey))];
      const missing = joins.knowsAll('nodes')
        ? keys.filter((key) => !nodes.some(({ metadata }) => metadata.labels[key] !== undefined))
        : [];
      const what =
        missing.length > 0
          ? `no node has label ${missing.join(', ')}`
          : `${refusal.nodes ?? 'all'} ${refusal.why}`;
      yield {
        subject: signal.object,
        message: `${what}${keys.length > 0 && missing.length === 0 ? `: spread over ${keys.join(', ')}` : ''}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...(signal.pod && keys.length > 0
            ? [
                fieldEvidence(
                  signal.pod.origin,
                  'spec.topologySpreadConstraints',
                  `topologyKey: ${keys.join(', ')}`,
                ),
              ]
            : []),
        ],
        values: { keys: keys.join(', ') || 'zones or nodes' },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'no node has a zone',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec:
  topologySpreadConstraints: [{ topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 1 }]
  containers: [{ name: cart, image: reg.local/cart }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label)." }
---
kind: Node
metadata: { name: server1, labels: { kubernetes.io/hostname: server1 } }
`,
      },
      {
        about: 'the nodes with room are those that have too many already, and others are tainted',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/6 nodes are available: 1 node(s) had untolerated taint {unschedulable: true}, 2 node(s) didn't match pod topology spread constraints, 3 node(s) had untolerated taint {node-role.kubernetes.io/master: }." }
`,
      },
    ],
    miss: [
      {
        about: 'anti-affinity rules the node out',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules." }
`,
      },
    ],
  },
});
