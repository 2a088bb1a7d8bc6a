import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Program aborts itself',
  stage: 'application',
  severity: 'high',
  cause:
    'The program in {{container}} ended itself with SIGABRT (code 134): a failed assertion, a corrupted heap that the C library noticed, or a runtime (V8, JVM) that ran out of its own heap.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    '`heap out of memory` or `OutOfMemoryError`: raise the heap within the memory limit (`NODE_OPTIONS=--max-old-space-size=<MiB>`, `-XX:MaxRAMPercentage=75`), or the limit with it.',
    'Otherwise give the log and the version of the image ({{image}}) to its vendor.',
  ],
  tellApart: 'A heap that the log names is app/node-heap-oom or app/java-heap-oom.',
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
    yield* endings(facts, ({ exitCode }) => exitCode === 134);
  },
  examples: {
    hit: [
      {
        about: 'the C library finds its heap corrupted',
        objects: `
kind: Pod
metadata: { name: scan-0, namespace: data }
spec: { containers: [{ name: scan, image: reg.local/scan }] }
status:
  phase: Running
  containerStatuses:
    - name: scan
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 134, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/data/scan-0/scan.previous.log':
            '2026-11-22T11:58:00.1Z assertion failed: index < size, scan.c:71\n',
        },
      },
    ],
    miss: [
      {
        about: 'another signal',
        objects: `
kind: Pod
metadata: { name: scan-0, namespace: shop }
spec: { containers: [{ name: scan, image: reg.local/scan }] }
status:
  phase: Running
  containerStatuses:
    - name: scan
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 139, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
