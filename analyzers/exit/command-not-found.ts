import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Command does not exist in the container',
  stage: 'application',
  severity: 'high',
  cause:
    'A shell in {{container}} does not find a command, and the container ends with code 127. It is not in the image or not in `PATH`, a library or interpreter that it needs is missing, or the script has Windows line ends.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    "Look what is started: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].command}{.spec.containers[*].args}'`.",
    'Use the full path, or an image that holds the command; `dos2unix <script>` for Windows line ends; an Alpine image needs programs that are built for musl.',
  ],
  tellApart: 'A command that the runtime itself does not find is runtime/exec-not-found; then no log exists.',
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
    yield* endings(facts, ({ exitCode }) => exitCode === 127);
  },
  examples: {
    hit: [
      {
        about: 'a shell does not find a script',
        objects: `
kind: Pod
metadata: { name: exporter-0, namespace: payments }
spec: { containers: [{ name: exporter, image: reg.local/exporter }] }
status:
  phase: Running
  containerStatuses:
    - name: exporter
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 127, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/payments/exporter-0/exporter.previous.log':
            '2026-11-22T11:58:00.292021209Z sh: ./run.sh: not found\n',
        },
      },
    ],
    miss: [
      {
        about: 'the runtime did not find the program',
        objects: `
kind: Pod
metadata: { name: exporter-0, namespace: shop }
spec: { containers: [{ name: exporter, image: reg.local/exporter }] }
status:
  phase: Running
  containerStatuses:
    - name: exporter
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 127, reason: ContainerCannotRun, message: 'OCI runtime create failed: container_linux.go:345: starting container process caused "exec: \\"notifier\\": executable file not found in $PATH": unknown', finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
