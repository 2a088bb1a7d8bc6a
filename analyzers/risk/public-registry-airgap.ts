import { defineClassifier } from '../../src/classifier.ts';
import { failingRegistries, registryOf } from '../../src/model/image.ts';
import { imageLapse, standingContainers, together } from '../../src/model/practice.ts';

const PUBLIC: ReadonlySet<string> = new Set([
  'docker.io',
  'quay.io',
  'gcr.io',
  'ghcr.io',
  'registry.k8s.io',
  'k8s.gcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'registry.redhat.io',
]);

/** Only where the cluster shows that public registries are out of reach. */
export default defineClassifier({
  title: 'Workloads with images of a public registry',
  stage: 'practice',
  severity: 'low',
  cause:
    'These workloads run images of a public registry, and pulls from public registries fail in this cluster. They run because the image is still on the node; elsewhere, or after it was deleted there, they do not start.',
  fix: [
    'Look whether a mirror serves them: `crictl pull <image>` on a node that does not hold the image.',
    'Copy the images to your registry (`skopeo copy --all`) and rewrite them in the mirror settings of the container runtime, or name them in the workload.',
  ],
  tellApart: 'A pod that fails already is an image class.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const failing = failingRegistries(containers);
    if (![...failing].some((registry) => PUBLIC.has(registry))) return;
    const lapses = standingContainers(containers, joins)
      .filter(({ state, spec }) => state === 'running' && PUBLIC.has(registryOf(spec?.image ?? '')))
      .map(imageLapse);
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a pull from a public registry fails',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: quay.io/shop/cart:1, ports: [] }] }
status: { phase: Running, containerStatuses: [{ name: cart, ready: true, state: { running: { startedAt: '2026-11-22T08:00:00Z' } } }] }
---
kind: Pod
metadata: { name: search-0, namespace: shop }
spec: { containers: [{ name: search, image: docker.io/shop/search:1 }] }
status:
  phase: Pending
  containerStatuses: [{ name: search, ready: false, state: { waiting: { reason: ImagePullBackOff } } }]
`,
      },
    ],
    miss: [
      {
        about: 'nothing shows that public registries are out of reach',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: quay.io/shop/cart:1, ports: [] }] }
status: { phase: Running, containerStatuses: [{ name: cart, ready: true, state: { running: { startedAt: '2026-11-22T08:00:00Z' } } }] }
`,
      },
    ],
  },
});
