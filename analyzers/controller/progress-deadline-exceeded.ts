import { defineClassifier } from '../../src/classifier.ts';
import { isTrue } from '../../src/model/conditions.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refOf } from '../../src/model/ref.ts';
import { parseTime } from '../../src/model/time.ts';

export default defineClassifier({
  title: 'Rollout does not come to an end',
  stage: 'controller',
  severity: 'high',
  cause:
    'The new pods of {{workload}} were not ready within `progressDeadlineSeconds`, so the rollout counts as failed. The Deployment goes on trying; what keeps the pods from being ready is the cause.',
  fix: [
    'Look what the new pods wait for: `kubectl -n {{namespace}} rollout status {{workload}} --timeout=5s`, `kubectl -n {{namespace}} get pods`.',
    'Mend the new pods, or go back to the revision before: `kubectl -n {{namespace}} rollout undo {{workload}}`.',
  ],
  tellApart:
    'A symptom of the new pods. When enough old pods still serve, nothing is lost yet and it is only told.',
  needs: ['deployments'],
  *detect({ deployments }) {
    for (const deployment of deployments) {
      const { conditions, readyReplicas = 0, updatedReplicas = 0 } = deployment.status;
      const index = conditions.findIndex(
        ({ type, status, reason }) =>
          type === 'Progressing' && status === 'False' && reason === 'ProgressDeadlineExceeded',
      );
      const condition = conditions[index];
      if (!condition) continue;
      const wanted = deployment.spec.replicas ?? 1;
      if (readyReplicas >= wanted && updatedReplicas >= wanted) continue;
      const available = isTrue(conditions, 'Available');
      const since = parseTime(condition.lastTransitionTime);
      yield {
        subject: refOf(deployment),
        message: `${condition.message?.replace(/\.$/, '') ?? 'the rollout timed out'}; ${readyReplicas} of ${wanted} replicas are ready`,
        evidence: [
          fieldEvidence(
            deployment.origin,
            `status.conditions[${index}]`,
            `Progressing=False ProgressDeadlineExceeded: ${condition.message ?? ''}`,
            condition.lastTransitionTime,
          ),
        ],
        ...(available && readyReplicas >= wanted ? { severity: 'low' as const } : {}),
        first: since,
      };
    }
  },
  causedBy: [
    { classes: ['*'], by: 'object' },
    { classes: ['claim/*'], by: 'claim' },
    {
      classes: NODE_FAILURES,
      by: 'node',
    },
  ],
  examples: {
    hit: [
      {
        about: 'the new pods never became ready',
        objects: `
kind: Deployment
metadata: { name: stuck-rollout, namespace: edge }
spec: { replicas: 1 }
status:
  replicas: 1
  updatedReplicas: 1
  unavailableReplicas: 1
  conditions:
    - { type: Available, status: 'False', reason: MinimumReplicasUnavailable, message: Deployment does not have minimum availability. }
    - { type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: 'ReplicaSet "stuck-rollout-64567876" has timed out progressing.', lastTransitionTime: '2026-11-22T11:30:00Z' }
`,
      },
    ],
    miss: [
      {
        about: 'all replicas are ready, and the condition was never taken back',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2 }
status:
  replicas: 2
  updatedReplicas: 2
  readyReplicas: 2
  conditions:
    - { type: Available, status: 'True', reason: MinimumReplicasAvailable }
    - { type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: 'ReplicaSet "cart-64567876" has timed out progressing.' }
`,
      },
      {
        about: 'a rollout is under way',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2 }
status: { replicas: 3, updatedReplicas: 1, readyReplicas: 2, conditions: [{ type: Progressing, status: 'True', reason: ReplicaSetUpdated }] }
`,
      },
    ],
  },
});
