import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Command was found but cannot be executed',
  stage: 'application',
  severity: 'high',
  cause:
    'A shell in {{container}} found the command but may not execute it: the file is not marked as executable, its volume is mounted `noexec`, or it is no program.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    'Look at the file: `kubectl -n {{namespace}} debug {{pod}} -it --copy-to={{pod}}-look --container={{container}} -- sh`, then `ls -l <file>` (with an image that is in your registry).',
    '`chmod +x` when building the image; for a script from a ConfigMap `defaultMode: 0755` in its volume, or start it as `sh <script>`.',
  ],
  tellApart: 'Where the container itself could not be started the runtime says so (runtime/exec-permission).',
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
    yield* endings(facts, ({ exitCode }) => exitCode === 126);
  },
  examples: {
    hit: [
      {
        about: 'a shell may not execute a script',
        objects: `
kind: Pod
metadata: { name: signer-0, namespace: payments }
spec: { containers: [{ name: signer, image: reg.local/signer }] }
status:
  phase: Running
  containerStatuses:
    - name: signer
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 126, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/payments/signer-0/signer.previous.log':
            '2026-11-22T11:58:00.1Z sh: ./sign.sh: cannot execute\n',
        },
      },
    ],
    miss: [
      {
        about: 'another code',
        objects: `
kind: Pod
metadata: { name: signer-0, namespace: shop }
spec: { containers: [{ name: signer, image: reg.local/signer }] }
status:
  phase: Running
  containerStatuses:
    - name: signer
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 127, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
