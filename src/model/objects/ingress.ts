import { list, number, record, type Shaped, section, text } from '../shape.ts';
import { intOrString, labelSelector, metadata } from './metadata.ts';

const backendService = record({ name: text, port: section({ name: text, number }) });
const backend = record({
  service: backendService,
  /** Before networking.k8s.io/v1. */
  serviceName: text,
  servicePort: intOrString,
});
export const ingress = section({
  metadata,
  spec: section({
    ingressClassName: text,
    defaultBackend: backend,
    backend,
    tls: list(record({ hosts: list(text), secretName: text })),
    rules: list(
      record({ host: text, http: section({ paths: list(record({ path: text, pathType: text, backend })) }) }),
    ),
  }),
  status: section({ loadBalancer: section({ ingress: list(record({ ip: text, hostname: text })) }) }),
});
export type IngressBackend = NonNullable<Shaped<typeof backend>>;

/** The Service that a backend names, as either version of the API writes it. */
export function serviceOf(backend: IngressBackend | undefined): string | undefined {
  return backend?.service?.name ?? backend?.serviceName;
}
export const ingressClass = section({ metadata, spec: section({ controller: text }) });
const policyPeer = record({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: record({ cidr: text, except: list(text) }),
});
const policyPort = record({ port: intOrString, protocol: text, endPort: number });
export const networkPolicy = section({
  metadata,
  spec: section({
    podSelector: labelSelector,
    policyTypes: list(text),
    ingress: list(record({ from: list(policyPeer), ports: list(policyPort) })),
    egress: list(record({ to: list(policyPeer), ports: list(policyPort) })),
  }),
});
