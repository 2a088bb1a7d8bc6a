import { defineClassifier } from '../../src/classifier.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import { containerNamed, type Joins } from '../../src/model/joins.ts';
import type { Signal } from '../../src/model/signal.ts';

const TEXT = /image "([^"]+)" is not present with pull policy of Never/;

function imageOf({ text, pod, container }: Signal): string | undefined {
  return TEXT.exec(text)?.[1] ?? (pod && container ? containerNamed(pod.spec, container)?.image : undefined);
}

/** Nodes tell only of their fifty largest images: what is listed is there, what is not may be there all the same. */
function holders(image: string, joins: Joins): { readonly name: string; readonly evidence: Evidence }[] {
  return joins.inNamespace('nodes', undefined).flatMap(({ metadata, status, origin }) => {
    const index = status.images.findIndex(({ names }) => names.includes(image));
    if (index < 0 || !metadata.name) return [];
    return [{ name: metadata.name, evidence: fieldEvidence(origin, `status.images[${index}]`, image) }];
  });
}

export default defineClassifier({
  title: 'Image may not be pulled and is not on the node',
  stage: 'kubelet',
  severity: 'high',
  cause:
    '`imagePullPolicy: Never` forbids a pull, and node {{node}} does not have the image. Usually the tarball was imported on another node only, or into another containerd namespace than `k8s.io`.',
  fix: [
    'Look on node {{node}}: `crictl images | grep <repository>`; all namespaces of containerd: `ctr namespaces list`.',
    {
      rke2: 'Import it on every node that may run {{workload}}: copy the tarball to `/var/lib/rancher/rke2/agent/images/` and `systemctl restart rke2-agent`.',
      k3s: 'Import it on every node that may run {{workload}}: copy the tarball to `/var/lib/rancher/k3s/agent/images/` and `systemctl restart k3s-agent`.',
      kubeadm: 'Import it on every node that may run {{workload}}: `ctr -n k8s.io images import image.tar`.',
    },
    'Or set `imagePullPolicy: IfNotPresent` where a registry has the image.',
  ],
  tellApart: 'Nothing was asked over the network.',
  causedBy: [{ classes: ['node/disk-pressure'], by: 'node' }],
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const signal of signals) {
      const { place, reason, text, object, container, pod, evidence, first, last } = signal;
      if (place !== 'event' && place !== 'waiting') continue;
      if (reason !== 'ErrImageNeverPull' && !TEXT.test(text) && text !== 'Error: ErrImageNeverPull') continue;
      const image = imageOf(signal);
      const here = pod?.spec.nodeName;
      const elsewhere = image ? holders(image, joins).filter(({ name }) => name !== here) : [];
      const known = elsewhere.length > 0 ? `; ${elsewhere.map(({ name }) => name).join(', ')} has it` : '';
      yield {
        subject: object,
        container,
        message: `image ${image ?? ''} is not on node ${here ?? ''} and may not be pulled${known}`.replace(
          / {2,}/g,
          ' ',
        ),
        evidence: [evidence, ...elsewhere.slice(0, 3).map((holder) => holder.evidence)],
        first,
        last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the image was imported on another node only',
        objects: `
kind: Pod
metadata: { name: giftcards-0, namespace: shop }
spec: { nodeName: node1, containers: [{ name: giftcards, image: 'reg.local:5000/shop/giftcards:7', imagePullPolicy: Never }] }
status:
  phase: Pending
  containerStatuses:
    - name: giftcards
      ready: false
      restartCount: 0
      state: { waiting: { reason: ErrImageNeverPull, message: 'Container image "reg.local:5000/shop/giftcards:7" is not present with pull policy of Never' } }
---
kind: Node
metadata: { name: node2 }
status: { images: [{ names: ['reg.local:5000/shop/giftcards:7'] }] }
`,
      },
      {
        about: 'only the reason is known',
        objects: `
kind: Pod
metadata: { name: giftcards-0, namespace: shop }
spec: { nodeName: node1, containers: [{ name: giftcards, image: 'shop/giftcards', imagePullPolicy: Never }] }
status:
  phase: Pending
  containerStatuses:
    - name: giftcards
      ready: false
      restartCount: 0
      state: { waiting: { reason: ErrImageNeverPull } }
`,
      },
    ],
    miss: [
      {
        about: 'a pull is tried',
        objects: `
kind: Pod
metadata: { name: giftcards-0, namespace: shop }
spec: { nodeName: node1, containers: [{ name: giftcards, image: 'shop/giftcards', imagePullPolicy: Never }] }
status:
  phase: Pending
  containerStatuses:
    - name: giftcards
      ready: false
      restartCount: 0
      state: { waiting: { reason: ImagePullBackOff, message: 'Back-off pulling image "shop/giftcards"' } }
`,
      },
    ],
  },
});
