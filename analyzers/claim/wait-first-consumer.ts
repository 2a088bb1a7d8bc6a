import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { isUsed } from '../../src/model/storage.ts';

export default defineClassifier({
  title: 'Claim waits for a pod that uses it, as its class wants',
  stage: 'storage',
  severity: 'info',
  cause:
    'The StorageClass binds a claim only when a pod that mounts it is placed (`WaitForFirstConsumer`), and no pod mounts this claim. That is how it is meant.',
  fix: [
    'Look whether a pod should use it: `kubectl -n {{namespace}} get pods -o yaml | grep claimName`.',
    'Nothing needs mending; an unused claim may be deleted: `kubectl -n {{namespace}} delete pvc {{name}}`.',
  ],
  tellApart: 'By design, never a failure. With a pod that waits for it the reason stands at that pod.',
  needs: ['persistentvolumeclaims', 'storageclasses', 'pods'],
  complete: ['pods'],
  *detect({ persistentvolumeclaims, joins }) {
    for (const claim of persistentvolumeclaims) {
      const { metadata, spec, status, origin } = claim;
      if (status.phase !== 'Pending' || !spec.storageClassName || isUsed(claim, joins)) continue;
      const found = joins.find('storageclasses', undefined, spec.storageClassName);
      if (typeof found === 'string' || found.volumeBindingMode !== 'WaitForFirstConsumer') continue;
      yield {
        subject: refTo('PersistentVolumeClaim', metadata.namespace, metadata.name),
        message: `no pod mounts it, and StorageClass ${spec.storageClassName} waits for one`,
        evidence: [
          fieldEvidence(origin, 'status.phase', 'phase: Pending'),
          fieldEvidence(found.origin, 'volumeBindingMode', 'volumeBindingMode: WaitForFirstConsumer'),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'nobody uses the claim yet',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { storageClassName: local-path }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: local-path }
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
`,
      },
    ],
    miss: [
      {
        about: 'a pod waits for the claim',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { storageClassName: local-path }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: local-path }
volumeBindingMode: WaitForFirstConsumer
---
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart }], volumes: [{ name: u, persistentVolumeClaim: { claimName: uploads } }] }
status: { phase: Pending }
`,
      },
    ],
  },
});
