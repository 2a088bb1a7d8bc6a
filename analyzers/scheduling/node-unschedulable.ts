import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { wouldFit } from '../../src/model/placement.ts';
import { refTo } from '../../src/model/ref.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'Nodes that could take the pod are cordoned',
  stage: 'scheduler',
  severity: 'medium',
  cause:
    'The nodes that could take the pod are marked as unschedulable. Often the mark was left behind after maintenance, or a drain is stuck.',
  fix: [
    'Look which nodes are cordoned: `kubectl get nodes` (SchedulingDisabled).',
    'When the maintenance is over: `kubectl uncordon {{cordoned}}`.',
  ],
  tellApart:
    'Where other reasons rule the cordoned node out as well, the cordon is only mentioned beside them.',
  needs: ['signals'],
  causedBy: [{ classes: ['node/cordoned'], by: 'node' }],
  *detect({ signals, joins }) {
    for (const found of refused(signals, /were unschedulable|NodeUnschedulable/)) {
      const { signal, refusal, others } = found;
      const { pod } = signal;
      const cordoned = joins.inNamespace('nodes', undefined).filter(({ spec }) => spec.unschedulable);
      const decisive =
        others.length === 0 ? cordoned : cordoned.filter((node) => pod && wouldFit(pod.spec, node, joins));
      if (others.length > 0 && decisive.length === 0) continue;
      const names = decisive.map(({ metadata }) => metadata.name);
      yield {
        subject: signal.object,
        culprit: names[0] ? refTo('Node', undefined, names[0]) : undefined,
        message: `${names.length > 0 ? `${names.join(', ')} cordoned` : `${refusal.nodes ?? 'all'} ${refusal.why}`}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...decisive
            .slice(0, 3)
            .map(({ origin, metadata }) =>
              fieldEvidence(origin, 'spec.unschedulable', `${metadata.name}: unschedulable: true`),
            ),
        ],
        values: names[0] ? { cordoned: names.join(' ') } : {},
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the only worker is still cordoned',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.' }
---
kind: Node
metadata: { name: agent1 }
spec: { unschedulable: true, taints: [{ key: node.kubernetes.io/unschedulable, effect: NoSchedule }] }
status: { allocatable: { cpu: '4', pods: '110' } }
`,
      },
    ],
    miss: [
      {
        about: 'the cordoned node is too small as well',
        objects: `
kind: Pod
metadata: { name: search-0, namespace: shop }
spec: { containers: [{ name: search, image: reg.local/search, resources: { requests: { cpu: '16' } } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.' }
---
kind: Node
metadata: { name: agent1 }
spec: { unschedulable: true }
status: { allocatable: { cpu: '4', pods: '110' } }
`,
      },
    ],
  },
});
