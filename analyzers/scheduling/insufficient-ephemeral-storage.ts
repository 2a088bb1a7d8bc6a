import { defineClassifier } from '../../src/classifier.ts';
import { toldShortage } from '../../src/model/shortage.ts';
import { refused } from '../../src/model/unschedulable.ts';

export default defineClassifier({
  title: 'No node has enough ephemeral storage that is not requested yet',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod requests more ephemeral storage (logs, writable layers, emptyDir) than any node that it may use has left.',
  fix: [
    'Look what is requested on each node: `kubectl describe nodes | grep -A8 "Allocated resources"`.',
    'Lower the `ephemeral-storage` request of {{workload}}, use a claim for large scratch space, or grow the disk under the kubelet directory.',
  ],
  tellApart: 'A full disk shows as DiskPressure on the node instead.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, /Insufficient ephemeral-storage/))
      yield toldShortage(found, 'ephemeral-storage', joins);
  },
  examples: {
    hit: [
      {
        about: 'an importer requests more scratch space than the node has',
        objects: `
kind: Pod
metadata: { name: importer-1, namespace: data }
spec:
  schedulerName: default-scheduler
  containers: [{ name: importer, image: reg.local/importer, resources: { requests: { ephemeral-storage: 400Gi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient ephemeral-storage. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', ephemeral-storage: '267847642337', pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the node lacks memory',
        objects: `
kind: Pod
metadata: { name: importer-1, namespace: data }
spec:
  schedulerName: default-scheduler
  containers: [{ name: importer, image: reg.local/importer, resources: { requests: { memory: 400Gi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient memory.' }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { memory: 24581684Ki, pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
