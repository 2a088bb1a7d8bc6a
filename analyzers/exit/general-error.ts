import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

/** Codes that have a class of their own. */
function isNamed(exitCode: number): boolean {
  return [2, 126, 127, 134, 137, 139, 143, 255].includes(exitCode);
}

export default defineClassifier({
  title: 'Program ends with an error',
  stage: 'application',
  severity: 'high',
  cause:
    'The program in {{container}} ends by itself with an error code. Why is in its log; Casefile quotes the last line that tells of an error.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    'Compare with the last version that worked: `kubectl -n {{namespace}} rollout history {{workload}}`, and go back with `kubectl -n {{namespace}} rollout undo {{workload}}`.',
    "Look at what it is given: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].command} {.spec.containers[*].args} {.spec.containers[*].env}'`.",
  ],
  tellApart: 'The umbrella of failing programs; it is shown only when no class knows what the log says.',
  yieldsTo: [
    'controller/job-backoff-limit',
    'app/*',
    'memory/*',
    'runtime/*',
    'kubelet/*',
    'probe/liveness-killing',
    'probe/startup-failing',
    'probe/post-start-hook-failed',
    'exit/start-error',
  ],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(
      facts,
      ({ exitCode = 0, reason }) => exitCode !== 0 && !isNamed(exitCode) && reason !== 'StartError',
    );
  },
  examples: {
    hit: [
      {
        about: "a Job's pod names its error",
        objects: `
kind: Pod
metadata: { name: report-0, namespace: batch }
spec: { containers: [{ name: report, image: reg.local/report }], restartPolicy: Never }
status:
  phase: Failed
  containerStatuses:
    - name: report
      ready: false
      restartCount: 0
      state: { terminated: { exitCode: 4, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
      lastState: { terminated: { exitCode: 4, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/batch/report-0/report.log':
            '2026-11-22T11:58:00.147621901Z Error: report template not found\n',
        },
      },
      {
        about: 'the log says nothing',
        objects: `
kind: Pod
metadata: { name: osd-0, namespace: data }
spec: { containers: [{ name: osd, image: reg.local/osd }] }
status:
  phase: Running
  containerStatuses:
    - name: osd
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
      {
        about: 'an init container fails',
        objects: `
kind: Pod
metadata: { name: migrator-0, namespace: data }
spec:
  initContainers: [{ name: migrate, image: reg.local/migrate }]
  containers: [{ name: app, image: reg.local/app }]
status:
  phase: Pending
  initContainerStatuses:
    - name: migrate
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 3, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
  containerStatuses:
    - { name: app, ready: false, restartCount: 0, state: { waiting: { reason: PodInitializing } } }
`,
        files: {
          'logs/data/migrator-0/migrate.previous.log':
            '2026-11-22T11:58:00.048867804Z ERROR: relation "users" already exists\n',
        },
      },
    ],
    miss: [
      {
        about: 'it was started again once, hours ago, and is ready',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: cart
      ready: true
      restartCount: 1
      state: { running: { startedAt: '2026-11-22T09:00:00Z' } }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T08:59:00Z' } }
`,
      },
      {
        about: 'the memory limit killed it',
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
      lastState: { terminated: { exitCode: 1, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
      {
        about: 'a native sidecar is stopped at the end of a Job',
        objects: `
kind: Pod
metadata: { name: backup-0, namespace: data }
spec:
  restartPolicy: Never
  initContainers: [{ name: mesh, image: reg.local/mesh, restartPolicy: Always }]
  containers: [{ name: backup, image: reg.local/backup }]
status:
  phase: Succeeded
  initContainerStatuses: [{ name: mesh, restartCount: 0, state: { terminated: { exitCode: 1, reason: Error } } }]
  containerStatuses: [{ name: backup, restartCount: 0, state: { terminated: { exitCode: 0, reason: Completed } } }]
`,
      },
    ],
  },
});
