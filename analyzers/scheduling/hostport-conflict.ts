import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { hostPortsOf, portHolders } from '../../src/model/host-ports.ts';
import { formatRef, refKey, refOf } from '../../src/model/ref.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const PORTS = /didn't have free ports for the requested pod ports|PodFitsHostPorts/;

export default defineClassifier({
  title: 'Host port of the pod is taken on every node',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod asks for port {{ports}} of its node itself, and on each node that could take it another pod already has that port. A Deployment with a host port can run one pod a node at most.',
  fix: [
    'Look who has the port: `kubectl get pods -A -o wide` and `kubectl get pods -A -o yaml | grep -B8 "hostPort: {{port}}"`.',
    'Use a Service (NodePort or LoadBalancer) instead of `hostPort` in {{workload}}, give one of the two another port, or run no more replicas than nodes.',
    {
      k3s: 'Ports 80 and 443 are usually held by `svclb-traefik`: disable it with `disable: [servicelb]` in `/etc/rancher/k3s/config.yaml` when another ingress needs them.',
      rke2: 'Ports 80 and 443 are usually held by `rke2-ingress-nginx`: disable it with `disable: [rke2-ingress-nginx]` in `/etc/rancher/rke2/config.yaml` when another ingress needs them.',
    },
  ],
  tellApart:
    'While a DaemonSet is rolled out the old pod may hold the port for a moment; it counts only while the pod waits.',
  needs: ['signals', 'pods'],
  *detect({ signals, pods, joins }) {
    let held: ReturnType<typeof portHolders> | undefined;
    for (const found of refused(signals, PORTS)) {
      const { signal, refusal } = found;
      const wanted = signal.pod ? hostPortsOf(signal.pod) : [];
      held ??= portHolders(pods);
      const holders = wanted.flatMap(({ key }) => held?.get(key) ?? []);
      const other = holders
        .map(({ pod }) => joins.workloadOf(pod))
        .find((holder) => refKey(holder) !== refKey(joins.ownerOf(signal.object)));
      const taken = holders
        .slice(0, 3)
        .map(
          ({ pod, port }) =>
            `port ${port} is taken on ${pod.spec.nodeName ?? ''} by ${formatRef(refOf(pod))}`,
        );
      yield {
        subject: signal.object,
        culprit: other,
        message: `${taken.length > 0 ? taken.join('; ') : `${refusal.nodes ?? 'all'} ${refusal.why}`}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...holders
            .slice(0, 3)
            .map(({ pod, port, path }) => fieldEvidence(pod.origin, path, `hostPort: ${port}`)),
        ],
        values: wanted[0]
          ? { ports: wanted.map(({ port }) => port).join(', '), port: String(wanted[0].port) }
          : {},
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the first replica holds the port on the only node',
        objects: `
kind: Pod
metadata: { name: hostport-c4f4879f5-b8jz2, namespace: edge }
spec: { containers: [{ name: hp, image: reg.local/hp, ports: [{ hostPort: 18080, containerPort: 8080, protocol: TCP }] }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/2 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling." }
---
kind: Pod
metadata: { name: hostport-c4f4879f5-glzgh, namespace: edge }
spec: { nodeName: server1, containers: [{ name: hp, image: reg.local/hp, ports: [{ hostPort: 18080, containerPort: 8080, protocol: TCP }] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the pod lacks CPU, not a port',
        objects: `
kind: Pod
metadata: { name: edge-0, namespace: edge }
spec: { containers: [{ name: edge, image: reg.local/edge, ports: [{ hostPort: 80, containerPort: 80 }] }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient cpu.' }
`,
      },
    ],
  },
});
