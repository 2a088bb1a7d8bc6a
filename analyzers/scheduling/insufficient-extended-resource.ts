import { defineClassifier } from '../../src/classifier.ts';
import { toldShortage } from '../../src/model/shortage.ts';
import { refused } from '../../src/model/unschedulable.ts';

const EXTENDED =
  /Insufficient ((?!cpu\b|memory\b|ephemeral-storage\b|pods\b)[\w.-]+(?:\/[\w.-]+)?)|cannot allocate all claims/;

export default defineClassifier({
  title: 'No node offers the device that the pod requests',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod requests {{resource}}, which a device plugin must offer. No node has any left, or none offers it because the device plugin does not run (in an air-gapped cluster mostly because its image is not in the mirror).',
  fix: [
    'Look what the nodes offer: `kubectl get nodes -o custom-columns=NAME:.metadata.name,OFFERED:.status.allocatable`.',
    'Where no node offers it, mend the device plugin: `kubectl get daemonsets -A | grep -i -e device -e gpu -e nvidia -e sriov`.',
    'Where it is used up, free some, lower the request of {{workload}}, or add a node with the device.',
  ],
  tellApart:
    'The name is in allocatable of a node: used up. In none: the device plugin is not running, or has no device.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, EXTENDED)) {
      const resource = EXTENDED.exec(found.refusal.why)?.[1] ?? 'a claimed device';
      yield { ...toldShortage(found, resource, joins), values: { resource } };
    }
  },
  examples: {
    hit: [
      {
        about: 'no node offers a GPU',
        objects: `
kind: Pod
metadata: { name: gpu-job-db95cf56f-bcjzf, namespace: batch }
spec:
  containers: [{ name: gpu, image: reg.local/gpu, resources: { limits: { nvidia.com/gpu: '1' } } }]
status:
  phase: Pending
  conditions:
    - type: PodScheduled
      status: 'False'
      reason: Unschedulable
      message: '0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.'
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', pods: '110' }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
      {
        about: 'the huge pages of the only node are requested by another pod',
        objects: `
kind: Pod
metadata: { name: search-1, namespace: shop }
spec:
  containers: [{ name: search, image: reg.local/search, resources: { requests: { hugepages-2Mi: 512Mi } } }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient hugepages-2Mi.' }
---
kind: Pod
metadata: { name: cart-1, namespace: shop }
spec:
  nodeName: server1
  containers: [{ name: cart, image: reg.local/cart, resources: { requests: { hugepages-2Mi: 768Mi } } }]
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '2', pods: '110', hugepages-2Mi: 1Gi }, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the node lacks memory',
        objects: `
kind: Pod
metadata: { name: bigmem-1, namespace: batch }
spec: { containers: [{ name: bigmem, image: reg.local/bigmem, resources: { requests: { memory: 512Gi } } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient memory.' }
`,
      },
    ],
  },
});
