import { defineClassifier } from '../../src/classifier.ts';
import type { Log } from '../../src/model/cluster.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { type Evidence, lineEvidence } from '../../src/model/evidence.ts';
import { failureOf, type ProbeKind, probeEvidence, probeOf, probePort } from '../../src/model/probes.ts';
import { refOf } from '../../src/model/ref.ts';

const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness'];
/** A program that says where it listens: `Server listening on :8080`, `Tomcat started on port(s): 8081`. */
const LISTENS =
  /(?:[Ll]istening|[Ss]erving|[Ss]tarted|[Rr]unning|[Bb]ound)[^\n]{0,60}?(?:\bports?(?:\(s\))?:? ?|(?<local>127\.0\.0\.1|localhost|\[::1\])?:)(?<port>\d{2,5})\b/;

type Place = { readonly port: number; readonly local: boolean; readonly evidence: Evidence };

function* listensAt(logs: readonly Log[]): Iterable<Place> {
  for (const { file, ends } of logs)
    for (const line of [...ends.head(), ...ends.tail()]) {
      const { port, local } = LISTENS.exec(line.text)?.groups ?? {};
      if (port) yield { port: Number(port), local: Boolean(local), evidence: lineEvidence(file, line) };
    }
}

/** Why nobody answers on a probe's port: the program listens elsewhere, or the port's name does not exist. */
function reasonFor(port: number | undefined, fact: ContainerFact, places: readonly Place[]) {
  const declared = fact.spec?.ports.map(({ containerPort }) => containerPort) ?? [];
  if (port === undefined) return { why: 'the port of that name is not declared by the container', proof: [] };
  const here = places.find((place) => place.port === port);
  if (here?.local) return { why: `it listens on 127.0.0.1:${port} only`, proof: [here.evidence] };
  const [there] = places;
  if (there && !here)
    return { why: `its log says that it listens on ${there.port}`, proof: [there.evidence] };
  if (!here && declared.length > 0 && !declared.includes(port))
    return { why: `the container declares ${declared.join(', ')}`, proof: [] };
  return undefined;
}

export default defineClassifier({
  title: 'Probe asks on a port where nothing listens',
  stage: 'kubelet',
  severity: 'medium',
  cause:
    'The {{probe}} probe of {{container}} asks on port {{port}} and is refused, while the program listens elsewhere: on another port, or on 127.0.0.1 only, where the kubelet cannot reach it.',
  fix: [
    'Look where it listens: `kubectl -n {{namespace}} exec {{pod}} -c {{container}} -- sh -c "ss -ltn || netstat -ltn || cat /proc/net/tcp"`.',
    'Let the probe of {{workload}} ask on that port, or the program listen on port {{port}} and on all addresses (`0.0.0.0`).',
  ],
  tellApart:
    'A refused probe alone may also be a program that has not started; here the log or the declared ports name another one.',
  needs: ['containers', 'signals'],
  *detect({ containers, signals, joins }) {
    for (const fact of containers) {
      const { pod, name, spec } = fact;
      for (const kind of KINDS) {
        const probe = probeOf(spec, kind);
        const failure = probe && failureOf(fact, kind, signals);
        if (!probe || !failure || probe.exec || !/connection refused|couldn't find port/.test(failure.answer))
          continue;
        const port = probePort(probe, spec);
        const found = reasonFor(port, fact, [...listensAt(joins.logsOf(pod, name))]);
        if (!found) continue;
        yield {
          subject: refOf(pod),
          container: name,
          message: `the ${kind} probe of ${name} asks on port ${port ?? 'of an unknown name'} and is refused; ${found.why}`,
          evidence: [failure.signal.evidence, probeEvidence(fact, kind, probe), ...found.proof],
          values: { probe: kind, port: String(port ?? '') },
          first: failure.signal.first,
          last: failure.signal.last,
        };
        break;
      }
    }
  },
  examples: {
    hit: [
      {
        about: 'the log names another port',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, readinessProbe: { httpGet: { path: /, port: 8080 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1, fieldPath: 'spec.containers{cart}' }
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: Get "http://10.42.0.9:8080/": dial tcp 10.42.0.9:8080: connect: connection refused'
count: 90
lastTimestamp: '2026-11-22T12:00:00Z'
`,
        files: { 'logs/shop/cart-0/cart.log': '2026-11-22T11:00:01.1Z cart 2.1 listening on 0.0.0.0:9090\n' },
      },
      {
        about: 'the declared port is another one',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, ports: [{ containerPort: 9090 }], readinessProbe: { tcpSocket: { port: 8080 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1, fieldPath: 'spec.containers{cart}' }
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: dial tcp 10.42.0.9:8080: connect: connection refused'
count: 90
lastTimestamp: '2026-11-22T12:00:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'it says that it listens on that port, and is refused while it starts',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, readinessProbe: { tcpSocket: { port: 8080 } } }] }
status:
  phase: Running
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:59:00Z' } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1, fieldPath: 'spec.containers{cart}' }
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: dial tcp 10.42.0.9:8080: connect: connection refused'
lastTimestamp: '2026-11-22T11:59:05Z'
`,
        files: { 'logs/shop/cart-0/cart.log': '2026-11-22T11:59:50.1Z cart 2.1 listening on :8080\n' },
      },
    ],
  },
});
