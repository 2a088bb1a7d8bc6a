import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

/** Beyond the grace period: the kubelet needs a moment to stop and to clean up. */
const PATIENCE = 300;

export default defineClassifier({
  title: 'Pod is being deleted and does not go',
  stage: 'controller',
  severity: 'medium',
  cause:
    'The pod should be gone since {{overdue}}. {{why}} While it is listed a StatefulSet does not replace it, and its volumes stay attached.',
  fix: [
    'Look what holds it: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath="{.metadata.finalizers} {.spec.nodeName}"` and `kubectl get node {{node}}`.',
    'With finalizers: bring back the controller that removes them; only when it is gone for good: `kubectl -n {{namespace}} patch pod {{pod}} --type=merge -p \'{"metadata":{"finalizers":null}}\'`.',
    'On a node that is down: bring it back, or make sure that it is switched off and then `kubectl -n {{namespace}} delete pod {{pod}} --force --grace-period=0`.',
    "On a node that is up: look for a process that cannot be killed (state D in `ps`, mostly a hanging NFS mount) and at the kubelet's log; restart the kubelet or the node.",
  ],
  tellApart: 'A pod within its grace period is only stopping.',
  needs: ['pods'],
  causedBy: [
    {
      classes: NODE_FAILURES,
      by: 'node',
    },
    { classes: ['kubelet/failed-kill'], by: 'object' },
  ],
  *detect({ pods, joins, time }) {
    for (const pod of pods) {
      const { deletionTimestamp, finalizers } = pod.metadata;
      // The API server sets it to the time of the request plus the grace period.
      const due = parseTime(deletionTimestamp);
      if (due === undefined || time === undefined) continue;
      const overdue = (time - due) / 1000;
      if (overdue < PATIENCE) continue;
      const why = reasonOf(pod, joins);
      yield {
        subject: refOf(pod),
        culprit: why.culprit,
        message: `should have been gone for ${formatDuration(overdue)}; ${why.short}`,
        evidence: [
          fieldEvidence(
            pod.origin,
            'metadata.deletionTimestamp',
            `deletionTimestamp: ${deletionTimestamp ?? ''}`,
            deletionTimestamp,
          ),
          ...(finalizers.length > 0
            ? [fieldEvidence(pod.origin, 'metadata.finalizers', finalizers.join(', '))]
            : []),
        ],
        values: { overdue: formatDuration(overdue), why: why.long },
        first: due,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a finalizer keeps the pod',
        objects: `
kind: Pod
metadata: { name: zombie, namespace: data, deletionTimestamp: '2026-11-22T11:04:34Z', deletionGracePeriodSeconds: 0, finalizers: [corp.local/cleanup] }
spec: { nodeName: server1, containers: [{ name: z, image: reg.local/z }] }
status: { phase: Failed }
---
kind: Node
metadata: { name: server1 }
status: { conditions: [{ type: Ready, status: 'True' }] }
`,
      },
      {
        about: 'its node is down',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, deletionTimestamp: '2026-11-22T11:09:46Z', deletionGracePeriodSeconds: 30 }
spec: { nodeName: agent2, containers: [{ name: cart, image: reg.local/cart }] }
status: { phase: Running }
---
kind: Node
metadata: { name: agent2 }
status: { conditions: [{ type: Ready, status: Unknown }] }
`,
      },
    ],
    miss: [
      {
        about: 'the pod is within its long grace period',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, deletionTimestamp: '2026-11-22T12:05:00Z', deletionGracePeriodSeconds: 600 }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status: { phase: Running }
`,
      },
      {
        about: 'the pod was to be gone two minutes ago',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, deletionTimestamp: '2026-11-22T11:58:00Z', deletionGracePeriodSeconds: 30 }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status: { phase: Running }
`,
      },
    ],
  },
});

/** What holds a pod, as far as the bundle tells. */
function reasonOf({ metadata, spec }: Of<'pods'>, joins: Joins) {
  const node = spec.nodeName;
  if (node && joins.unreadyNodes().has(node))
    return {
      short: `its node ${node} is not ready`,
      long: `Its node ${node} is not ready, so nobody can confirm that it has stopped.`,
      culprit: refTo('Node', undefined, node),
    };
  if (metadata.finalizers.length > 0)
    return {
      short: `finalizers hold it: ${metadata.finalizers.join(', ')}`,
      long: `Its finalizers (${metadata.finalizers.join(', ')}) have not been removed by the controller that set them.`,
      culprit: undefined,
    };
  return {
    short: node ? `the kubelet on ${node} has not finished` : 'nothing tells why',
    long: node
      ? `The kubelet on ${node} has not confirmed that it has stopped.`
      : 'It was never placed on a node.',
    culprit: undefined,
  };
}
