import { defineClassifier } from '../../src/classifier.ts';
import { eventEvidence, fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

export default defineClassifier({
  title: 'Claim has lost its volume',
  stage: 'storage',
  severity: 'critical',
  cause:
    'The claim was bound to PersistentVolume {{culprit}}, and that object is gone or belongs to another claim now. Pods that mount it cannot start; the data may still be on the storage.',
  fix: [
    'Look for the volume and the data: `kubectl get pv`, and on the storage system itself.',
    'When the data are still there, create PersistentVolume {{culprit}} again with the same backend id and a `claimRef` that holds the uid of the claim: `kubectl -n {{namespace}} get pvc {{name}} -o jsonpath="{.metadata.uid}"`.',
    'Otherwise delete the claim, let it be made anew, and restore from a backup.',
  ],
  needs: ['persistentvolumeclaims'],
  *detect({ persistentvolumeclaims, joins }) {
    for (const { metadata, spec, status, origin } of persistentvolumeclaims) {
      if (status.phase !== 'Lost') continue;
      const subject = refTo('PersistentVolumeClaim', metadata.namespace, metadata.name);
      const events = joins.eventsOf(subject).filter(({ reason }) => /^Claim(?:Lost|Misbound)$/.test(reason));
      const newest = events.at(-1);
      yield {
        subject,
        culprit: spec.volumeName ? refTo('PersistentVolume', undefined, spec.volumeName) : undefined,
        message: newest?.message.replace(/[.!]$/, '') ?? `PersistentVolume ${spec.volumeName ?? ''} is gone`,
        evidence: [
          fieldEvidence(origin, 'status.phase', `phase: Lost, volumeName: ${spec.volumeName ?? ''}`),
          ...(newest ? [eventEvidence(newest)] : []),
        ],
        first: newest?.first,
        last: newest?.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the volume was deleted under the claim',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-2395f2db, storageClassName: longhorn }
status: { phase: Lost }
---
kind: Event
metadata: { name: pgdata.1, namespace: data }
type: Warning
reason: ClaimLost
message: Bound claim has lost its PersistentVolume. Data on the volume is lost!
involvedObject: { kind: PersistentVolumeClaim, namespace: data, name: pgdata }
`,
      },
    ],
    miss: [
      {
        about: 'the claim waits for its first volume',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { storageClassName: longhorn }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: longhorn }
`,
      },
    ],
  },
});
