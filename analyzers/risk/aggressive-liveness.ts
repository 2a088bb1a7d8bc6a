import { defineClassifier } from '../../src/classifier.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Probe } from '../../src/model/objects/container.ts';
import { patienceOf } from '../../src/model/probes.ts';
import { refOf } from '../../src/model/ref.ts';
import { times } from '../../src/model/words.ts';

/** Less time than this to come up is little for most servers. */
const SHORT = 30;
/** 128 + SIGKILL and 128 + SIGTERM: how a container ends that the kubelet kills. */
const KILLED = [137, 143];

/** A liveness probe that gives little time to start, at a container that was in fact killed while it ran. */
export default defineClassifier({
  title: 'Liveness probe gives little time to start',
  stage: 'practice',
  severity: 'medium',
  cause:
    'The liveness probe of {{container}} kills it {{window}} seconds after its start unless it answers by then, and no startup probe holds it back. A slow start, or a busy node, then ends in a loop of restarts.',
  fix: [
    'Look how long a start takes: `kubectl -n {{namespace}} logs {{pod}} -c {{container}} --previous --timestamps`.',
    'Give the start its own probe, which suspends the liveness probe: `kubectl -n {{namespace}} edit {{workload}}`, a `startupProbe` like the liveness probe with `failureThreshold: 30` and `periodSeconds: 10`.',
  ],
  tellApart:
    'Told only where the container has been killed before; probe/liveness-killing is the failure itself.',
  needs: ['pods', 'containers'],
  *detect({ containers }) {
    for (const container of containers) {
      const { pod, name, spec, specPath, restarts } = container;
      const probe = spec?.livenessProbe;
      if (!probe || spec.startupProbe || patienceOf(probe) >= SHORT || !wasKilled(container)) continue;
      const window = patienceOf(probe);
      yield {
        subject: refOf(pod),
        container: name,
        message: `container ${name} is killed ${window}s after its start unless it answers, and was restarted ${times(restarts)}`,
        values: { window: String(window) },
        evidence: [
          fieldEvidence(pod.origin, `${specPath}.livenessProbe`, wordProbe(probe)),
          fieldEvidence(pod.origin, container.endedPath, `exit code ${container.ended?.exitCode}`),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a server that starts in a minute is killed after twelve seconds',
        objects: `
kind: Pod
metadata: { name: slow-start-7b9bd5c7cf-wfm7q, namespace: shop }
spec:
  containers:
    - name: slow-start
      livenessProbe:
        { httpGet: { path: /healthz, port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3, failureThreshold: 3 }
status:
  phase: Running
  containerStatuses:
    - name: slow-start
      ready: false
      restartCount: 7
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
    miss: [
      {
        about: 'the container has never been killed, and another one was killed for memory',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec:
  containers:
    - { name: cart, livenessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 3, failureThreshold: 3 } }
    - { name: cache, livenessProbe: { tcpSocket: { port: 81 }, periodSeconds: 3, failureThreshold: 3 } }
status:
  phase: Running
  containerStatuses:
    - { name: cart, ready: true, restartCount: 0, state: { running: {} } }
    - name: cache
      ready: false
      restartCount: 2
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled, finishedAt: '2026-11-22T11:58:00Z' } }
`,
      },
    ],
  },
});

function wasKilled({ ended, restarts }: ContainerFact): boolean {
  return restarts > 0 && ended?.reason !== 'OOMKilled' && KILLED.includes(ended?.exitCode ?? 0);
}

function wordProbe({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: Probe): string {
  return `initialDelaySeconds ${initialDelaySeconds}, periodSeconds ${periodSeconds}, failureThreshold ${failureThreshold}`;
}
