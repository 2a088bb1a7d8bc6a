import { defineClassifier } from '../../src/classifier.ts';
import { endings } from '../../src/model/endings.ts';

export default defineClassifier({
  title: 'Program ends with code 255',
  stage: 'application',
  severity: 'medium',
  cause:
    'The program in {{container}} ended with code 255: by itself (`exit(-1)`), or the runtime lost sight of it when node {{node}} or its container runtime was restarted.',
  fix: [
    "Compare its end with the boot of node {{node}}: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.status.containerStatuses[*].lastState.terminated.finishedAt}'`, `journalctl --list-boots` or `uptime -s` on the node.",
    'Look at what it said: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.',
  ],
  tellApart:
    'After a reboot of the node all its containers show it at once; once they run again that is no failure.',
  yieldsTo: [
    'app/*',
    'memory/*',
    'runtime/*',
    'kubelet/*',
    'probe/liveness-killing',
    'probe/startup-failing',
    'probe/post-start-hook-failed',
  ],
  causedBy: [{ classes: ['node/rebooted'], by: 'node' }],
  needs: ['signals'],
  *detect(facts) {
    yield* endings(facts, ({ exitCode }) => exitCode === 255 || exitCode === -1);
  },
  examples: {
    hit: [
      {
        about: 'a program ends with -1',
        objects: `
kind: Pod
metadata: { name: cam-0, namespace: edge }
spec: { containers: [{ name: cam, image: reg.local/cam }] }
status:
  phase: Running
  containerStatuses:
    - name: cam
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 255, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/edge/cam-0/cam.previous.log': '2026-11-22T11:58:00.1Z fatal: cannot open /dev/video0\n',
        },
      },
    ],
    miss: [
      {
        about: 'the node was restarted and the container is ready again',
        objects: `
kind: Pod
metadata: { name: cam-0, namespace: shop }
spec: { containers: [{ name: cam, image: reg.local/cam }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: cam
      ready: true
      restartCount: 1
      state: { running: { startedAt: '2026-11-22T09:00:00Z' } }
      lastState: { terminated: { exitCode: 255, reason: Error, finishedAt: '2026-11-22T08:59:00Z' } }
`,
      },
    ],
  },
});
