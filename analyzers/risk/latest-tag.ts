import { defineClassifier } from '../../src/classifier.ts';
import { imageLapse, standingContainers, together } from '../../src/model/practice.ts';

/** A tag that moves: what runs after the next pull is another program. */
export default defineClassifier({
  title: 'Images without a fixed tag',
  stage: 'practice',
  severity: 'low',
  cause:
    'An image named `latest`, or without a tag, changes without a trace and is asked for in the registry at every start. In an air gap each restart then depends on the registry.',
  fix: [
    'Look what runs: `kubectl get pods -A -o jsonpath=\'{range .items[*]}{.metadata.name}{" "}{.status.containerStatuses[*].imageID}{"\\n"}{end}\'`.',
    'Name a version or digest: `kubectl -n <namespace> set image <workload> <container>=<image>:<version>`.',
  ],
  tellApart: 'A digest (`@sha256:…`) fixes the image whatever its tag.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(({ spec }) => spec?.image && isMoving(spec.image))
      .map(imageLapse);
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'an image has no tag',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'images have a tag or a digest',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Pod
metadata: { name: b-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:latest@sha256:8a3fce3a7f032e2857e920a7bae2ba564039d045a55877e5f8ba10fec2ad2fd5, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});

function isMoving(image: string): boolean {
  return !image.includes('@') && !/:(?!latest$)[\w.-]+$/.test(image);
}
