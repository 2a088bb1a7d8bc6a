import { defineClassifier } from '../../src/classifier.ts';
import { endedWithin } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refOf } from '../../src/model/ref.ts';

const DAY = 86_400_000;
const OFTEN = 5;

/** Ready now, and it has happened often and lately. */
export default defineClassifier({
  title: 'Container is ready but restarts often',
  stage: 'practice',
  severity: 'low',
  cause:
    'Container {{container}} runs now, was restarted {{restarts}} times, and ended with exit code {{code}} within the last day. What ended it will mostly come again.',
  fix: [
    'Look at its last words: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=60`.',
    'Treat the reason of the last end as a failure that has not shown itself again yet.',
  ],
  tellApart: 'Restarts of days ago say nothing about now.',
  yieldsTo: ['memory/*', 'exit/*', 'probe/*', 'app/*'],
  needs: ['containers'],
  *detect({ containers, time }) {
    for (const container of containers) {
      const { pod, name, ended, restarts, state, ready, role } = container;
      if (role === 'ephemeral' || role === 'init' || restarts < OFTEN || state !== 'running' || !ready)
        continue;
      if (!ended || (ended.exitCode ?? 0) === 0 || !endedWithin(ended, time, DAY)) continue;
      yield {
        subject: refOf(pod),
        container: name,
        message: `container ${name} is ready, after ${restarts} restarts; the last ended with exit code ${ended.exitCode ?? '?'}${ended.reason ? ` (${ended.reason})` : ''}`,
        values: { restarts: String(restarts), code: String(ended.exitCode ?? '') },
        evidence: [
          fieldEvidence(pod.origin, `${container.statusPath}.restartCount`, `restartCount: ${restarts}`),
          fieldEvidence(
            pod.origin,
            container.endedPath,
            `exit code ${ended.exitCode ?? '?'}, ${ended.finishedAt ?? ''}`,
          ),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'nine restarts, the last an hour ago',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: cart
      ready: true
      restartCount: 9
      state: { running: { startedAt: '2026-11-22T11:00:10Z' } }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T11:00:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'nine restarts, the last three days ago',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - name: cart
      ready: true
      restartCount: 9
      state: { running: { startedAt: '2026-11-19T11:00:10Z' } }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-19T11:00:00Z' } }
`,
      },
    ],
  },
});
