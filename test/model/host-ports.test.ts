import { expect, it } from 'vitest';
import { hostPortsOf, portHolders } from '../../src/model/host-ports.ts';
import { clusterOf } from '../support/cluster.ts';

const { items: pods } = clusterOf({
  objects: `
kind: Pod
metadata: { name: proxy, namespace: edge }
spec: { nodeName: server1, containers: [{ name: proxy, ports: [{ containerPort: 8080, hostPort: 80 }, { containerPort: 9090 }] }] }
status: { phase: Running }
---
kind: Pod
metadata: { name: dns, namespace: edge }
spec: { nodeName: server1, hostNetwork: true, containers: [{ name: dns, ports: [{ containerPort: 53, protocol: UDP }] }] }
status: { phase: Running }
---
kind: Pod
metadata: { name: done, namespace: edge }
spec: { nodeName: server1, containers: [{ name: done, ports: [{ containerPort: 80, hostPort: 80 }] }] }
status: { phase: Succeeded }
---
kind: Pod
metadata: { name: waiting, namespace: edge }
spec: { containers: [{ name: waiting, ports: [{ containerPort: 80, hostPort: 80 }] }] }
status: { phase: Pending }
`,
}).objects.pods;

it('a pod takes its host ports, and with the network of the host every port that it declares', () => {
  expect(pods.map((pod) => hostPortsOf(pod).map(({ key }) => key))).toEqual([
    ['80/TCP'],
    ['53/UDP'],
    ['80/TCP'],
    ['80/TCP'],
  ]);
});

it('a port is held by pods that were placed and are not done', () => {
  const holders = [...portHolders(pods)].map(([key, held]) => [
    key,
    held.map(({ pod }) => pod.metadata.name),
  ]);
  expect(holders).toEqual([
    ['80/TCP', ['proxy']],
    ['53/UDP', ['dns']],
  ]);
});
