import { defineClassifier } from '../../src/classifier.ts';
import { probeLapse, standingContainers, together } from '../../src/model/practice.ts';
import { isSelecting, podsBehind } from '../../src/model/services.ts';

/** Only where a Service sends traffic to the container. */
export default defineClassifier({
  title: 'Servers behind a Service without a readiness probe',
  stage: 'practice',
  severity: 'low',
  cause:
    'A Service sends requests to a container as soon as its process runs, because no readiness probe says when it can answer. Each rollout and restart loses some requests.',
  fix: [
    'Look how long a start takes: `kubectl -n <namespace> logs <pod> --timestamps | head`.',
    'Add a readiness probe on a path that answers only when the server can: `kubectl -n <namespace> edit <workload>`.',
  ],
  tellApart: 'Containers that no Service leads to need none.',
  needs: ['containers', 'services'],
  *detect({ containers, services, joins }) {
    const served = new Set(services.filter(isSelecting).flatMap((service) => podsBehind(service, joins)));
    const lapses = standingContainers(containers, joins)
      .filter(({ pod, spec }) => served.has(pod) && spec && spec.ports.length > 0 && !spec.readinessProbe)
      .map((container) => probeLapse(container, 'no readinessProbe'));
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a Service leads to a container without one',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [{ containerPort: 80 }] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
`,
      },
    ],
    miss: [
      {
        about: 'no Service leads to it',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [{ containerPort: 80 }] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
