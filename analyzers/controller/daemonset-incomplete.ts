import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { LOST_NODE } from '../../src/model/node-failures.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { elapsed } from '../../src/model/time.ts';

/** A pod needs a moment to become ready. */
const SETTLED = 120_000;

export default defineClassifier({
  title: 'DaemonSet does not run on all of its nodes',
  stage: 'controller',
  severity: 'high',
  cause:
    'A DaemonSet should run one pod on each of its nodes, and on {{nodes}} there is none that is ready. In an air-gapped cluster often one node lacks the image that all others have.',
  fix: [
    'Look at its pods node by node: `kubectl -n {{namespace}} get pods -o wide | grep {{name}}`.',
    'Mend what those pods tell; compare the images of a good and a bad node: `crictl images` on both.',
    'Where a pod is missing altogether, look at taints and at the events: `kubectl -n {{namespace}} describe daemonset {{name}}`.',
  ],
  tellApart: 'A symptom of its pods or of a node that is not ready.',
  needs: ['daemonsets', 'pods'],
  causedBy: [
    { classes: ['*'], by: 'object' },
    {
      // A pod that waits for its node's network says so itself, and the pods that bring it do not wait for it.
      classes: LOST_NODE,
      by: 'node',
    },
  ],
  *detect({ daemonsets, joins, time }) {
    for (const set of daemonsets) {
      const { metadata, status, origin } = set;
      const { desiredNumberScheduled: wanted = 0, numberReady: ready = 0 } = status;
      if (ready >= wanted || isYoung(set, time)) continue;
      const subject = refTo('DaemonSet', metadata.namespace, metadata.name);
      const unready = joins.podsOf(subject).filter((pod) => !isReady(pod) && !isYoung(pod, time));
      if (unready.length === 0 && joins.podsOf(subject).some((pod) => !isReady(pod))) continue;
      const nodes = [...new Set(unready.map(nodeOf).filter((name) => name !== undefined))].sort();
      const down = nodes.filter((name) => joins.unreadyNodes().has(name));
      const where =
        nodes.length > 0
          ? `; not on ${nodes.slice(0, 5).join(', ')}${nodes.length > 5 ? ` and ${nodes.length - 5} more` : ''}`
          : '';
      yield {
        subject,
        affected: unready.map(refOf),
        culprit: down[0] && down.length === nodes.length ? refTo('Node', undefined, down[0]) : undefined,
        message: `ready on ${ready} of ${wanted} nodes${where}`,
        evidence: [
          fieldEvidence(origin, 'status', `numberReady: ${ready}, desiredNumberScheduled: ${wanted}`),
          ...unready
            .slice(0, 3)
            .map((pod) =>
              fieldEvidence(
                pod.origin,
                'status.phase',
                `${pod.metadata.name} on ${nodeOf(pod) ?? 'no node'}: ${pod.status.phase ?? ''}, not ready`,
              ),
            ),
        ],
        values: { nodes: nodes.join(', ') || 'some nodes' },
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'one of two nodes has no ready pod',
        objects: `
kind: DaemonSet
metadata: { name: logs-agent, namespace: kube-system, creationTimestamp: '2026-11-20T11:00:00Z' }
status: { desiredNumberScheduled: 2, numberReady: 1, numberUnavailable: 1 }
---
kind: Pod
metadata: { name: logs-agent-x1, namespace: kube-system, creationTimestamp: '2026-11-22T11:00:00Z', ownerReferences: [{ kind: DaemonSet, name: logs-agent, controller: true }] }
spec: { nodeName: agent2, containers: [{ name: logs }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
    miss: [
      {
        about: 'it runs everywhere',
        objects: `
kind: DaemonSet
metadata: { name: logs-agent, namespace: kube-system }
status: { desiredNumberScheduled: 2, numberReady: 2 }
`,
      },
      {
        about: 'its pod on a new node was made a minute ago',
        objects: `
kind: DaemonSet
metadata: { name: logs-agent, namespace: kube-system, creationTimestamp: '2026-11-20T11:00:00Z' }
status: { desiredNumberScheduled: 2, numberReady: 1 }
---
kind: Pod
metadata: { name: logs-agent-x1, namespace: kube-system, creationTimestamp: '2026-11-22T11:59:10Z', ownerReferences: [{ kind: DaemonSet, name: logs-agent, controller: true }] }
spec: { nodeName: agent2, containers: [{ name: logs }] }
status: { phase: Pending, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
  },
});

function isYoung({ metadata }: Of<'daemonsets'> | Of<'pods'>, time: number | undefined): boolean {
  return (elapsed(metadata.creationTimestamp, time) ?? SETTLED) < SETTLED;
}

/** The node of a pod; one that waits for the scheduler names it in its node affinity. */
function nodeOf({ spec }: Of<'pods'>): string | undefined {
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const field = terms.flatMap(({ matchFields }) => matchFields).find(({ key }) => key === 'metadata.name');
  return spec.nodeName ?? field?.values[0];
}
