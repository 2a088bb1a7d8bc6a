import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { declaredPorts, endpointsOf, podsBehind, targetOf } from '../../src/model/services.ts';
import { clusterOf, clusterOfFiles } from '../support/cluster.ts';

const CART = `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: http }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec:
  initContainers:
    - { name: mesh, restartPolicy: Always, ports: [{ name: mesh, containerPort: 15001 }] }
    - { name: migrate, ports: [{ name: debug, containerPort: 5005 }] }
  containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }]
---
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
status: { phase: Failed, reason: Evicted }
---
kind: Pod
metadata: { name: cart-2, namespace: shop, labels: { app: cart }, deletionTimestamp: '2026-11-22T11:59:00Z' }
`;

function cartOf(objects: string) {
  const cluster = clusterOf({ objects });
  const [service] = cluster.objects.services.items;
  if (!service) throw new Error('the example holds no Service');
  return { service, cluster, joins: createJoins(cluster) };
}

function listOf(kind: string, object: object): string {
  return JSON.stringify({ kind: `${kind}List`, items: [{ kind, ...object }] });
}

describe('the pods behind a Service', () => {
  it('are those that run: evicted pods and pods on their way out get no traffic', () => {
    const { service, joins } = cartOf(CART);
    expect(podsBehind(service, joins).map(({ metadata }) => metadata.name)).toEqual(['cart-0']);
  });

  it('declare the ports of their containers and sidecars, not those of init containers that end', () => {
    const { cluster } = cartOf(CART);
    const [pod] = cluster.objects.pods.items;
    expect(pod && declaredPorts(pod.spec).map(({ name, path }) => `${name} ${path}`)).toEqual([
      'http spec.containers[0].ports[0]',
      'mesh spec.initContainers[0].ports[0]',
    ]);
  });
});

describe('the endpoints of a Service', () => {
  it('count an address without a port as not ready', () => {
    const { service, joins } = cartOf(`${CART}
---
kind: EndpointSlice
metadata: { name: cart-d9nkz, namespace: shop, labels: { kubernetes.io/service-name: cart } }
endpoints: [{ addresses: [10.42.0.197], conditions: { ready: true } }]
`);
    expect(endpointsOf(service, joins)).toMatchObject({ ready: 0, unready: 1 });
  });

  it('are read from Endpoints where no EndpointSlices were collected', () => {
    const metadata = { name: 'cart', namespace: 'shop' };
    const subsets = [
      { addresses: [{ ip: '10.42.0.7' }], notReadyAddresses: [{ ip: '10.42.0.8' }], ports: [{ port: 8080 }] },
    ];
    const cluster = clusterOfFiles({
      'about.txt': 'layout=1\n',
      'objects/services.json': listOf('Service', { metadata }),
      'objects/endpoints.json': listOf('Endpoints', { metadata, subsets }),
    });
    const [service] = cluster.objects.services.items;
    expect(service && endpointsOf(service, createJoins(cluster))).toMatchObject({ ready: 1, unready: 1 });
  });

  it('are unknown when neither was collected', () => {
    const metadata = { name: 'cart', namespace: 'shop' };
    const cluster = clusterOfFiles({
      'about.txt': 'layout=1\n',
      'objects/services.json': listOf('Service', { metadata }),
    });
    const [service] = cluster.objects.services.items;
    expect(service && endpointsOf(service, createJoins(cluster))).toBe('unknown');
  });
});

describe('the target of a port', () => {
  const port = (targetPort: number | string | undefined) => ({
    name: undefined,
    port: 80,
    targetPort,
    nodePort: undefined,
    protocol: 'TCP',
  });

  it.each([
    [undefined, 80],
    [0, 80],
    ['8080', 8080],
    ['http', 'http'],
  ])('%s leads to %s', (targetPort, expected) => {
    expect(targetOf(port(targetPort))).toBe(expected);
  });
});
