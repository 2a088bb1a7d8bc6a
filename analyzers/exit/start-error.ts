import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Container was never started',
  stage: 'runc',
  severity: 'high',
  cause:
    "The container runtime of node {{node}} could not start the container {{container}}: no program of it has run, so there is no log. The state's message tells why.",
  fix: [
    "Look at the message: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.status.containerStatuses[*].lastState.terminated.message}'`.",
    'Look on node {{node}}: `journalctl -u containerd -u docker -u rke2-agent -u k3s --since -30min | grep {{pod}} | tail`.',
  ],
  tellApart:
    'What the runtime says of the reason is told by the runtime classes; this one is left when the message is gone.',
  yieldsTo: ['runtime/*', 'memory/*', 'config/*', 'exit/status-unknown'],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(facts, ({ reason }) => reason === 'StartError' || reason === 'ContainerCannotRun');
  },
  examples: {
    hit: [
      {
        about: 'the state has lost its message',
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
      lastState: { terminated: { exitCode: 128, reason: StartError, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'a program that ends with 128 by itself',
        objects: `
kind: Pod
metadata: { name: git-0, namespace: shop }
spec: { containers: [{ name: git, image: reg.local/git }] }
status:
  phase: Running
  containerStatuses:
    - name: git
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 128, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
