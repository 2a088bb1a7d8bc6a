import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Container is killed from outside',
  stage: 'kernel',
  severity: 'high',
  cause:
    'The program in {{container}} was ended with SIGKILL (code 137), and Kubernetes names no reason. The kernel may have killed it for memory without the runtime noticing, or somebody or something on node {{node}} did.',
  fix: [
    'Look at the kernel of node {{node}} at that time: `journalctl -k --since -1h | grep -iE "oom|killed process"`.',
    'Look at the events of the pod and node: `kubectl -n {{namespace}} describe pod {{pod}}; kubectl describe node {{node}}`.',
    'If it is memory, raise `limits.memory` of {{workload}}; if the container did not stop in time, raise `terminationGracePeriodSeconds`.',
  ],
  tellApart:
    'A named reason comes first: OOMKilled, an eviction, a failed liveness or startup probe, the deletion of the pod.',
  yieldsTo: [
    'memory/*',
    'exit/status-unknown',
    'kubelet/*',
    'runtime/*',
    'app/*',
    'probe/liveness-killing',
    'probe/startup-failing',
    'probe/post-start-hook-failed',
  ],
  causedBy: [{ classes: ['memory/node-oom'], by: 'node' }],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(
      facts,
      ({ exitCode, reason }) =>
        exitCode === 137 && reason !== 'OOMKilled' && reason !== 'ContainerStatusUnknown',
    );
  },
  examples: {
    hit: [
      {
        about: 'nothing tells who killed it',
        objects: `
kind: Pod
metadata: { name: cache-0, namespace: shop }
spec: { containers: [{ name: cache, image: reg.local/cache }] }
status:
  phase: Running
  containerStatuses:
    - name: cache
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'the memory limit killed it',
        objects: `
kind: Pod
metadata: { name: cache-0, namespace: shop }
spec: { containers: [{ name: cache, image: reg.local/cache }] }
status:
  phase: Running
  containerStatuses:
    - name: cache
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
      {
        about: 'the pod is being deleted',
        objects: `
kind: Pod
metadata: { name: cache-0, namespace: shop, deletionTimestamp: '2026-11-22T11:57:30Z' }
spec: { containers: [{ name: cache, image: reg.local/cache }] }
status:
  phase: Running
  containerStatuses:
    - name: cache
      ready: false
      restartCount: 6
      state: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
