import { defineClassifier } from '../../src/classifier.ts';
import { eventEvidence, fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { elapsed, formatDuration } from '../../src/model/time.ts';

const SETTLING = 120_000;

/** A Service of type LoadBalancer that nobody gave an address. */
export default defineClassifier({
  title: 'LoadBalancer Service has no address',
  stage: 'network',
  severity: 'medium',
  cause:
    'Service {{name}} asks for a load balancer and gets no address: no controller for them runs in this cluster, or its pool is used up. Inside the cluster and over its node port the Service works all the same.',
  fix: [
    'Look whether a controller runs and what it says: `kubectl get pods -A | grep -Ei "metallb|svclb|kube-vip|cloud-controller"` and `kubectl -n {{namespace}} describe service {{name}}`.',
    'Install one from your mirror (MetalLB, kube-vip) or enlarge its pool of addresses; or use the node port: `kubectl -n {{namespace}} patch service {{name}} -p \'{"spec":{"type":"NodePort"}}\'`.',
  ],
  tellApart: 'An address without an answer behind it is network/service-no-endpoints.',
  needs: ['services'],
  *detect({ services, joins, time }) {
    for (const { metadata, spec, status, origin } of services) {
      if (spec.type !== 'LoadBalancer' || status.loadBalancer.ingress.length > 0) continue;
      if (spec.externalIPs.length > 0 || metadata.deletionTimestamp) continue;
      const age = elapsed(metadata.creationTimestamp, time);
      if (age !== undefined && age < SETTLING) continue;
      const subject = refTo('Service', metadata.namespace, metadata.name);
      const said = joins.eventsOf(subject).findLast(({ type }) => type === 'Warning');
      const since = age === undefined ? '' : ` for ${formatDuration(age / 1000)}`;
      yield {
        subject,
        message: said ? said.message : `waits for an address${since}`,
        evidence: [
          fieldEvidence(origin, 'status.loadBalancer', 'no address'),
          ...(said ? [eventEvidence(said)] : []),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a Service has waited for an address for an hour',
        objects: `
kind: Service
metadata: { name: shop, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { type: LoadBalancer, selector: { app: shop }, ports: [{ port: 443, nodePort: 31443 }] }
`,
      },
    ],
    miss: [
      {
        about: 'a Service was made a minute ago, and another has its address',
        objects: `
kind: Service
metadata: { name: shop, namespace: shop, creationTimestamp: '2026-11-22T11:59:10Z' }
spec: { type: LoadBalancer, ports: [{ port: 443 }] }
---
kind: Service
metadata: { name: cart, namespace: shop, creationTimestamp: '2026-11-22T08:00:00Z' }
spec: { type: LoadBalancer, ports: [{ port: 443 }] }
status: { loadBalancer: { ingress: [{ ip: 10.0.0.50 }] } }
`,
      },
    ],
  },
});
