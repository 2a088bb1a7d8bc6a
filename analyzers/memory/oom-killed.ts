import { defineClassifier } from '../../src/classifier.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { oomEndings } from '../../src/model/memory.ts';
import { times } from '../../src/model/words.ts';

function told({ name, pod, restarts }: ContainerFact, limit: string | undefined): string {
  const again = restarts > 0 ? `; it was started again ${times(restarts)}` : '';
  return limit
    ? `container ${name} used up its memory limit of ${limit} and was killed${again}`
    : `container ${name} has no memory limit and was killed, for node ${pod.spec.nodeName ?? ''} or its pod ran out of memory${again}`;
}

export default defineClassifier({
  title: 'Container is killed for using up its memory',
  stage: 'kernel',
  severity: 'high',
  cause:
    'The container {{container}} used more memory than its limit ({{limit}}), and the kernel killed it. The limit is too small for the load, or the program leaks or does not know of its limit. A container without a limit is killed when its pod or node runs out.',
  fix: [
    "Look at use and limit: `kubectl -n {{namespace}} top pod {{pod}} --containers`, `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].resources}'`. `top` shows the present, not the peak that killed it.",
    'Raise the limit: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=memory=<more than {{limit}}>`.',
    'Tell the program of it: JVM `-XX:MaxRAMPercentage=75`, Node.js `NODE_OPTIONS=--max-old-space-size=<MiB>`, Go `GOMEMLIMIT`; fewer workers or smaller caches use less.',
  ],
  tellApart:
    'Where only a child process was killed the code is not 137 (memory/child-oom-killed). A Java or Node.js heap that runs out within the limit is app/java-heap-oom or app/node-heap-oom.',
  needs: ['containers'],
  *detect({ containers, time }) {
    // The main process was killed: 137; other codes mean that a child was, and the main process ended by itself.
    for (const { fact, limit, ...ending } of oomEndings(containers, time))
      if ((fact.ended?.exitCode ?? 137) === 137) yield { ...ending, message: told(fact, limit) };
  },
  examples: {
    hit: [
      {
        about: 'a scorer is killed at its limit again and again',
        objects: `
kind: Pod
metadata: { name: fraud-scorer-568c858f5-grb4h, namespace: payments }
spec: { nodeName: server1, containers: [{ name: scorer, image: reg.local/scorer, resources: { limits: { memory: 48Mi } } }] }
status:
  phase: Running
  containerStatuses:
    - name: scorer
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
      {
        about: 'the init container of an older kubelet ends so',
        objects: `
kind: Pod
metadata: { name: loader-0, namespace: payments }
spec:
  initContainers: [{ name: load, image: reg.local/load, resources: { limits: { memory: 64Mi } } }]
  containers: [{ name: app, image: reg.local/app }]
status:
  phase: Pending
  initContainerStatuses:
    - name: load
      ready: false
      restartCount: 2
      state: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'it happened weeks ago',
        objects: `
kind: Pod
metadata: { name: scorer-0, namespace: payments }
spec: { containers: [{ name: scorer, image: reg.local/scorer, resources: { limits: { memory: 48Mi } } }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: scorer
      ready: true
      restartCount: 1
      state: { running: { startedAt: '2026-11-01T11:58:02Z' } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-01T11:58:00Z' } }
`,
      },
      {
        about: 'somebody else killed it',
        objects: `
kind: Pod
metadata: { name: scorer-0, namespace: payments }
spec: { containers: [{ name: scorer, image: reg.local/scorer }] }
status:
  phase: Running
  containerStatuses:
    - name: scorer
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});
