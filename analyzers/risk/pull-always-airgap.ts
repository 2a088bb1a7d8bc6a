import { defineClassifier } from '../../src/classifier.ts';
import { failingRegistries, registryOf } from '../../src/model/image.ts';
import { containerLapse, standingContainers, together } from '../../src/model/practice.ts';

/** Only where pulls from the same registry fail now: these will fail at their next start. */
export default defineClassifier({
  title: 'Running pods that ask a failing registry at every start',
  stage: 'practice',
  severity: 'low',
  cause:
    'These containers run, but are set to ask the registry at every start, and pulls from that registry fail now. The next restart or move keeps them from starting although the image is on the node.',
  fix: [
    'Look at the failing pulls first; they name what is wrong with the registry.',
    'Keep what is on the nodes usable: set `imagePullPolicy: IfNotPresent` and a fixed tag: `kubectl -n <namespace> edit <workload>`.',
  ],
  tellApart: 'A pod that fails already is an image class.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const failing = failingRegistries(containers);
    const lapses = standingContainers(containers, joins)
      .filter(({ state, spec }) => state === 'running' && spec?.imagePullPolicy === 'Always')
      .filter(({ spec }) => failing.has(registryOf(spec?.image ?? '')))
      .map((container) => {
        const image = container.spec?.image ?? '';
        return containerLapse(container, `pulls ${image}`, 'imagePullPolicy', `Always, ${image}`);
      });
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a pull from the same registry fails',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, imagePullPolicy: Always }] }
status: { phase: Running, containerStatuses: [{ name: cart, ready: true, state: { running: { startedAt: '2026-11-22T08:00:00Z' } } }] }
---
kind: Pod
metadata: { name: search-0, namespace: shop }
spec: { containers: [{ name: search, image: reg.local/search:1 }] }
status:
  phase: Pending
  containerStatuses: [{ name: search, ready: false, state: { waiting: { reason: ImagePullBackOff } } }]
`,
      },
    ],
    miss: [
      {
        about: 'pulls fail from another registry',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, imagePullPolicy: Always }] }
status: { phase: Running, containerStatuses: [{ name: cart, ready: true, state: { running: { startedAt: '2026-11-22T08:00:00Z' } } }] }
---
kind: Pod
metadata: { name: search-0, namespace: shop }
spec: { containers: [{ name: search, image: other.local/search:1 }] }
status:
  phase: Pending
  containerStatuses: [{ name: search, ready: false, state: { waiting: { reason: ImagePullBackOff } } }]
`,
      },
    ],
  },
});
