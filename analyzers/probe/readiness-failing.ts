import { defineClassifier } from '../../src/classifier.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import { describeProbe, failureOf, patienceOf, probeEvidence, probeOf } from '../../src/model/probes.ts';
import { refOf } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

/** A container that has just started may still become ready. */
const AT_LEAST = 60;

/** How long the container has run without being ready, in seconds; nothing when that is as it should be. */
function unreadyFor(fact: ContainerFact, time: number | undefined): number | undefined {
  const { pod, spec, role, state, ready, status } = fact;
  const probe = probeOf(spec, 'readiness');
  if (!probe || ready || state !== 'running' || role === 'init' || role === 'ephemeral') return undefined;
  if (pod.metadata.deletionTimestamp || status?.started === false) return undefined;
  const started = parseTime(status?.state.running?.startedAt);
  if (started === undefined || time === undefined) return undefined;
  const seconds = (time - started) / 1000;
  return seconds >= Math.max(AT_LEAST, patienceOf(probe)) ? seconds : undefined;
}

export default defineClassifier({
  title: 'Readiness probe fails, the container gets no traffic',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'The container {{container}} runs but does not pass its readiness probe ({{probe}}), so Services leave it out and rollouts wait. The program is not ready, something that it depends on is missing, or the probe asks for the wrong path, port or scheme.',
  fix: [
    'Look at what the probe gets and what the program says: `kubectl -n {{namespace}} describe pod {{pod}} | grep -A2 -i unhealthy`, `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --tail=50`.',
    'Ask as the probe does, from a node: `curl -v http://<pod IP>:<port><path>`; 404 is a wrong path, 401 or 403 a path that wants a login, refused a wrong port or `127.0.0.1`.',
    'Correct the probe in {{workload}}, or mend what the program waits for.',
  ],
  tellApart:
    'It counts only while the container is not ready now; failures during a start, a rollout or a deletion are usual.',
  yieldsTo: [
    'probe/timeout',
    'probe/wrong-port',
    'probe/exec-missing',
    'probe/startup-failing',
    'probe/liveness-killing',
  ],
  causedBy: [{ classes: ['app/connection-refused'], by: 'object' }],
  needs: ['containers', 'signals'],
  *detect({ containers, signals, time }) {
    for (const fact of containers) {
      const { pod, name, statusPath } = fact;
      const probe = probeOf(fact.spec, 'readiness');
      const seconds = unreadyFor(fact, time);
      if (!probe || seconds === undefined) continue;
      const failure = failureOf(fact, 'readiness', signals);
      const answer = failure?.answer ? `: ${failure.answer}` : '';
      const times = failure && failure.signal.count > 1 ? `, ${failure.signal.count} times` : '';
      const told: Evidence = fieldEvidence(pod.origin, `${statusPath}.ready`, 'ready: false');
      const declared = probeEvidence(fact, 'readiness', probe);
      yield {
        subject: refOf(pod),
        container: name,
        message: `container ${name} has run for ${formatDuration(seconds)} without being ready; ${describeProbe(probe)} fails${times}${answer}`,
        evidence: failure ? [failure.signal.evidence, declared] : [told, declared],
        values: { probe: describeProbe(probe) },
        first: failure?.signal.first,
        last: failure?.signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the path of the probe does not exist',
        objects: `
kind: Pod
metadata: { name: stock-7f97bb459-ws9cz, namespace: shop, uid: u1 }
spec: { containers: [{ name: stock, image: reg.local/stock, readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 3 } }] }
status:
  phase: Running
  containerStatuses:
    - { name: stock, ready: false, started: true, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:04:29Z' } } }
---
kind: Event
metadata: { name: stock.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: stock-7f97bb459-ws9cz, uid: u1, fieldPath: 'spec.containers{stock}' }
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: HTTP probe failed with statuscode: 404'
count: 104
lastTimestamp: '2026-11-22T12:00:00Z'
`,
      },
      {
        about: 'the events have expired',
        objects: `
kind: Pod
metadata: { name: stock-0, namespace: shop }
spec: { containers: [{ name: stock, image: reg.local/stock, readinessProbe: { exec: { command: [test, -f, /tmp/ok] } } }] }
status:
  phase: Running
  containerStatuses: [{ name: stock, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T09:00:00Z' } } }]
`,
      },
    ],
    miss: [
      {
        about: 'it has only just started',
        objects: `
kind: Pod
metadata: { name: stock-0, namespace: shop }
spec: { containers: [{ name: stock, image: reg.local/stock, readinessProbe: { httpGet: { path: /, port: 8080 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: stock, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:59:40Z' } } }]
`,
      },
      {
        about: 'it failed while starting and is ready',
        objects: `
kind: Pod
metadata: { name: stock-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: stock, image: reg.local/stock, readinessProbe: { httpGet: { path: /, port: 8080 } } }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses: [{ name: stock, ready: true, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } }]
---
kind: Event
metadata: { name: stock.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: stock-0, uid: u1, fieldPath: 'spec.containers{stock}' }
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: dial tcp 10.42.0.9:8080: connect: connection refused'
lastTimestamp: '2026-11-22T11:00:05Z'
`,
      },
    ],
  },
});
