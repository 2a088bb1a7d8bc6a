import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { type IngressBackend, serviceOf } from '../../src/model/objects/ingress.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { portNamed } from '../../src/model/services.ts';

/** An Ingress that leads to a Service or a port that does not exist. */
export default defineClassifier({
  title: 'Ingress leads to a Service that is not there',
  stage: 'network',
  severity: 'high',
  cause:
    'Ingress {{name}} sends {{route}} to Service {{culprit}}, and that Service or its port does not exist in namespace {{namespace}}. The ingress controller answers with 503 for it.',
  fix: [
    'Look what there is: `kubectl -n {{namespace}} get services` and `kubectl -n {{namespace}} describe ingress {{name}}`.',
    'Correct the name or port in the Ingress (`kubectl -n {{namespace}} edit ingress {{name}}`), or create the Service; an Ingress cannot lead to another namespace.',
  ],
  tellApart:
    '503 is a missing Service or no endpoint, 502 a pod that fails to answer, 404 a host or path that no Ingress names.',
  needs: ['ingresses', 'services'],
  complete: ['services'],
  *detect({ ingresses, joins }) {
    for (const ingress of ingresses)
      for (const { backend, path, route } of backendsIn(ingress)) {
        const missing = missingIn(backend, ingress.metadata.namespace, joins);
        if (!missing) continue;
        const { namespace } = ingress.metadata;
        yield {
          subject: refOf(ingress),
          culprit: refTo('Service', namespace, missing.service),
          message: `${route} leads to ${missing.what}`,
          values: { route },
          evidence: [fieldEvidence(ingress.origin, path, missing.what)],
        };
      }
  },
  examples: {
    hit: [
      {
        about: 'the Service of a path does not exist',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.corp.local
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: frontend-svc, port: { number: 80 } } } }]
`,
      },
      {
        about: 'the Service has no port of that name',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { defaultBackend: { service: { name: frontend, port: { name: http } } } }
---
kind: Service
metadata: { name: frontend, namespace: shop }
spec: { selector: { app: frontend }, ports: [{ name: web, port: 80 }] }
`,
      },
    ],
    miss: [
      {
        about:
          'the Service and its port are there, as networking.k8s.io/v1 and as extensions/v1beta1 write it',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  backend: { serviceName: frontend, servicePort: 80 }
  rules: [{ http: { paths: [{ path: /, backend: { service: { name: frontend, port: { name: web } } } }] } }]
---
kind: Service
metadata: { name: frontend, namespace: shop }
spec: { selector: { app: frontend }, ports: [{ name: web, port: 80 }] }
`,
      },
    ],
  },
});

type Route = { readonly backend: IngressBackend; readonly path: string; readonly route: string };

function* backendsIn({ spec }: Of<'ingresses'>): Iterable<Route> {
  for (const field of ['defaultBackend', 'backend'] as const) {
    const backend = spec[field];
    if (backend) yield { backend, path: `spec.${field}`, route: 'everything else' };
  }
  for (const [rule, { host, http }] of spec.rules.entries())
    for (const [at, { backend, path }] of http.paths.entries())
      if (backend)
        yield {
          backend,
          path: `spec.rules[${rule}].http.paths[${at}].backend`,
          route: `${host ?? '*'}${path ?? '/'}`,
        };
}

function missingIn(
  backend: IngressBackend,
  namespace: string | undefined,
  joins: Joins,
): { readonly service: string; readonly what: string } | undefined {
  const { service, servicePort } = backend;
  const name = serviceOf(backend);
  if (!name) return undefined;
  const found = joins.find('services', namespace, name);
  if (found === 'absent') return { service: name, what: `Service ${name}, which does not exist` };
  if (found === 'unknown' || found.spec.type === 'ExternalName') return undefined;
  const wanted = service
    ? { name: service.port.name, number: service.port.number }
    : typeof servicePort === 'string' && !/^\d+$/.test(servicePort)
      ? { name: servicePort }
      : { number: Number(servicePort) };
  if (portNamed(found, wanted) || (!wanted.name && !wanted.number)) return undefined;
  const has = found.spec.ports.map((port) => `${port.name ? `${port.name} ` : ''}${port.port}`).join(', ');
  return {
    service: name,
    what: `port ${wanted.name ?? wanted.number} of Service ${name}, which has only ${has || 'none'}`,
  };
}
