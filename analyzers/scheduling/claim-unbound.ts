import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refOf } from '../../src/model/ref.ts';
import { claimNames } from '../../src/model/storage.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const UNBOUND =
  /pod has unbound immediate PersistentVolumeClaims|PersistentVolumeClaim is not bound|binding volumes: (?:timed out waiting for the condition|context deadline exceeded)/;

export default defineClassifier({
  title: 'Pod waits for a claim that is not bound',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod mounts a PersistentVolumeClaim that has no volume yet, so the scheduler cannot choose a node. Why the claim is not bound stands at the claim.',
  fix: [
    'Look which claim waits and why: `kubectl -n {{namespace}} get pvc`, `kubectl -n {{namespace}} describe pvc {{claim}}`.',
    'Mend the claim (StorageClass, provisioner, or a volume that fits); the pod follows by itself.',
  ],
  tellApart:
    "A symptom of the claim's own failure; a claim that does not exist at all is scheduling/claim-missing.",
  needs: ['signals'],
  causedBy: [{ classes: ['claim/*'], by: 'claim' }],
  *detect({ signals, joins }) {
    for (const found of refused(signals, UNBOUND)) {
      const { signal, refusal } = found;
      const waiting = signal.pod ? unboundClaims(signal.pod, joins) : [];
      const [first] = waiting;
      const names = waiting.map(({ metadata, status }) => `${metadata.name} (${status.phase ?? ''})`);
      yield {
        subject: signal.object,
        culprit: first && refOf(first),
        message: `${first ? `waits for claim ${names.join(', ')}` : refusal.why}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...waiting.map(({ origin, metadata, status }) =>
            fieldEvidence(origin, 'status.phase', `${metadata.name}: phase: ${status.phase ?? ''}`),
          ),
        ],
        values: first ? { claim: first.metadata.name } : {},
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the claim of a database waits',
        objects: `
kind: Pod
metadata: { name: postgres-7b97fc484f-rbbp6, namespace: data }
spec: { containers: [{ name: postgres, image: reg.local/postgres }], volumes: [{ name: d, persistentVolumeClaim: { claimName: pgdata } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found' }
---
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { storageClassName: longhorn }
status: { phase: Pending }
---
kind: StorageClass
metadata: { name: longhorn }
`,
      },
      {
        about: 'an old scheduler names the claim, and the claim was not collected',
        objects: `
kind: Pod
metadata: { name: todo-db-0, namespace: shop }
status: { phase: Pending }
---
kind: Event
metadata: { name: todo-db-0.1, namespace: shop }
type: Warning
reason: FailedScheduling
message: 'PersistentVolumeClaim is not bound: "data-todo-db-0"'
involvedObject: { kind: Pod, namespace: shop, name: todo-db-0 }
`,
      },
    ],
    miss: [
      {
        about: 'the claim does not exist',
        objects: `
kind: Pod
metadata: { name: redis-0, namespace: data }
spec: { containers: [{ name: redis, image: reg.local/redis }], volumes: [{ name: d, persistentVolumeClaim: { claimName: redis-data } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/2 nodes are available: persistentvolumeclaim "redis-data" not found. not found' }
`,
      },
    ],
  },
});

/** The claims of a pod that have no volume. */
function unboundClaims({ metadata, spec }: Of<'pods'>, joins: Joins): Of<'persistentvolumeclaims'>[] {
  return claimNames(spec).flatMap((name) => {
    const claim = joins.find('persistentvolumeclaims', metadata.namespace, name);
    return typeof claim === 'string' || claim.status.phase === 'Bound' ? [] : [claim];
  });
}
