import { defineClassifier } from '../../src/classifier.ts';
import { restartsAlways } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refOf } from '../../src/model/ref.ts';
import { times } from '../../src/model/words.ts';

/** The kubelet gives a container that ended with 0 the reason Completed and, under restartPolicy Always, starts it again. */
export default defineClassifier({
  title: 'Container ends with success and is started again',
  stage: 'application',
  severity: 'high',
  cause:
    'The process in {{container}} ends by itself with exit code 0. A Deployment, StatefulSet or DaemonSet expects one that never ends, so the kubelet starts it again and again.',
  fix: [
    'Look at what it did: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous`.',
    'Run work that ends as a Job or CronJob; give a server a command that stays in the foreground (no `--daemon`, no `&`).',
  ],
  tellApart: 'Exit code 0 with reason OOMKilled is a killed child process: memory/child-oom-killed.',
  // A server that is told to stop ends with 0 too.
  yieldsTo: ['probe/liveness-killing', 'probe/startup-failing', 'probe/post-start-hook-failed'],
  needs: ['containers'],
  *detect({ containers }) {
    for (const { pod, name, role, state, status, ended, restarts, endedPath } of containers) {
      if (role !== 'app' || !restartsAlways(pod) || ended?.exitCode !== 0 || ended.reason !== 'Completed')
        continue;
      // Once is no loop; twice in a row is, and then the kubelet waits before the next start.
      if (state === 'running' || restarts < (status?.state.waiting?.reason === 'CrashLoopBackOff' ? 1 : 2))
        continue;
      const subject = refOf(pod);
      const message = `container ${name} ended with exit code 0 and was started again ${times(restarts)}`;
      yield {
        subject,
        container: name,
        message,
        evidence: [fieldEvidence(pod.origin, endedPath, 'Completed, exit code 0')],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'an importer of a Deployment ends with 0 and is restarted',
        objects: `
kind: Pod
metadata: { name: importer-5f4b6d57d6-jbjqs, namespace: data }
spec: { containers: [{ name: importer, image: reg.local/importer }] }
status:
  phase: Running
  containerStatuses:
    - name: importer
      ready: false
      restartCount: 7
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 0, reason: Completed, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'the container has ended once and is about to be started again',
        objects: `
kind: Pod
metadata: { name: importer-5f4b6d57d6-jbjqs, namespace: data }
spec: { containers: [{ name: importer, image: reg.local/importer }] }
status:
  phase: Running
  containerStatuses:
    - name: importer
      ready: false
      restartCount: 0
      state: { terminated: { exitCode: 0, reason: Completed, finishedAt: '2026-11-22T11:59:58Z' } }
`,
      },
      {
        about: 'the kubelet stops a server whose liveness probe fails, and it ends in good order',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, livenessProbe: { httpGet: { path: /healthz, port: 8080 } } }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 0, reason: Completed, finishedAt: '2026-11-22T11:58:00Z' } }
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1, fieldPath: 'spec.containers{cart}' }
type: Normal
reason: Killing
message: Container cart failed liveness probe, will be restarted
count: 6
lastTimestamp: '2026-11-22T11:58:00Z'
`,
      },
      {
        about: 'a Job has completed',
        objects: `
kind: Pod
metadata: { name: backup-tr7vn, namespace: data }
spec: { restartPolicy: Never, containers: [{ name: backup, image: reg.local/backup }] }
status:
  phase: Succeeded
  containerStatuses:
    - { name: backup, restartCount: 0, state: { terminated: { exitCode: 0, reason: Completed } } }
`,
      },
    ],
  },
});
