import { defineClassifier } from '../../src/classifier.ts';
import { totalOf } from '../../src/model/amounts.ts';
import type { Of } from '../../src/model/cluster.ts';
import { containersOf } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { formatBytes, parseQuantity } from '../../src/model/quantity.ts';
import { refTo } from '../../src/model/ref.ts';

const OVERCOMMIT = 1.5;

/** Common and mostly fine, so told only where pods of the node have been evicted or killed for memory. */
export default defineClassifier({
  title: 'Memory limits of a node far exceed its memory',
  stage: 'practice',
  severity: 'info',
  cause:
    'The memory limits of the pods on {{name}} add up to {{limits}}, and it has {{most}}; pods there have been evicted or killed for memory.',
  fix: [
    'Look what they use: `kubectl top pods -A --sort-by=memory` and `kubectl describe node {{name}}`.',
    'Bring requests closer to what is used, so that the scheduler spreads the pods.',
  ],
  tellApart: 'The failures themselves are memory and kubelet classes.',
  needs: ['nodes', 'pods'],
  *detect({ nodes, joins }) {
    for (const { metadata, status, origin } of nodes) {
      const name = metadata.name;
      const most = parseQuantity(status.allocatable.memory);
      const pods = joins.podsOn(name);
      if (!most || !pods.some(hasSuffered)) continue;
      const limits = totalOf(pods, 'limits').get('memory') ?? 0;
      if (limits < OVERCOMMIT * most) continue;
      yield {
        subject: refTo('Node', undefined, name),
        message: `memory limits of ${formatBytes(limits)} on ${formatBytes(most)}, and pods were evicted or killed for memory`,
        values: { limits: formatBytes(limits), most: formatBytes(most) },
        evidence: [fieldEvidence(origin, 'status.allocatable.memory', formatBytes(most))],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'limits of 16Gi on 8Gi, and a container was killed',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
---
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { nodeName: agent1, containers: [{ name: cart, resources: { limits: { memory: 16Gi } } }] }
status:
  phase: Running
  containerStatuses: [{ name: cart, ready: true, restartCount: 1, state: { running: {} }, lastState: { terminated: { exitCode: 137, reason: OOMKilled } } }]
`,
      },
    ],
    miss: [
      {
        about: 'limits of 16Gi on 8Gi, and nothing has happened',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
---
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { nodeName: agent1, containers: [{ name: cart, resources: { limits: { memory: 16Gi } } }] }
status: { phase: Running }
`,
      },
    ],
  },
});

function hasSuffered(pod: Of<'pods'>): boolean {
  return (
    pod.status.reason === 'Evicted' || containersOf(pod).some(({ ended }) => ended?.reason === 'OOMKilled')
  );
}
