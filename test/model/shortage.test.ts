import { expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { shortageOf } from '../../src/model/shortage.ts';
import { clusterOf } from '../support/cluster.ts';

const NODES = `
kind: Node
metadata: { name: server1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
---
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '2', memory: 4Gi } }
---
kind: Pod
metadata: { name: search, namespace: shop }
spec: { nodeName: server1, containers: [{ name: search, resources: { requests: { cpu: 3500m } } }] }
status: { phase: Running }
---
`;

function shortage(resource: string, request: string) {
  const cluster = clusterOf({
    objects: `${NODES}
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, resources: { requests: { ${resource}: ${request} } } }] }
status: { phase: Pending }
`,
  });
  const cart = cluster.objects.pods.items.find(({ metadata }) => metadata.name === 'cart');
  return cart && shortageOf(cart, resource, createJoins(cluster));
}

it('what others leave is held against what a pod wants, roomiest node first', () => {
  expect(shortage('cpu', '2500m')?.message).toBe(
    'wants 2.5 cpu; not yet requested by others: 2 on agent1, 500m on server1',
  );
});

it('a request above every node is said to be one', () => {
  expect(shortage('memory', '64Gi')?.message).toBe(
    'wants 64Gi memory, more than any node has: 8Gi on server1, 4Gi on agent1',
  );
});

it('a device that no node offers is said to be missing', () => {
  expect(shortage('nvidia.com/gpu', "'1'")?.message).toBe('wants 1 nvidia.com/gpu, and no node offers any');
});

it('the request and the nodes are the evidence', () => {
  expect(shortage('cpu', '2500m')?.evidence.map(({ path }) => path)).toEqual([
    'items[1].spec.containers[0].resources.requests',
    'items[1].status.allocatable',
    'items[0].status.allocatable',
  ]);
});
