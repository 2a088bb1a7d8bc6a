import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { failingRegistries, registryOf } from '../../src/model/image.ts';
import { imageLapse, standingContainers, together } from '../../src/model/practice.ts';

/** The kubelet's default for how many images a node lists. */
const MOST_LISTED = 50;

/** Only where pulls from the registry of the image fail now, and where the nodes list all their images. */
export default defineClassifier({
  title: 'Images that only one node holds',
  stage: 'practice',
  severity: 'low',
  cause:
    'The image of these workloads is on one node only, and pulls from its registry fail now. When the node is lost or drained, they cannot start on another.',
  fix: [
    'Look on the other nodes: `crictl images`.',
    "Import the image on every node (`ctr -n k8s.io images import <image>.tar`, on RKE2 and k3s a tarball in the agent's `images` folder), or mend the registry.",
  ],
  tellApart: 'A node lists 50 images at most; where one lists that many, nothing is said.',
  needs: ['containers', 'nodes'],
  *detect({ containers, nodes, joins }) {
    const failing = failingRegistries(containers);
    const others = nodes.filter(({ spec }) => !spec.unschedulable);
    if (others.length < 2 || others.some(({ status }) => status.images.length >= MOST_LISTED)) return;
    const holders = holdersOf(others);
    const lapses = standingContainers(containers, joins)
      .filter(({ state, spec }) => state === 'running' && failing.has(registryOf(spec?.image ?? '')))
      .filter(({ workload }) => workload.kind !== 'DaemonSet')
      .filter(({ spec }) => holders.get(spec?.image ?? '') === 1)
      .map(imageLapse);
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'the registry fails and only one node has the image',
        objects: `
kind: Node
metadata: { name: a }
status: { conditions: [{ type: Ready, status: 'True' }], images: [{ names: ['reg.local/cart:1'] }] }
---
kind: Node
metadata: { name: b }
status: { conditions: [{ type: Ready, status: 'True' }], images: [{ names: ['reg.local/other:1'] }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }], nodeName: a }
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
        about: 'a node lists as many images as it ever does, so others may be there, too',
        objects: `
kind: Node
metadata: { name: a }
status: { conditions: [{ type: Ready, status: 'True' }], images: [{ names: ['reg.local/cart:1'] }] }
---
kind: Node
metadata: { name: b }
status: { conditions: [{ type: Ready, status: 'True' }], images: [${'{ names: [] }, '.repeat(50)}] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }], nodeName: a }
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
      {
        about: 'both nodes have the image',
        objects: `
kind: Node
metadata: { name: a }
status: { conditions: [{ type: Ready, status: 'True' }], images: [{ names: ['reg.local/cart:1'] }] }
---
kind: Node
metadata: { name: b }
status: { conditions: [{ type: Ready, status: 'True' }], images: [{ names: ['reg.local/cart:1'] }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }], nodeName: a }
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
  },
});

/** How many nodes hold each image. */
function holdersOf(nodes: readonly Of<'nodes'>[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const { status } of nodes)
    for (const name of new Set(status.images.flatMap(({ names }) => names)))
      holders.set(name, (holders.get(name) ?? 0) + 1);
  return holders;
}
