import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { type Evidence, fieldEvidence, type Proof } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refOf } from '../../src/model/ref.ts';
import {
  type DeclaredPort,
  declaredPorts,
  isSelecting,
  podsBehind,
  type ServicePort,
  targetOf,
} from '../../src/model/services.ts';

/** A named target port that no pod declares gives no endpoint; a number may be served undeclared, so it is only a doubt. */
export default defineClassifier({
  title: 'Service target port is none of the pods',
  stage: 'network',
  severity: 'high',
  cause:
    'Service {{name}} sends port {{port}} to target port {{target}}, which none of the pods behind it declares. Of a port that is named so, no endpoint is made and connections are refused; a number works only if the process listens there all the same.',
  fix: [
    "Look at both sides: `kubectl -n {{namespace}} get service {{name}} -o jsonpath='{.spec.ports}'` and `kubectl -n {{namespace}} get pod {{behind}} -o jsonpath='{.spec.containers[*].ports}'`.",
    'Correct `targetPort` of the Service (`kubectl -n {{namespace}} edit service {{name}}`) to a declared port ({{declared}}), or name the port in the pod template.',
  ],
  tellApart:
    'A number that is not declared is told as low, for containerPort only informs; a name that is not declared is always an error.',
  needs: ['services', 'pods'],
  *detect({ services, joins }) {
    for (const service of services) {
      if (!isSelecting(service)) continue;
      for (const [index, port] of service.spec.ports.entries()) {
        const found = mismatch(service, port, joins);
        if (!found) continue;
        const { pod, declared, target } = found;
        const known = declared.map(wordPort).join(', ') || 'no ports';
        yield {
          subject: refOf(service),
          message: `port ${port.port} leads to ${target}, but the pods declare ${known}`,
          severity: typeof target === 'string' ? 'high' : 'low',
          values: {
            port: String(port.port),
            target: String(target),
            declared: known,
            behind: pod.metadata.name,
          },
          evidence: proof(service, index, pod, declared),
        };
      }
    }
  },
  examples: {
    hit: [
      {
        about: 'the target port is called web and the pods call it http',
        objects: `
kind: Service
metadata: { name: profile-web, namespace: shop }
spec: { selector: { app: profile }, ports: [{ port: 80, targetPort: web, protocol: TCP }] }
---
kind: Pod
metadata: { name: profile-74954bc7-l8lm2, namespace: shop, labels: { app: profile } }
spec: { containers: [{ name: profile, ports: [{ name: http, containerPort: 8080, protocol: TCP }] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
      {
        about: 'the pods declare 8080 and the Service sends to 80',
        objects: `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, ports: [{ containerPort: 8080 }] }] }
`,
      },
    ],
    miss: [
      {
        about: 'a sidecar of the pods declares the named port',
        objects: `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: mesh }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec:
  initContainers: [{ name: mesh, restartPolicy: Always, ports: [{ name: mesh, containerPort: 15001 }] }]
  containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }]
`,
      },
      {
        about: 'the pods declare no port at all and the target is a number',
        objects: `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: 8080 }] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart }] }
`,
      },
    ],
  },
});

type Mismatch = {
  readonly pod: Of<'pods'>;
  readonly declared: readonly DeclaredPort[];
  readonly target: number | string;
};

/** The first pod behind a port, when none of them has the target; a rollout in which some have it is under way. */
function mismatch(service: Of<'services'>, port: ServicePort, joins: Joins): Mismatch | undefined {
  const target = targetOf(port);
  if (target === undefined) return undefined;
  const pods = podsBehind(service, joins);
  const [pod] = pods;
  if (!pod || pods.some(({ spec }) => hasPort(declaredPorts(spec), target, port))) return undefined;
  const declared = declaredPorts(pod.spec);
  // Where nothing is declared, a number may well be right.
  if (typeof target === 'number' && (declared.length === 0 || pod.spec.hostNetwork)) return undefined;
  return { pod, declared, target };
}

function hasPort(
  declared: readonly DeclaredPort[],
  target: number | string,
  { protocol = 'TCP' }: ServicePort,
) {
  return declared.some(
    (one) => one.protocol === protocol && (typeof target === 'string' ? one.name : one.port) === target,
  );
}

function wordPort({ name, port }: DeclaredPort): string {
  return name ? `${name} (${port})` : String(port);
}

function proof(
  service: Of<'services'>,
  index: number,
  pod: Of<'pods'>,
  declared: readonly DeclaredPort[],
): Proof {
  const port = service.spec.ports[index];
  const ports: Evidence[] = declared.map((one) => fieldEvidence(pod.origin, one.path, wordPort(one)));
  return [
    fieldEvidence(
      service.origin,
      `spec.ports[${index}]`,
      `port ${port?.port ?? ''}, targetPort ${port?.targetPort ?? 'not set'}`,
    ),
    ...(ports.length > 0 ? ports : [fieldEvidence(pod.origin, 'spec.containers', 'no ports are declared')]),
  ];
}
