import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refOf } from '../../src/model/ref.ts';
import { formatSelector } from '../../src/model/selectors.ts';
import { endpointsOf, isSelecting, podsBehind, readyBehind } from '../../src/model/services.ts';
import { count } from '../../src/model/words.ts';
import { workloadsSelectedBy } from '../../src/model/workloads.ts';

/** Mostly an effect: the pods behind the Service are not ready, and their own findings say why. */
export default defineClassifier({
  title: 'Service has no ready endpoint',
  stage: 'network',
  severity: 'high',
  cause:
    'No ready pod stands behind Service {{name}}, so every connection to it is refused. The reason is with the pods that it selects.',
  fix: [
    'Look at the pods behind it: `kubectl -n {{namespace}} get pods -l {{selector}} -o wide`.',
    'Mend those pods; the endpoints follow by themselves as soon as one is ready.',
    'If nothing uses the Service any more, delete it: `kubectl -n {{namespace}} delete service {{name}}`.',
  ],
  tellApart:
    'No pod fits the selector: network/service-selector-mismatch. Pods are ready, but the port has another name: network/service-targetport-mismatch.',
  yieldsTo: ['network/service-selector-mismatch', 'network/coredns-down'],
  causedBy: [
    { classes: ['network/service-targetport-mismatch'], by: 'object' },
    { classes: ['*'], by: 'pods' },
    {
      classes: [...NODE_FAILURES, 'node/network-unavailable'],
      by: 'node',
    },
  ],
  needs: ['services', 'pods'],
  *detect({ services, joins }) {
    for (const service of services) {
      if (!isSelecting(service) || service.spec.publishNotReadyAddresses) continue;
      const found = lack(service, joins);
      if (!found) continue;
      const backends = endpointsOf(service, joins);
      yield {
        subject: refOf(service),
        ...found,
        values: { selector: formatSelector(service.spec.selector) },
        evidence: [
          fieldEvidence(service.origin, 'spec.selector', formatSelector(service.spec.selector)),
          ...(backends === 'unknown' ? [] : backends.evidence),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the one pod behind the Service is not ready',
        objects: `
kind: Service
metadata: { name: stock, namespace: shop }
spec: { selector: { app: stock }, clusterIP: 10.43.125.27, ports: [{ port: 80, targetPort: 8080 }] }
---
kind: EndpointSlice
metadata: { name: stock-mpgnt, namespace: shop, labels: { kubernetes.io/service-name: stock } }
endpoints: [{ addresses: [10.42.0.177], conditions: { ready: false, serving: false, terminating: false } }]
ports: [{ name: '', port: 8080, protocol: TCP }]
---
kind: Pod
metadata: { name: stock-7f97bb459-ws9cz, namespace: shop, labels: { app: stock } }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
      {
        about: 'the workload behind the Service could not make its pods',
        objects: `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
---
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2, template: { metadata: { labels: { app: cart } } } }
`,
      },
    ],
    miss: [
      {
        about: 'the Service names an external host, has no selector, or its workload is scaled to zero',
        objects: `
kind: Service
metadata: { name: mail, namespace: shop }
spec: { type: ExternalName, externalName: mail.corp.local }
---
kind: Service
metadata: { name: legacy, namespace: shop }
spec: { ports: [{ port: 1521 }] }
---
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
---
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 0, template: { metadata: { labels: { app: cart } } } }
`,
      },
      {
        about: 'one of two pods is ready',
        objects: `
kind: Service
metadata: { name: stock, namespace: shop }
spec: { selector: { app: stock }, ports: [{ port: 80, targetPort: 8080 }] }
---
kind: Endpoints
metadata: { name: stock, namespace: shop }
subsets: [{ addresses: [{ ip: 10.42.0.7 }], notReadyAddresses: [{ ip: 10.42.0.8 }], ports: [{ port: 8080 }] }]
---
kind: EndpointSlice
metadata: { name: stock-mpgnt, namespace: shop, labels: { kubernetes.io/service-name: stock } }
endpoints:
  - { addresses: [10.42.0.7], conditions: { ready: true } }
  - { addresses: [10.42.0.8], conditions: { ready: false } }
ports: [{ name: '', port: 8080, protocol: TCP }]
---
kind: Pod
metadata: { name: stock-7f97bb459-ws9cz, namespace: shop, labels: { app: stock } }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
  },
});

type Lack = { readonly message: string; readonly severity: 'high' | 'low' };

/** What a Service without ready endpoints lacks; nothing when it has one or is not meant to have any. */
function lack(service: Of<'services'>, joins: Joins): Lack | undefined {
  const { namespace } = service.metadata;
  const pods = podsBehind(service, joins);
  if (readyBehind(service, joins) > 0) return undefined;
  if (pods.length > 0) return { message: wordPods(pods), severity: 'high' };
  if (!joins.knowsAll('pods', namespace)) return undefined;
  const makers = workloadsSelectedBy(namespace, service.spec.selector, joins);
  const wanting = makers.find(({ replicas }) => replicas > 0);
  if (wanting)
    return {
      message: `selects the pods of ${wanting.ref.kind} ${wanting.ref.name}, of which there is none`,
      severity: 'high',
    };
  if (makers.length > 0) return undefined;
  return { message: 'selects no pod, and no workload of its namespace would make one', severity: 'low' };
}

function wordPods(pods: readonly Of<'pods'>[]): string {
  const selected = `${count(pods.length, 'pod')} ${pods.length === 1 ? 'is' : 'are'} selected`;
  return pods.some(isReady) ? `${selected}, yet no endpoint is listed` : `${selected}, none is ready`;
}
