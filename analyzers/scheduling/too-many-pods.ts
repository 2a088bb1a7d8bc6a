import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { roomFor } from '../../src/model/placement.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'Nodes run as many pods as they are allowed to',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'Every node that the pod may use already runs its maximum of pods, 110 unless the kubelet is told otherwise.',
  fix: [
    'Look at the count and the maximum: `kubectl get pods -A -o wide --field-selector spec.nodeName=<node> | wc -l`, `kubectl get nodes -o custom-columns=NAME:.metadata.name,PODS:.status.allocatable.pods`.',
    {
      rke2: 'Allow more on a node: `kubelet-arg: [max-pods=250]` in `/etc/rancher/rke2/config.yaml`, and restart `rke2-agent` or `rke2-server`; the pod network must have that many addresses a node.',
      k3s: 'Allow more on a node: `kubelet-arg: [max-pods=250]` in `/etc/rancher/k3s/config.yaml`, and restart `k3s` or `k3s-agent`; the pod network must have that many addresses a node.',
      kubeadm:
        'Allow more on a node: `maxPods: 250` in `/var/lib/kubelet/config.yaml` and `systemctl restart kubelet`; the pod network must have that many addresses a node.',
    },
    'Delete what is done (`kubectl delete pod -A --field-selector=status.phase=Succeeded`) or add a node.',
  ],
  tellApart: 'CPU and memory may be free; the number of pods is a limit of its own.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, /Too many pods|Insufficient pods/)) {
      const { signal, refusal } = found;
      const rooms = roomFor('pods', joins);
      const full = rooms.map(
        ({ name, allocatable, free }) => `${name} runs ${allocatable - free} of ${allocatable}`,
      );
      yield {
        subject: signal.object,
        message: `${full.length > 0 ? full.join(', ') : `${refusal.nodes ?? 'all'} nodes: ${refusal.why}`}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...rooms.map(({ node, name, allocatable }) =>
            fieldEvidence(node.origin, 'status.allocatable', `${name}: allocatable pods ${allocatable}`),
          ),
        ],
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the node runs two pods and may run two',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  schedulerName: default-scheduler
  containers: [{ name: cart, image: reg.local/cart, resources: { requests: { cpu: 10m } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.' }
---
kind: Pod
metadata: { name: search-1, namespace: shop }
spec:
  nodeName: server1
  containers: [{ name: search, image: reg.local/search, resources: { requests: { cpu: 10m } } }]
status:
  phase: Running
---
kind: Pod
metadata: { name: theme-1, namespace: shop }
spec:
  nodeName: server1
  containers: [{ name: theme, image: reg.local/theme, resources: { requests: { cpu: 10m } } }]
status:
  phase: Running
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', pods: '2' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the node lacks CPU',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  schedulerName: default-scheduler
  containers: [{ name: cart, image: reg.local/cart, resources: { requests: { cpu: '16' } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient cpu.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
