import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Container was told to end',
  stage: 'application',
  severity: 'low',
  cause:
    'The program in {{container}} ended on SIGTERM (code 143). After a deletion, a rollout or at the end of a Job this is as it should be; here nothing of that kind is seen.',
  fix: [
    'Look who asked: `kubectl -n {{namespace}} get events --field-selector involvedObject.name={{pod}}`.',
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
  ],
  tellApart: 'With a failed liveness probe it is probe/liveness-killing.',
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
    yield* endings(facts, ({ exitCode }) => exitCode === 143);
  },
  examples: {
    hit: [
      {
        about: 'a container of a living pod ended on SIGTERM',
        objects: `
kind: Pod
metadata: { name: mail-0, namespace: shop }
spec: { containers: [{ name: mail, image: reg.local/mail }] }
status:
  phase: Running
  containerStatuses:
    - name: mail
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 143, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'it runs again and is ready',
        objects: `
kind: Pod
metadata: { name: mail-0, namespace: shop }
spec: { containers: [{ name: mail, image: reg.local/mail }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: mail
      ready: true
      restartCount: 1
      state: { running: { startedAt: '2026-11-22T09:00:00Z' } }
      lastState: { terminated: { exitCode: 143, reason: Error, finishedAt: '2026-11-22T08:59:00Z' } }
`,
      },
    ],
  },
});
