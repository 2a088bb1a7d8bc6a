import { defineClassifier } from '../../src/classifier.ts';
import { eventEvidence, fieldEvidence } from '../../src/model/evidence.ts';
import { formatBytes, parseQuantity } from '../../src/model/quantity.ts';
import { refTo } from '../../src/model/ref.ts';
import { parseTime } from '../../src/model/time.ts';

const FAILED = new Set(['VolumeResizeFailed', 'FileSystemResizeFailed']);
/** The file system grows when the volume is mounted the next time; without a pod it waits. */
const PATIENCE = 600_000;

export default defineClassifier({
  title: 'Claim does not grow to the size that it asks for',
  stage: 'storage',
  severity: 'medium',
  cause:
    'The claim asks for {{wanted}} and still has {{has}}. The storage system refused to grow the volume, its class does not allow it, or the file system waits until the pod is started again.',
  fix: [
    'Look at the conditions and events: `kubectl -n {{namespace}} describe pvc {{name}}`.',
    'With condition FileSystemResizePending restart the pods that mount it. Where the class does not allow it: `kubectl patch storageclass <name> -p \'{"allowVolumeExpansion":true}\'`, if the storage can.',
    'Otherwise mend what the storage system says: `kubectl get pods -A | grep -i resizer` and its log.',
  ],
  tellApart: 'In the first ten minutes growing is only under way, unless an event says that it failed.',
  needs: ['persistentvolumeclaims'],
  *detect({ persistentvolumeclaims, joins, time }) {
    for (const { metadata, spec, status, origin } of persistentvolumeclaims) {
      const wanted = parseQuantity(spec.resources.requests.storage);
      const has = parseQuantity(status.capacity.storage);
      if (status.phase !== 'Bound' || wanted === undefined || has === undefined || wanted <= has) continue;
      const subject = refTo('PersistentVolumeClaim', metadata.namespace, metadata.name);
      const event = joins.eventsOf(subject).findLast(({ reason }) => FAILED.has(reason));
      const index = status.conditions.findIndex(
        ({ type }) => type === 'FileSystemResizePending' || type === 'Resizing',
      );
      const since = parseTime(status.conditions[index]?.lastTransitionTime);
      const old = since !== undefined && time !== undefined && time - since > PATIENCE;
      if (!event && !old) continue;
      const proof = event
        ? eventEvidence(event)
        : fieldEvidence(origin, `status.conditions[${index}]`, status.conditions[index]?.type ?? '');
      yield {
        subject,
        message: `asks for ${formatBytes(wanted)} and has ${formatBytes(has)}${event ? `: ${event.message}` : ''}`,
        evidence: [
          fieldEvidence(origin, 'status.capacity', `storage: ${status.capacity.storage ?? ''}`),
          proof,
        ],
        values: { wanted: formatBytes(wanted), has: formatBytes(has) },
        first: event?.first ?? since,
        last: event?.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the storage system refuses',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-1, resources: { requests: { storage: 20Gi } } }
status: { phase: Bound, capacity: { storage: 10Gi } }
---
kind: Event
metadata: { name: pgdata.1, namespace: data }
type: Warning
reason: VolumeResizeFailed
message: 'resize volume "pvc-1" by resizer "driver.longhorn.io" failed: rpc error: code = Internal desc = insufficient storage'
involvedObject: { kind: PersistentVolumeClaim, namespace: data, name: pgdata }
`,
      },
      {
        about: 'the file system waits for the pod for an hour',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-1, resources: { requests: { storage: 20Gi } } }
status:
  phase: Bound
  capacity: { storage: 10Gi }
  conditions: [{ type: FileSystemResizePending, status: 'True', lastTransitionTime: '2026-11-22T11:00:00Z' }]
`,
      },
    ],
    miss: [
      {
        about: 'growing began a minute ago',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-1, resources: { requests: { storage: 20Gi } } }
status:
  phase: Bound
  capacity: { storage: 10Gi }
  conditions: [{ type: Resizing, status: 'True', lastTransitionTime: '2026-11-22T11:59:00Z' }]
`,
      },
      {
        about: 'the volume is larger than was asked for',
        objects: `
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-1, resources: { requests: { storage: 1500Mi } } }
status: { phase: Bound, capacity: { storage: 2Gi } }
`,
      },
    ],
  },
});
