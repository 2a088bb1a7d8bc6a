import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import type { Joins } from '../../src/model/joins.ts';
import { type Ref, refTo } from '../../src/model/ref.ts';
import { podsBehind } from '../../src/model/services.ts';
import type { Signal } from '../../src/model/signal.ts';

/** From so many pods on, timeouts to other nodes are no chance. */
const SEVERAL = 2;

/** Timeouts that happen between nodes and never within one: packets of the overlay are lost on the way. */
export default defineClassifier({
  title: 'Pods of different nodes do not reach each other',
  stage: 'network',
  severity: 'high',
  cause:
    'Pods on {{name}} wait in vain for answers of pods on other nodes, and all timeouts seen cross nodes. The overlay network between them is probably blocked: a firewall, a cloud rule, or a network card that spoils its packets.',
  fix: [
    'Look from a pod to one on another node: `kubectl -n <namespace> exec <pod> -- ping -c3 <IP of a pod on another node>`.',
    'Open the overlay between all nodes: 8472/udp (Flannel, Canal), 4789/udp (Calico VXLAN), 179/tcp (Calico BGP), 8472/udp or 6081/udp (Cilium), 51820/udp (WireGuard).',
    'On VMware with VXLAN, switch the offload off that spoils the packets, on every node: `ethtool -K flannel.1 tx-checksum-ip-generic off`.',
  ],
  tellApart:
    'A guess from where the timeouts are; a NetworkPolicy or a slow server times out within a node too.',
  needs: ['pods', 'services', 'signals'],
  *detect({ signals, joins }) {
    const crossings = new Map<string, { readonly signal: Signal; readonly target: Ref }[]>();
    for (const signal of signals) {
      if (signal.classifier !== 'app/timeout' || !signal.pod?.spec.nodeName) continue;
      const target = targetOf(signal, joins);
      const nodes = target ? nodesBehind(target, joins) : [];
      if (!target || nodes.length === 0) continue;
      const node = signal.pod.spec.nodeName;
      // One timeout to a pod of the same node speaks against it.
      if (nodes.includes(node)) return;
      crossings.set(node, [...(crossings.get(node) ?? []), { signal, target }]);
    }
    for (const [node, found] of crossings) {
      const [first, ...others] = found.map(({ signal }) => signal.evidence);
      const pods = new Set(found.map(({ signal }) => signal.object.name));
      if (!first || pods.size < SEVERAL) continue;
      yield {
        subject: refTo('Node', undefined, node),
        message: `${pods.size} pods get no answer from pods on other nodes, and none from its own fails`,
        evidence: [first, ...others],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'two pods of one node time out towards a pod on another',
        objects: ['cart', 'checkout'].map(exampleClient).join('---') + exampleTarget('agent2'),
        files: exampleLogs(),
      },
    ],
    miss: [
      {
        about: 'the pod that does not answer is on the same node',
        objects: ['cart', 'checkout'].map(exampleClient).join('---') + exampleTarget('agent1'),
        files: exampleLogs(),
      },
    ],
  },
});

const ADDRESS = /\b((?:\d{1,3}\.){3}\d{1,3}|[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*):\d+\b/g;

function targetOf({ text, object }: Signal, joins: Joins): Ref | undefined {
  for (const [address] of text.matchAll(ADDRESS)) {
    const ref = joins.atAddress(address, object.namespace);
    if (ref) return ref;
  }
  return undefined;
}

function nodesBehind({ kind, namespace, name }: Ref, joins: Joins): string[] {
  if (kind === 'Service') {
    const service = joins.find('services', namespace, name);
    return typeof service === 'string' ? [] : podsBehind(service, joins).flatMap(nodeOf);
  }
  const pod = joins.find('pods', namespace, name);
  return typeof pod === 'string' ? [] : nodeOf(pod);
}

function nodeOf({ spec }: Of<'pods'>): string[] {
  return spec.nodeName ? [spec.nodeName] : [];
}

function exampleClient(name: string): string {
  return `
kind: Pod
metadata: { name: ${name}-0, namespace: shop, labels: { app: ${name} } }
spec: { nodeName: agent1, containers: [{ name: ${name} }] }
status:
  phase: Running
  containerStatuses:
    - { name: ${name}, ready: false, restartCount: 7, state: { waiting: { reason: CrashLoopBackOff } } }
`;
}

function exampleTarget(node: string): string {
  return `---
kind: Service
metadata: { name: orders-db, namespace: shop }
spec: { clusterIP: 10.43.5.6, selector: { app: orders-db }, ports: [{ port: 5432 }] }
---
kind: Pod
metadata: { name: orders-db-0, namespace: shop, labels: { app: orders-db } }
spec: { nodeName: ${node}, containers: [{ name: db, ports: [{ containerPort: 5432 }] }] }
status: { phase: Running, podIP: 10.42.2.7, conditions: [{ type: Ready, status: 'True' }] }
`;
}

function exampleLogs(): Record<string, string> {
  const line = '2026-11-22T11:58:00Z FATAL dial tcp 10.43.5.6:5432: i/o timeout\n';
  return { 'logs/shop/cart-0/cart.log': line, 'logs/shop/checkout-0/checkout.log': line };
}
