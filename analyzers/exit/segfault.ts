import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Program crashes with a segmentation fault',
  stage: 'application',
  severity: 'high',
  cause:
    'The program in {{container}} touched memory that is not its own (SIGSEGV, code 139). Mostly a fault of the program or of a native library; very old images also crash on kernels without `vsyscall`, and programs built for newer CPUs on older ones.',
  fix: [
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
    "Look at the kernel's line on node {{node}}, it names the library: `dmesg | grep -i segfault | tail`.",
    'An image of the age of CentOS 6: boot the node with `vsyscall=emulate`, or use a newer image. Musl (Alpine): try the glibc variant.',
  ],
  tellApart: 'A V8 heap that ran out can also end with 139: app/node-heap-oom.',
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
    yield* endings(facts, ({ exitCode }) => exitCode === 139);
  },
  examples: {
    hit: [
      {
        about: 'a daemon crashes at its start',
        objects: `
kind: Pod
metadata: { name: legacy-0, namespace: data }
spec: { containers: [{ name: legacy, image: reg.local/legacy }] }
status:
  phase: Running
  containerStatuses:
    - name: legacy
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 139, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'the heap of Node.js ran out',
        objects: `
kind: Pod
metadata: { name: receipts-0, namespace: payments }
spec: { containers: [{ name: receipts, image: reg.local/receipts }] }
status:
  phase: Running
  containerStatuses:
    - name: receipts
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 139, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/payments/receipts-0/receipts.previous.log':
            '2026-11-22T11:58:00.1Z FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n',
        },
      },
      {
        about: 'another signal',
        objects: `
kind: Pod
metadata: { name: legacy-0, namespace: shop }
spec: { containers: [{ name: legacy, image: reg.local/legacy }] }
status:
  phase: Running
  containerStatuses:
    - name: legacy
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 134, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
