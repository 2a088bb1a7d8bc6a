import { defineClassifier } from '../../src/classifier.ts';
import type { Resources } from '../../src/model/objects/container.ts';
import { containerLapse, standingContainers, together } from '../../src/model/practice.ts';

/** Neither requests nor limits: quality of service BestEffort. */
export default defineClassifier({
  title: 'Containers without resource requests',
  stage: 'practice',
  severity: 'low',
  cause:
    'A container without requests gets what is left over and is the first to be evicted when its node runs short. The scheduler places it as if it needed nothing.',
  fix: [
    'Look what they use: `kubectl top pods -A --containers`.',
    'Set requests at the usual need: `kubectl -n <namespace> set resources <workload> -c <container> --requests=cpu=<need>,memory=<need>`.',
  ],
  tellApart: 'Where only limits are set, the requests equal them.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(({ spec }) => isBestEffort(spec?.resources))
      .map((container) => containerLapse(container, 'has no limits either', 'resources', 'no requests'));
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a container asks for nothing',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'only limits are set',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, resources: { limits: { memory: 64Mi } } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});

function isBestEffort(resources: Resources | undefined): boolean {
  return Object.keys({ ...resources?.limits, ...resources?.requests }).length === 0;
}
