import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import type { Taint } from '../../src/model/objects/node.ts';
import { formatTaints, untolerated, wouldFit } from '../../src/model/placement.ts';
import { refTo } from '../../src/model/ref.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const TAINT = /had (?:untolerated )?taint|PodToleratesNodeTaints|^NodeNotReady$/;
/** Taints that say how a node is, not what it is meant for. */
const CONDITION =
  /^node\.(?:kubernetes\.io\/(?:not-ready|unreachable|disk-pressure|memory-pressure|pid-pressure|network-unavailable|unschedulable|out-of-service)|cloudprovider\.kubernetes\.io\/)/;
const CONTROL_PLANE = /^node-role\.kubernetes\.io\//;

export default defineClassifier({
  title: 'Taints keep the pod off the nodes that could take it',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The nodes that could take the pod have taints that it does not tolerate: {{taints}}. A `node.kubernetes.io/…` taint says that the node itself is not well; any other is a choice of the administrator.',
  fix: [
    'Look at the taints: `kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints`.',
    'For a `node.kubernetes.io/…` taint mend the node; it goes by itself. `node.cloudprovider.kubernetes.io/uninitialized` waits for a cloud controller: `kubectl -n kube-system get pods | grep cloud-controller`.',
    'Where the pod is meant to run there, add a toleration to {{workload}}; where the taint is a mistake, remove it: `kubectl taint node <node> <key>-`.',
  ],
  tellApart:
    'Where other reasons rule the tainted node out as well, the taint is only mentioned beside them.',
  needs: ['signals'],
  causedBy: [
    {
      classes: [
        ...NODE_FAILURES,
        'node/network-unavailable',
        'node/disk-pressure',
        'node/memory-pressure',
        'node/pid-pressure',
        'node/cordoned',
      ],
      by: 'node',
    },
  ],
  *detect({ signals, joins }) {
    for (const found of refused(signals, TAINT)) {
      const { signal, refusal, others } = found;
      const tainted = signal.pod ? decisiveNodes(signal.pod, others.length > 0, joins) : [];
      if (others.length > 0 && tainted.length === 0) continue;
      const listed = tainted
        .map(({ name, taints }) => `${name} has taint ${formatTaints(taints)}`)
        .join('; ');
      const sick = tainted.find(({ taints }) => taints.some(({ key = '' }) => CONDITION.test(key)));
      const named = /\{([^}]*)\}/.exec(refusal.why)?.[1]?.replace(/: $/, '');
      yield {
        subject: signal.object,
        culprit: sick && refTo('Node', undefined, sick.name),
        message: `${listed || `${refusal.nodes ?? 'all'} ${refusal.why}`}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...tainted
            .slice(0, 3)
            .map(({ origin, name, taints }) =>
              fieldEvidence(origin, 'spec.taints', `${name}: ${formatTaints(taints)}`),
            ),
        ],
        values: {
          taints:
            formatTaints(tainted.flatMap(({ taints }) => taints)) || (named ?? 'not named in the message'),
        },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the only node is unreachable',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec:
  containers: [{ name: cart, image: reg.local/cart }]
  tolerations: [{ key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300 }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.' }
---
kind: Node
metadata: { name: agent2 }
spec: { taints: [{ key: node.kubernetes.io/unreachable, effect: NoSchedule }, { key: node.kubernetes.io/unreachable, effect: NoExecute }] }
`,
      },
      {
        about: 'the node with the device is dedicated, and the pod forgot the toleration',
        objects: `
kind: Pod
metadata: { name: trainer-0, namespace: batch }
spec: { containers: [{ name: trainer, image: reg.local/trainer, resources: { limits: { nvidia.com/gpu: '1' } } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate." }
---
kind: Node
metadata: { name: gpu1 }
spec: { taints: [{ key: dedicated, value: gpu, effect: NoSchedule }] }
status: { allocatable: { cpu: '8', pods: '110', nvidia.com/gpu: '2' } }
---
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '8', pods: '110' } }
`,
      },
      {
        about: 'nodes were not collected and the taint is the only reason',
        files: {},
        objects: `
kind: Event
metadata: { name: cart-0.1, namespace: shop }
type: Warning
reason: FailedScheduling
message: '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.'
involvedObject: { kind: Pod, namespace: shop, name: cart-0 }
---
kind: Pod
metadata: { name: cart-0, namespace: shop }
status: { phase: Pending }
`,
      },
    ],
    miss: [
      {
        about: 'the control plane is tainted as it should be, and the workers lack CPU',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart, resources: { requests: { cpu: '2' } } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.' }
---
kind: Node
metadata: { name: server1 }
spec: { taints: [{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }] }
status: { allocatable: { cpu: '8', pods: '110' } }
---
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '1', pods: '110' } }
`,
      },
      {
        about: 'the unreachable node would be too small as well',
        objects: `
kind: Pod
metadata: { name: bigmem-0, namespace: batch }
spec: { containers: [{ name: bigmem, image: reg.local/bigmem, resources: { requests: { memory: 512Gi } } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s).' }
---
kind: Node
metadata: { name: agent2 }
spec: { taints: [{ key: node.kubernetes.io/unreachable, effect: NoSchedule }] }
status: { allocatable: { memory: 16Gi, pods: '110' } }
`,
      },
    ],
  },
});

/** The nodes that only a taint keeps from taking a pod; with other reasons present they must be known to fit but for it. */
function decisiveNodes(pod: Of<'pods'>, withOthers: boolean, joins: Joins) {
  return joins.inNamespace('nodes', undefined).flatMap((node) => {
    const taints = untolerated(pod.spec, node);
    if (taints.length === 0 || (withOthers && !(isDecisive(taints) && wouldFit(pod.spec, node, joins))))
      return [];
    return [{ name: node.metadata.name, origin: node.origin, taints }];
  });
}

/** The control plane is tainted for good; with other reasons present its taint is none. */
function isDecisive(taints: readonly Taint[]): boolean {
  return !taints.some(({ key = '' }) => CONTROL_PLANE.test(key));
}
