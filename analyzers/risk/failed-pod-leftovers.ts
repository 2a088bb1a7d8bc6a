import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { together } from '../../src/model/practice.ts';

/** Pods that ended long ago and stay listed while their owner has others that are well. */
export default defineClassifier({
  title: 'Failed pods are left over',
  stage: 'practice',
  severity: 'info',
  cause:
    'These pods were evicted, rejected or shut down with their node, and their owners have replaced them since. They stay listed until somebody deletes them.',
  fix: [
    'Look at the reasons: `kubectl get pods -A --field-selector=status.phase=Failed`.',
    'Delete them: `kubectl -n <namespace> delete pods --field-selector=status.phase=Failed`.',
  ],
  tellApart: 'An owner that lacks pods now has its own finding.',
  needs: ['pods'],
  *detect({ pods, joins }) {
    const lapses = pods
      .filter(({ status, metadata }) => status.phase === 'Failed' && !metadata.deletionTimestamp)
      .filter((pod) => isReplaced(pod, joins))
      .map((pod) => ({
        ref: joins.workloadOf(pod),
        evidence: fieldEvidence(
          pod.origin,
          'status',
          `${pod.metadata.name ?? ''}: Failed ${pod.status.reason ?? ''}`,
        ),
      }));
    yield* together(lapses, 'failed pods left over');
  },
  examples: {
    hit: [
      {
        about: 'an evicted pod beside its successor',
        objects: `
kind: Pod
metadata: { name: press-a, namespace: plant, ownerReferences: [{ kind: ReplicaSet, name: press, controller: true }] }
spec: { containers: [{ name: press }] }
status: { phase: Failed, reason: Evicted }
---
kind: Pod
metadata: { name: press-b, namespace: plant, ownerReferences: [{ kind: ReplicaSet, name: press, controller: true }] }
spec: { containers: [{ name: press }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the successor is not ready',
        objects: `
kind: Pod
metadata: { name: press-a, namespace: plant, ownerReferences: [{ kind: ReplicaSet, name: press, controller: true }] }
spec: { containers: [{ name: press }] }
status: { phase: Failed, reason: Evicted }
---
kind: Pod
metadata: { name: press-b, namespace: plant, ownerReferences: [{ kind: ReplicaSet, name: press, controller: true }] }
spec: { containers: [{ name: press }] }
status: { phase: Pending }
`,
      },
    ],
  },
});

/** The workload has pods that stand, and all of those are ready; Jobs keep their failed tries on purpose. */
function isReplaced(pod: Of<'pods'>, joins: Joins): boolean {
  const workload = joins.workloadOf(pod);
  if (workload.kind === 'Job' || workload.kind === 'CronJob') return false;
  const standing = joins.podsOf(workload).filter(({ status }) => status.phase !== 'Failed');
  return standing.length > 0 && standing.every(isReady);
}
