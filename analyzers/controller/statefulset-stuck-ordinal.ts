import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refTo } from '../../src/model/ref.ts';
import { parseTime } from '../../src/model/time.ts';

/** A pod needs a moment to become ready. */
const SETTLED = 120_000;

export default defineClassifier({
  title: 'One pod of the StatefulSet holds up the others',
  stage: 'controller',
  severity: 'high',
  cause:
    'A StatefulSet makes and updates its pods one after the other, and {{first}} is not ready. Until it is, the pods after it are not made, and a corrected template does not reach it by itself.',
  fix: [
    'Look why that pod is not ready: `kubectl -n {{namespace}} describe pod {{first}}`.',
    'Mend its cause. After a change of the template delete the pod, so that it is made anew: `kubectl -n {{namespace}} delete pod {{first}}`.',
    'Where the order does not matter, `podManagementPolicy: Parallel` starts all at once (the StatefulSet must be made anew for that).',
  ],
  tellApart: 'A symptom of that pod. With `podManagementPolicy: Parallel` nothing is held up.',
  needs: ['statefulsets', 'pods'],
  complete: ['pods'],
  causedBy: [
    { classes: ['*'], by: 'object' },
    { classes: ['claim/*'], by: 'claim' },
    {
      classes: NODE_FAILURES,
      by: 'node',
    },
  ],
  *detect({ statefulsets, joins, time }) {
    for (const set of statefulsets) {
      const { metadata, spec, status, origin } = set;
      const wanted = spec.replicas ?? 1;
      if (spec.podManagementPolicy === 'Parallel' || (status.readyReplicas ?? 0) >= wanted) continue;
      const first = firstUnready(set, joins);
      const created = parseTime(first?.pod.metadata.creationTimestamp);
      if (!first || (time !== undefined && created !== undefined && time - created < SETTLED)) continue;
      const updating =
        status.updateRevision !== undefined && status.updateRevision !== status.currentRevision;
      const missing = wanted - (status.replicas ?? 0);
      if (missing <= 0 && !updating) continue;
      const name = first.pod.metadata.name;
      yield {
        subject: refTo('StatefulSet', metadata.namespace, metadata.name),
        affected: [refTo('Pod', metadata.namespace, name)],
        message: `${name} is not ready, so ${missing > 0 ? `${missing} of ${wanted} pods are not made` : 'the update does not go on'}`,
        evidence: [
          fieldEvidence(
            origin,
            'status',
            `replicas: ${status.replicas ?? 0}, readyReplicas: ${status.readyReplicas ?? 0}, wanted ${wanted}`,
          ),
          fieldEvidence(
            first.pod.origin,
            'status.phase',
            `${name}: ${first.pod.status.phase ?? ''}, not ready`,
          ),
        ],
        values: { first: name },
        first: created,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the first of three is not ready for an hour',
        objects: `
kind: StatefulSet
metadata: { name: search, namespace: shop }
spec: { replicas: 3 }
status: { replicas: 1, readyReplicas: 0 }
---
kind: Pod
metadata: { name: search-0, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z', ownerReferences: [{ kind: StatefulSet, name: search, controller: true }] }
spec: { nodeName: server1, containers: [{ name: search }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the pods start all at once',
        objects: `
kind: StatefulSet
metadata: { name: search, namespace: shop }
spec: { replicas: 3, podManagementPolicy: Parallel }
status: { replicas: 3, readyReplicas: 2 }
---
kind: Pod
metadata: { name: search-0, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z', ownerReferences: [{ kind: StatefulSet, name: search, controller: true }] }
spec: { nodeName: server1, containers: [{ name: search }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
      {
        about: 'the second was made half a minute ago',
        objects: `
kind: StatefulSet
metadata: { name: search, namespace: shop }
spec: { replicas: 3 }
status: { replicas: 2, readyReplicas: 1 }
---
kind: Pod
metadata: { name: search-1, namespace: shop, creationTimestamp: '2026-11-22T11:59:30Z', ownerReferences: [{ kind: StatefulSet, name: search, controller: true }] }
spec: { nodeName: server1, containers: [{ name: search }] }
status: { phase: Pending, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
  },
});

/** The pod with the lowest ordinal that is not ready. */
function firstUnready({ metadata }: Of<'statefulsets'>, joins: Joins) {
  return joins
    .podsOf(refTo('StatefulSet', metadata.namespace, metadata.name))
    .filter((pod) => !isReady(pod))
    .map((pod) => ({ pod, ordinal: Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? Number.NaN) }))
    .sort((a, b) => a.ordinal - b.ordinal)[0];
}
