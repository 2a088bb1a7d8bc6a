import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refKey, refTo } from '../../src/model/ref.ts';
import { isDefaultClass } from '../../src/model/storage.ts';

const UNSET = /no persistent volumes available for this claim and no storage class is set/;

export default defineClassifier({
  title: 'Claim names no StorageClass and there is no default one',
  stage: 'storage',
  severity: 'high',
  cause:
    'The claim leaves the StorageClass to the cluster, and none is marked as default, so no volume is ever made. RKE2 and kubeadm come without one; k3s brings local-path.',
  fix: [
    'Look which classes there are: `kubectl get storageclass`. In this cluster: {{classes}}.',
    'Mark one as default: `kubectl patch storageclass <name> -p \'{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}}\'`; claims that wait pick it up (since v1.28), older clusters need the claim made anew.',
    'Where there is none, install a storage system from the mirror (local-path-provisioner, Longhorn), or create a PersistentVolume for the claim by hand.',
  ],
  tellApart: 'The event is of type Normal. A class that is named and missing is claim/class-missing.',
  needs: ['persistentvolumeclaims', 'signals'],
  *detect({ persistentvolumeclaims, signals, joins }) {
    const said = new Map(
      signals
        .filter(({ text }) => UNSET.test(text))
        .map((signal) => [refKey(signal.object), signal] as const),
    );
    const classes = joins.inNamespace('storageclasses', undefined);
    const none = joins.knowsAll('storageclasses') && !classes.some(isDefaultClass);
    for (const { metadata, spec, status, origin } of persistentvolumeclaims) {
      if (status.phase !== 'Pending' || spec.volumeName || spec.storageClassName) continue;
      const subject = refTo('PersistentVolumeClaim', metadata.namespace, metadata.name);
      const signal = said.get(refKey(subject));
      // An empty name asks for a volume that was made by hand.
      if (!signal && !(none && spec.storageClassName === undefined)) continue;
      yield {
        subject,
        message:
          spec.storageClassName === ''
            ? 'no volume made by hand fits the claim'
            : 'names no StorageClass, and none is the default',
        evidence: [
          fieldEvidence(
            origin,
            'spec',
            spec.storageClassName === '' ? "storageClassName: ''" : 'storageClassName is not set',
          ),
          ...(signal ? [signal.evidence] : []),
        ],
        values: {
          classes:
            classes.map(({ metadata }) => metadata.name).join(', ') ||
            (joins.knowsAll('storageclasses') ? 'none' : 'not collected'),
        },
        first: signal?.first,
        last: signal?.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the controller says so in an event of type Normal',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { accessModes: [ReadWriteOnce] }
status: { phase: Pending }
---
kind: Event
metadata: { name: uploads.1, namespace: shop }
type: Normal
reason: FailedBinding
message: no persistent volumes available for this claim and no storage class is set
involvedObject: { kind: PersistentVolumeClaim, namespace: shop, name: uploads }
`,
      },
      {
        about: 'the events have expired and no class is the default',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { accessModes: [ReadWriteOnce] }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: longhorn }
`,
      },
    ],
    miss: [
      {
        about: 'the default class has not been filled in yet',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { accessModes: [ReadWriteOnce] }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: local-path, annotations: { storageclass.kubernetes.io/is-default-class: 'true' } }
`,
      },
      {
        about: 'the claim is bound',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec: { volumeName: pv-1 }
status: { phase: Bound }
`,
      },
    ],
  },
});
