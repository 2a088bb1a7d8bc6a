import { defineClassifier } from '../../src/classifier.ts';
import { toldShortage } from '../../src/model/shortage.ts';
import { refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'No node has enough CPU that is not requested yet',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod requests more CPU than any node that it may use has left. Requests count, not use: `kubectl top` may show idle nodes.',
  fix: [
    'Look what is requested on each node: `kubectl describe nodes | grep -A8 "Allocated resources"`.',
    'Lower the CPU request of {{workload}}, remove or shrink other workloads, or add a node.',
  ],
  tellApart: 'A request above the largest node can never be met; one below it waits for others to go.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, /Insufficient cpu/)) yield toldShortage(found, 'cpu', joins);
  },
  examples: {
    hit: [
      {
        about: 'a training run requests more CPU than the cluster has',
        objects: `
kind: Pod
metadata: { name: trainer-7d7946998-l5m8c, namespace: batch }
spec:
  schedulerName: default-scheduler
  containers: [{ name: trainer, image: reg.local/trainer, resources: { requests: { cpu: '16', memory: 8Gi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', memory: 24581684Ki, pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },

      {
        about: 'the node is full of requests of others, and only an event tells',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  schedulerName: default-scheduler
  containers: [{ name: cart, image: reg.local/cart, resources: { requests: { cpu: 500m } } }]
status:
  phase: Pending
---
kind: Pod
metadata: { name: search-1, namespace: shop }
spec:
  nodeName: server1
  containers: [{ name: search, image: reg.local/search, resources: { requests: { cpu: 1700m } } }]
status:
  phase: Running
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Event
metadata: { name: cart-1.1, namespace: shop }
type: Warning
reason: FailedScheduling
message: 'No nodes are available that match all of the predicates: Insufficient cpu (1), PodToleratesNodeTaints (2).'
involvedObject: { kind: Pod, namespace: shop, name: cart-1 }
source: { component: default-scheduler }
`,
      },
    ],
    miss: [
      {
        about: 'the pod was placed in the meantime',
        objects: `
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  nodeName: server1
  containers: [{ name: cart, image: reg.local/cart, resources: { requests: { cpu: 500m } } }]
status:
  phase: Running
---
kind: Event
metadata: { name: cart-1.1, namespace: shop }
type: Warning
reason: FailedScheduling
message: '0/1 nodes are available: 1 Insufficient cpu.'
involvedObject: { kind: Pod, namespace: shop, name: cart-1 }
source: { component: default-scheduler }
`,
      },
    ],
  },
});
