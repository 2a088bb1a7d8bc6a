import { describe, expect, it } from 'vitest';
import { containersOf } from '../../src/model/containers.ts';
import { describeProbe, patienceOf, probeOf, probePort } from '../../src/model/probes.ts';
import { clusterOf } from '../support/cluster.ts';

function containerWith(readinessProbe: string) {
  const [pod] = clusterOf({
    objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, ports: [{ name: web, containerPort: 8080 }], readinessProbe: ${readinessProbe} }] }
`,
  }).objects.pods.items;
  const spec = pod && containersOf(pod)[0]?.spec;
  const probe = probeOf(spec, 'readiness');
  if (!probe) throw new Error('the pod has no readiness probe');
  return { spec, probe };
}

describe('a probe', () => {
  it.each([
    ['{ httpGet: { path: /ready, port: web } }', 'GET :web/ready', 8080],
    ['{ httpGet: { port: 8443, scheme: HTTPS } }', 'https GET :8443/', 8443],
    ['{ tcpSocket: { port: 9000 } }', 'TCP :9000', 9000],
    ['{ grpc: { port: 9090 } }', 'gRPC :9090', 9090],
    ['{ exec: { command: [cat, /tmp/ok] } }', 'exec cat /tmp/ok', undefined],
    ['{ tcpSocket: { port: admin } }', 'TCP :admin', undefined],
  ])('%s reads as %s', (written, text, port) => {
    const { spec, probe } = containerWith(written);
    expect(describeProbe(probe)).toBe(text);
    expect(probePort(probe, spec)).toBe(port);
  });

  it('is patient for as long as Kubernetes by default', () => {
    expect(patienceOf(containerWith('{ tcpSocket: { port: 1 } }').probe)).toBe(30);
    const slow = '{ tcpSocket: { port: 1 }, initialDelaySeconds: 5, periodSeconds: 2, failureThreshold: 10 }';
    expect(patienceOf(containerWith(slow).probe)).toBe(25);
  });
});
