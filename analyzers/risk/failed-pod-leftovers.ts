import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { groupBy } from '../../src/model/group-by.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refKey, refOf } from '../../src/model/ref.ts';

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
    const failed = pods.filter(
      (pod) => pod.status.phase === 'Failed' && !pod.metadata.deletionTimestamp && isReplaced(pod, joins),
    );
    for (const left of groupBy(failed, (pod) => refKey(joins.workloadOf(pod))).values()) {
      const [first, ...others] = left.map((pod) => fieldEvidence(pod.origin, 'status', told(pod)));
      const [pod] = left;
      if (!first || !pod) continue;
      const reasons = [...new Set(left.map(reasonOf))].join(', ');
      yield {
        subject: joins.workloadOf(pod),
        affected: left.map(refOf),
        message: `${left.length === 1 ? 'one' : left.length} of its pods: ${reasons}`,
        evidence: [first, ...others],
      };
    }
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

/** Some kubelets leave the reason out; then the condition that announced the end tells it. */
function reasonOf({ status }: Of<'pods'>): string {
  const target = status.conditions.find(
    ({ type, status: is }) => type === 'DisruptionTarget' && is === 'True',
  );
  return status.reason ?? target?.reason ?? 'Failed';
}

function told(pod: Of<'pods'>): string {
  return `${pod.metadata.name}: Failed, ${reasonOf(pod)}${pod.status.message ? `: ${pod.status.message}` : ''}`;
}
