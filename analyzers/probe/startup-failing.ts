import { defineClassifier } from '../../src/classifier.ts';
import { probeKills } from '../../src/model/probe-kill.ts';

export default defineClassifier({
  title: 'Startup probe fails and the container is restarted',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'The container {{container}} does not answer its startup probe within the time that it is given, and the kubelet starts it anew. The program needs longer, waits for something, or does not listen where the probe asks.',
  fix: [
    "Look at the probe and the log of the run that was ended: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].startupProbe}'`, `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.",
    'If it is only slow, raise `failureThreshold` of the startup probe in {{workload}}: threshold × period is the time it has.',
    'If it listens elsewhere, correct port and path of the probe, and let the program listen on all addresses (`0.0.0.0`), not on `127.0.0.1`.',
  ],
  tellApart: 'A few failures while it starts are usual; only the restart counts.',
  causedBy: [{ classes: ['probe/timeout', 'probe/exec-missing', 'probe/wrong-port'], by: 'object' }],
  needs: ['containers', 'signals'],
  *detect({ containers, signals }) {
    yield* probeKills('startup', containers, signals);
  },
  examples: {
    hit: [
      {
        about: 'nothing ever listens on the port',
        objects: `
kind: Pod
metadata: { name: geo-789b99bf4c-mmtgq, namespace: shop, uid: u1 }
spec:
  containers: [{ name: geo, image: reg.local/geo, startupProbe: { tcpSocket: { port: 9000 }, periodSeconds: 2, failureThreshold: 4 } }]
status:
  phase: Running
  containerStatuses:
    - name: geo
      ready: false
      restartCount: 7
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:30Z' } }
---
kind: Event
metadata: { name: geo.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: geo-789b99bf4c-mmtgq, uid: u1, fieldPath: 'spec.containers{geo}' }
type: Normal
reason: Killing
message: Container geo failed startup probe, will be restarted
count: 6
lastTimestamp: '2026-11-22T11:58:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'it still starts',
        objects: `
kind: Pod
metadata: { name: geo-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: geo, image: reg.local/geo, startupProbe: { tcpSocket: { port: 9000 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: geo, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:57:50Z' } } }]
---
kind: Event
metadata: { name: geo.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: geo-0, uid: u1, fieldPath: 'spec.containers{geo}' }
type: Warning
reason: Unhealthy
message: 'Startup probe failed: dial tcp 10.42.0.180:9000: connect: connection refused'
count: 2
lastTimestamp: '2026-11-22T11:58:00Z'
`,
      },
    ],
  },
});
