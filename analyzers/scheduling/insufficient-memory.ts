import { defineClassifier } from '../../src/classifier.ts';
import { toldShortage } from '../../src/model/shortage.ts';
import { refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'No node has enough memory that is not requested yet',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod requests more memory than any node that it may use has left. Requests count, not use: `kubectl top` may show free memory.',
  fix: [
    'Look what is requested on each node: `kubectl describe nodes | grep -A8 "Allocated resources"`.',
    'Lower the memory request of {{workload}}, remove or shrink other workloads, or add a node.',
  ],
  tellApart: 'A request above the largest node can never be met; one below it waits for others to go.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, /Insufficient memory/)) yield toldShortage(found, 'memory', joins);
  },
  examples: {
    hit: [
      {
        about: 'a workload requests more memory than any node has',
        objects: `
kind: Pod
metadata: { name: bigmem-5d865dc8db-tsfq7, namespace: batch }
spec:
  schedulerName: default-scheduler
  containers: [{ name: bigmem, image: reg.local/bigmem, resources: { requests: { cpu: 10m, memory: 512Gi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', memory: 24581684Ki, pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the node lacks CPU, not memory',
        objects: `
kind: Pod
metadata: { name: trainer-1, namespace: batch }
spec:
  schedulerName: default-scheduler
  containers: [{ name: trainer, image: reg.local/trainer, resources: { requests: { cpu: '16', memory: 8Gi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient cpu.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', memory: 24581684Ki, pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
