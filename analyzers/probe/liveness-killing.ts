import { defineClassifier } from '../../src/classifier.ts';
import { probeKills } from '../../src/model/probe-kill.ts';

export default defineClassifier({
  title: 'Liveness probe fails and the container is restarted',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'The kubelet asks {{container}} whether it lives, gets no good answer, and starts it anew. Often the program only needs longer to start than the probe allows, answers slowly under load, or the probe asks for something that depends on others.',
  fix: [
    "Look at the probe and the log of the run that was ended: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].livenessProbe}'`, `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --tail=50`.",
    'A slow start: add a `startupProbe` with the same question and `failureThreshold` × `periodSeconds` longer than the start takes.',
    'Slow answers: `timeoutSeconds: 5` instead of 1, and look at CPU limits (`kubectl -n {{namespace}} top pod {{pod}} --containers`).',
    'Ask only the process itself, never a database or another service; those belong into the readiness probe.',
  ],
  tellApart:
    'A failed probe alone, below its threshold, restarts nothing. A container that ends by itself before it is asked has another cause.',
  causedBy: [{ classes: ['probe/timeout', 'probe/exec-missing', 'probe/wrong-port'], by: 'object' }],
  needs: ['containers', 'signals'],
  *detect({ containers, signals }) {
    yield* probeKills('liveness', containers, signals);
  },
  examples: {
    hit: [
      {
        about: 'a slow starter is killed before it listens',
        objects: `
kind: Pod
metadata: { name: slow-start-7b9bd5c7cf-wfm7q, namespace: shop, uid: u1 }
spec:
  containers:
    - name: slow-start
      image: reg.local/slow-start
      livenessProbe: { httpGet: { path: /healthz, port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3, timeoutSeconds: 1, failureThreshold: 3 }
status:
  phase: Running
  containerStatuses:
    - name: slow-start
      ready: false
      restartCount: 7
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:30Z' } }
---
kind: Event
metadata: { name: slow.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: slow-start-7b9bd5c7cf-wfm7q, uid: u1, fieldPath: 'spec.containers{slow-start}' }
type: Normal
reason: Killing
message: Container slow-start failed liveness probe, will be restarted
count: 6
lastTimestamp: '2026-11-22T11:58:00Z'
---
kind: Event
metadata: { name: slow.2, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: slow-start-7b9bd5c7cf-wfm7q, uid: u1, fieldPath: 'spec.containers{slow-start}' }
type: Warning
reason: Unhealthy
message: 'Liveness probe failed: Get "http://10.42.0.179:8080/healthz": dial tcp 10.42.0.179:8080: connect: connection refused'
count: 10
lastTimestamp: '2026-11-22T11:58:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'one answer was late and nothing was restarted',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, livenessProbe: { httpGet: { path: /, port: 8080 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1, fieldPath: 'spec.containers{cart}' }
type: Warning
reason: Unhealthy
message: 'Liveness probe failed: HTTP probe failed with statuscode: 503'
lastTimestamp: '2026-11-22T11:58:00Z'
`,
      },
    ],
  },
});
