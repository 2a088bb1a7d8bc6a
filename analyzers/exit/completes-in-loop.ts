import { defineClassifier } from '../../src/classifier.ts';
import { restartsAlways } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

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
  needs: ['containers'],
  *detect({ containers }) {
    for (const { pod, name, role, state, ended, restarts, endedPath } of containers) {
      if (role !== 'app' || !restartsAlways(pod) || ended?.exitCode !== 0 || ended.reason !== 'Completed')
        continue;
      if (state === 'running' || restarts < 2) continue;
      const subject = refTo('Pod', pod.metadata.namespace, pod.metadata.name ?? '');
      const message = `container ${name} ended with exit code 0 and was started again ${restarts} times`;
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
