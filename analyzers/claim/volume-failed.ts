import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

/** The claim is gone; its volume could not be deleted or wiped, and its space is not given back. */
export default defineClassifier({
  title: 'Volume could not be deleted after its claim went',
  stage: 'storage',
  severity: 'low',
  cause:
    'The claim of volume {{name}} was deleted, and its storage could not be reclaimed. No pod needs it any more, but its space stays taken and no other claim may use it.',
  fix: [
    'Look why: `kubectl describe pv {{name}}`.',
    'Mend what the message tells (often the driver or its provisioner, or a disk that is still attached to a node: `kubectl get volumeattachments | grep {{name}}`); it is tried again by itself.',
    'Where the storage is gone already, remove the object: `kubectl delete pv {{name}}`.',
  ],
  tellApart: 'A volume that vanished under a claim which still wants it is claim/lost.',
  needs: ['persistentvolumes'],
  *detect({ persistentvolumes }) {
    for (const { metadata, status, origin } of persistentvolumes) {
      if (status.phase !== 'Failed') continue;
      const said = [status.reason, status.message].filter(Boolean).join(': ');
      yield {
        subject: refTo('PersistentVolume', undefined, metadata.name),
        message: said || 'its phase is Failed',
        evidence: [fieldEvidence(origin, 'status', `phase: Failed${said ? `, ${said}` : ''}`)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the provisioner could not delete the disk',
        objects: `
kind: PersistentVolume
metadata: { name: pvc-27b9fd2a }
status: { phase: Failed, message: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' }
`,
      },
    ],
    miss: [
      {
        about: 'a volume waits to be reused by hand',
        objects: `
kind: PersistentVolume
metadata: { name: pvc-27b9fd2a }
status: { phase: Released }
`,
      },
    ],
  },
});
