import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refTo } from '../../src/model/ref.ts';
import { parseTime } from '../../src/model/time.ts';

/** Rollouts and restarts lack replicas for a moment. */
const SETTLED = 120_000;

export default defineClassifier({
  title: 'Fewer replicas are ready than are wanted',
  stage: 'controller',
  severity: 'high',
  cause:
    '{{workload}} lacks ready pods for longer than a restart takes. What keeps its pods from being ready is the cause.',
  fix: [
    'Look at its pods: `kubectl -n {{namespace}} describe {{workload}}`, `kubectl -n {{namespace}} get pods -o wide`.',
    'Mend what the pods that are not ready tell; when there are too few pods, look at the events of its ReplicaSet.',
  ],
  tellApart: 'A symptom; it is shown only when no finding about the workload or its pods tells why.',
  needs: ['deployments', 'statefulsets'],
  yieldsTo: ['*'],
  causedBy: [
    { classes: ['claim/*'], by: 'claim' },
    {
      classes: NODE_FAILURES,
      by: 'node',
    },
  ],
  *detect({ deployments, statefulsets, time }) {
    for (const workload of [...deployments, ...statefulsets]) {
      const { kind, metadata, spec, status, origin } = workload;
      const wanted = spec.replicas ?? 1;
      const { readyReplicas: ready = 0 } = status;
      const since = lackingSince(workload);
      if (ready >= wanted || metadata.deletionTimestamp) continue;
      if (time !== undefined && since !== undefined && time - since < SETTLED) continue;
      yield {
        subject: refTo(kind, metadata.namespace, metadata.name),
        message: `${ready} of ${wanted} replicas are ready`,
        evidence: [fieldEvidence(origin, 'status', `readyReplicas: ${ready}, wanted ${wanted}`)],
        first: since,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a Deployment has no ready pod for an hour and nothing tells why',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2 }
status:
  replicas: 2
  conditions: [{ type: Available, status: 'False', reason: MinimumReplicasUnavailable, message: Deployment does not have minimum availability., lastTransitionTime: '2026-11-22T11:00:00Z' }]
`,
      },
      {
        about: 'a StatefulSet lacks one of three',
        objects: `
kind: StatefulSet
metadata: { name: search, namespace: shop, creationTimestamp: '2026-11-20T11:00:00Z' }
spec: { replicas: 3 }
status: { replicas: 3, readyReplicas: 2 }
`,
      },
    ],
    miss: [
      {
        about: 'the Deployment is scaled to nothing',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 0 }
status: { conditions: [{ type: Available, status: 'True', reason: MinimumReplicasAvailable }] }
`,
      },
      {
        about: 'the Deployment was made a minute ago',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop, creationTimestamp: '2026-11-22T11:59:10Z' }
spec: { replicas: 1 }
status: { replicas: 1, conditions: [{ type: Available, status: 'False', reason: MinimumReplicasUnavailable, lastTransitionTime: '2026-11-22T11:59:10Z' }] }
`,
      },
    ],
  },
});

/** When a workload began to lack replicas, as far as it tells: its Available condition, else its own age. */
function lackingSince({ status, metadata }: Of<'deployments'> | Of<'statefulsets'>): number | undefined {
  const available = status.conditions.find(({ type }) => type === 'Available');
  return parseTime(available?.status === 'False' ? available.lastTransitionTime : metadata.creationTimestamp);
}
