import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Node lost sight of the container',
  stage: 'kubelet',
  severity: 'medium',
  cause:
    'The kubelet of node {{node}} could not find out how the container ended: the node was lost or restarted, or the pod was evicted meanwhile. Code 137 is only a placeholder here, not a lack of memory.',
  fix: [
    "Look at the pod's own reason and at the node: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.status.reason} {.status.message}'`, `kubectl describe node {{node}}`.",
    'When the pod stays without effect: `kubectl -n {{namespace}} delete pod {{pod}}`; its owner makes a new one.',
  ],
  tellApart: 'With a reason of the pod (Evicted, NodeLost) that one is told instead.',
  yieldsTo: ['kubelet/*', 'node/*'],
  causedBy: [{ classes: ['node/kubelet-down', 'node/rebooted'], by: 'node' }],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(facts, ({ reason }) => reason === 'ContainerStatusUnknown');
  },
  examples: {
    hit: [
      {
        about: 'the node came back without knowing the container',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 0
      state: { terminated: { exitCode: 137, reason: ContainerStatusUnknown, message: The container could not be located when the pod was terminated } }
      lastState: { terminated: { exitCode: 137, reason: ContainerStatusUnknown, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'a container was killed and seen to be',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
