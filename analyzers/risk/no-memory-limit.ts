import { defineClassifier } from '../../src/classifier.ts';
import { containerLapse, standingContainers, together } from '../../src/model/practice.ts';

/** After the defaults of LimitRanges, which the API server has put into the pods. */
export default defineClassifier({
  title: 'Containers without a memory limit',
  stage: 'practice',
  severity: 'low',
  cause:
    'A container without a memory limit may take all memory of its node. Then the kernel or the kubelet ends whatever is easiest to end, often something else.',
  fix: [
    'Look what they use: `kubectl top pods -A --containers --sort-by=memory`.',
    'Set a limit a quarter above the usual peak: `kubectl -n <namespace> set resources <workload> -c <container> --limits=memory=<limit>`; or a default for a namespace with a LimitRange.',
  ],
  tellApart: 'Jobs and the workloads of the distribution are left out.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(({ spec }) => spec?.resources.limits.memory === undefined)
      .map((container) => {
        const requested = container.spec?.resources.requests.memory;
        const what = requested ? `requests ${requested}` : 'requests no memory either';
        return containerLapse(container, what, 'resources', 'no memory limit');
      });
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a container has no limit',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, resources: { requests: { memory: 64Mi } } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: "a container has a limit, and the system's has none",
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, resources: { limits: { memory: 64Mi }, requests: { memory: 64Mi } } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Pod
metadata: { name: coredns-0, namespace: kube-system, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});
