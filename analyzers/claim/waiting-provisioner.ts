import { defineClassifier } from '../../src/classifier.ts';
import type { Joins } from '../../src/model/joins.ts';
import { formatRef, type Ref, refTo } from '../../src/model/ref.ts';
import { provisionerWorkload } from '../../src/model/storage.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

const WAITING =
  /(?:waiting for a volume to be created,? either by (?:the )?external provisioner|cannot find provisioner) ['"]([^'"]+)['"]/i;
/** Making a volume takes a while. */
const PATIENCE = 120;

export default defineClassifier({
  title: 'Claim waits for a provisioner that does not answer',
  stage: 'storage',
  severity: 'medium',
  cause:
    'The claim waits for provisioner {{provisioner}} to make a volume, and it has said nothing for {{span}}. Its pod is missing or does not work; in an air-gapped cluster mostly because its image is not in the mirror.',
  fix: [
    'Look at the provisioner: `kubectl get storageclass -o wide`, `kubectl get pods -A | grep -i -e provisioner -e csi`.',
    'Mend its pods, or install it; the claim follows by itself.',
  ],
  tellApart:
    'For the first two minutes this is how every claim begins. A provisioner that answers with an error is claim/provisioning-failed.',
  needs: ['signals', 'persistentvolumeclaims', 'pods'],
  yieldsTo: ['claim/provisioning-failed', 'claim/class-missing'],
  causedBy: [
    { classes: ['image/*', 'exit/*', 'scheduling/*', 'controller/*'], by: 'culprit' },
    {
      classes: ['image/*', 'scheduling/*', 'sandbox/*', 'cni/*', 'runtime/*', 'volume/*', 'exit/*'],
      by: 'backend',
    },
  ],
  *detect({ signals, pods, joins, time }) {
    const workloads = new Map<string, Ref | undefined>();
    for (const signal of signals) {
      const provisioner = WAITING.exec(signal.text)?.[1];
      if (
        provisioner === undefined ||
        signal.place !== 'event' ||
        signal.object.kind !== 'PersistentVolumeClaim'
      )
        continue;
      const claim = joins.find('persistentvolumeclaims', signal.object.namespace, signal.object.name);
      if (claim === 'absent') continue;
      const created =
        parseTime(claim === 'unknown' ? undefined : claim.metadata.creationTimestamp) ?? signal.first;
      const span = created !== undefined && time !== undefined ? (time - created) / 1000 : undefined;
      if (span !== undefined && span < PATIENCE) continue;
      if (!workloads.has(provisioner))
        workloads.set(provisioner, provisionerWorkload(provisioner, pods, joins));
      const workload = workloads.get(provisioner);
      yield {
        subject: signal.object,
        culprit: workload ?? refTo('Provisioner', undefined, provisioner),
        message: `waits for provisioner ${provisioner}${span === undefined ? '' : ` since ${formatDuration(span)}`}${whoseOf(workload, joins)}`,
        evidence: [signal.evidence],
        values: { provisioner, span: span === undefined ? 'an unknown time' : formatDuration(span) },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the provisioner was never installed',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { storageClassName: nfs-client }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: nfs-client }
provisioner: k8s-sigs.io/nfs-subdir-external-provisioner
---
kind: Event
metadata: { name: uploads.1, namespace: shop }
type: Normal
reason: ExternalProvisioning
message: Waiting for a volume to be created either by the external provisioner 'k8s-sigs.io/nfs-subdir-external-provisioner' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.
involvedObject: { kind: PersistentVolumeClaim, namespace: shop, name: uploads }
`,
      },
      {
        about: 'an older controller says it with double quotes',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { storageClassName: nfs-client }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: nfs-client }
---
kind: Event
metadata: { name: uploads.1, namespace: shop }
type: Normal
reason: ExternalProvisioning
message: waiting for a volume to be created, either by external provisioner "nfs.corp.local/shop" or manually created by system administrator
involvedObject: { kind: PersistentVolumeClaim, namespace: shop, name: uploads }
`,
      },
    ],
    miss: [
      {
        about: 'the claim was made half a minute ago',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop, creationTimestamp: '2026-11-22T11:59:30Z' }
spec: { storageClassName: longhorn }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: longhorn }
---
kind: Event
metadata: { name: uploads.1, namespace: shop }
type: Normal
reason: ExternalProvisioning
message: waiting for a volume to be created, either by external provisioner "driver.longhorn.io" or manually created by system administrator
involvedObject: { kind: PersistentVolumeClaim, namespace: shop, name: uploads }
`,
      },
      {
        about: 'the volume has been made since',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { storageClassName: longhorn, volumeName: pvc-1 }
status: { phase: Bound }
---
kind: Event
metadata: { name: uploads.1, namespace: shop }
type: Normal
reason: ExternalProvisioning
message: waiting for a volume to be created, either by external provisioner "driver.longhorn.io" or manually created by system administrator
involvedObject: { kind: PersistentVolumeClaim, namespace: shop, name: uploads }
`,
      },
    ],
  },
});

/** Whose pods provision, or that there are none. */
function whoseOf(workload: Ref | undefined, joins: Joins): string {
  if (workload) return `; its pods belong to ${formatRef(workload)}`;
  return joins.knowsAll('pods') ? '; no pod of that provisioner was found' : '';
}
