import { defineClassifier } from '../../src/classifier.ts';
import { probeLapse, standingContainers, together } from '../../src/model/practice.ts';

/** Optional by design, so only worth a line. */
export default defineClassifier({
  title: 'Servers without any probe',
  stage: 'practice',
  severity: 'info',
  cause:
    'Without a liveness probe a server that hangs is not restarted by itself. A probe that is set without care does more harm than none.',
  fix: [
    'Look which hang from time to time: only those gain by a probe.',
    'Add one that asks nothing but the process itself, with a startup probe before it: `kubectl -n <namespace> edit <workload>`.',
  ],
  tellApart: 'Told of containers that declare ports and have no probe at all.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(
        ({ spec }) =>
          spec !== undefined && spec.ports.length > 0 && !spec.livenessProbe && !spec.readinessProbe,
      )
      .map((container) => probeLapse(container, 'no probe'));
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a server has no probe',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [{ containerPort: 80 }] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'a server has a readiness probe, a worker has no port',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [{ containerPort: 80 }], readinessProbe: { tcpSocket: { port: 80 } } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Pod
metadata: { name: worker-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
