import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refOf, refTo } from '../../src/model/ref.ts';

const SAID = "Cannot evict pod as it would violate the pod's disruption budget";

export default defineClassifier({
  title: 'Disruption budget holds up the drain of a node',
  stage: 'controller',
  severity: 'medium',
  cause:
    'Node {{cordoned}} is cordoned, and a pod of this budget still runs there: the budget allows no disruption ({{healthy}} of {{desired}} wanted pods are healthy), so a drain or an upgrade waits for ever.',
  fix: [
    'Look at the budget and its pods: `kubectl -n {{namespace}} get pdb {{name}}`, `kubectl get pods -A -o wide --field-selector spec.nodeName={{cordoned}}`.',
    'Run one replica more, or allow one disruption: `kubectl -n {{namespace}} patch pdb {{name}} --type=merge -p \'{"spec":{"minAvailable":null,"maxUnavailable":1}}\'`.',
    'When pods of the budget are not healthy, mend them first.',
  ],
  tellApart: 'A budget that allows nothing is harmless until a node is to be drained.',
  needs: ['poddisruptionbudgets', 'pods', 'nodes', 'signals'],
  lines: [SAID],
  *detect({ poddisruptionbudgets, nodes, signals, joins }) {
    for (const { classifier, object, container, text, evidence, first, last } of signals)
      if (classifier === 'controller/pdb-blocking')
        yield {
          subject: object,
          container,
          message: `its drain does not go on: ${text.trim().slice(0, 300)}`,
          evidence: [evidence],
          first,
          last,
        };
    const cordoned = new Set(
      nodes.filter(({ spec }) => spec.unschedulable).map(({ metadata }) => metadata.name),
    );
    for (const { metadata, spec, status, origin } of poddisruptionbudgets) {
      const { disruptionsAllowed, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = status;
      if (disruptionsAllowed !== 0 || expectedPods === 0 || currentHealthy > desiredHealthy || !spec.selector)
        continue;
      const held = joins
        .matching(metadata.namespace, spec.selector)
        .filter((pod) => cordoned.has(pod.spec.nodeName ?? '') && !pod.metadata.deletionTimestamp);
      const [first] = held;
      if (!first) continue;
      const node = first.spec.nodeName ?? '';
      yield {
        subject: refTo('PodDisruptionBudget', metadata.namespace, metadata.name),
        affected: held.map(refOf),
        culprit: refTo('Node', undefined, node),
        message: `allows no disruption (${currentHealthy} of ${desiredHealthy} wanted pods are healthy), so ${first.metadata.name} cannot leave the cordoned node ${node}`,
        evidence: [
          fieldEvidence(
            origin,
            'status',
            `disruptionsAllowed: 0, currentHealthy: ${currentHealthy}, desiredHealthy: ${desiredHealthy}`,
          ),
          fieldEvidence(first.origin, 'spec.nodeName', `nodeName: ${node}`),
        ],
        values: { cordoned: node, healthy: String(currentHealthy), desired: String(desiredHealthy) },
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the Job that drains a node says so',
        objects: `
kind: Pod
metadata: { name: upgrade-agent1-x7k2p, namespace: system-upgrade }
spec: { nodeName: agent1, initContainers: [{ name: drain, image: reg.local/rancher/kubectl }], containers: [{ name: upgrade, image: reg.local/rancher/rke2-upgrade }] }
status:
  phase: Pending
  initContainerStatuses: [{ name: drain, ready: false, restartCount: 4, state: { waiting: { reason: CrashLoopBackOff } }, lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } } }]
`,
        files: {
          'logs/system-upgrade/upgrade-agent1-x7k2p/drain.previous.log':
            '2026-11-22T11:57:58.100000000Z error when evicting pods/"cart-0" -n "shop" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.\n',
        },
      },
      {
        about: 'the only replica may not leave the node that is drained',
        objects: `
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: cart } } }
status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { nodeName: agent1, containers: [{ name: cart }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Node
metadata: { name: agent1 }
spec: { unschedulable: true }
status: { conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'no node is cordoned',
        objects: `
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: cart } } }
status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { nodeName: agent1, containers: [{ name: cart }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Node
metadata: { name: agent1 }
status: { conditions: [{ type: Ready, status: 'True' }] }
`,
      },
      {
        about: 'the budget selects nothing',
        objects: `
kind: PodDisruptionBudget
metadata: { name: old, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: old } } }
status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 1, expectedPods: 0 }
---
kind: Node
metadata: { name: agent1 }
spec: { unschedulable: true }
`,
      },
    ],
  },
});
