import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Program ends with code 2: wrong arguments or a panic',
  stage: 'application',
  severity: 'medium',
  cause:
    'The program in {{container}} ends with code 2. Shells and many programs use it for wrong arguments, Go programs for a panic.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    'A usage text in the log: correct `args` of {{workload}}. A stack (`goroutine`): the error stands above it.',
  ],
  tellApart: 'A Go panic that the log shows is app/go-panic.',
  yieldsTo: [
    'app/*',
    'memory/*',
    'runtime/*',
    'kubelet/*',
    'probe/liveness-killing',
    'probe/startup-failing',
    'probe/post-start-hook-failed',
  ],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(facts, ({ exitCode }) => exitCode === 2);
  },
  examples: {
    hit: [
      {
        about: 'the program does not know a flag',
        objects: `
kind: Pod
metadata: { name: promo-0, namespace: shop }
spec: { containers: [{ name: promo, image: reg.local/promo }] }
status:
  phase: Running
  containerStatuses:
    - name: promo
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 2, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/shop/promo-0/promo.previous.log':
            '2026-11-22T11:58:00.1Z promo: the campaign must not be empty\n',
        },
      },
    ],
    miss: [
      {
        about: 'a panic is told as one',
        objects: `
kind: Pod
metadata: { name: orders-0, namespace: shop }
spec: { containers: [{ name: orders, image: reg.local/orders }] }
status:
  phase: Running
  containerStatuses:
    - name: orders
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 2, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/shop/orders-0/orders.previous.log':
            '2026-11-22T11:58:00.1Z panic: runtime error: invalid memory address or nil pointer dereference\n',
        },
      },
    ],
  },
});
