import type { Of } from './cluster.ts';
import { isReady } from './containers.ts';
import { type Evidence, fieldEvidence } from './evidence.ts';
import type { Joins } from './joins.ts';
import type { PodSpec } from './objects/pod-spec.ts';
import type { Service } from './objects/service.ts';

export type ServicePort = Service['spec']['ports'][number];

/** Whether the control plane makes the endpoints of this Service from a selector; else nothing can be said of them. */
export function isSelecting({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && Object.keys(spec.selector).length > 0;
}

/** The pods that a Service can send traffic to: selected, and neither ended nor on their way out. */
export function podsBehind(service: Of<'services'>, joins: Joins): readonly Of<'pods'>[] {
  return joins
    .selectedBy(service.metadata.namespace, service.spec.selector)
    .filter(
      ({ metadata, status }) =>
        !metadata.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed',
    );
}

/** What the endpoints of a Service list; addresses count as ready only where a port was found for them. */
type Backends = {
  readonly ready: number;
  readonly unready: number;
  readonly evidence: readonly Evidence[];
};

/** The endpoints of a Service: from its EndpointSlices, else its Endpoints, or 'unknown' when neither was collected. */
export function endpointsOf(service: Of<'services'>, joins: Joins): Backends | 'unknown' {
  const { name, namespace } = service.metadata;
  const slices = joins
    .inNamespace('endpointslices', namespace)
    .filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === name);
  if (slices.length > 0 || joins.knowsAll('endpointslices', namespace)) return inSlices(slices, service);
  const endpoints = joins.find('endpoints', namespace, name);
  if (endpoints === 'unknown') return 'unknown';
  return endpoints === 'absent' ? { ready: 0, unready: 0, evidence: [] } : inEndpoints(endpoints);
}

/** How many ready endpoints a Service has; where none were collected, how many of the pods behind it are ready. */
export function readyBehind(service: Of<'services'>, joins: Joins): number {
  const backends = endpointsOf(service, joins);
  return backends === 'unknown' ? podsBehind(service, joins).filter(isReady).length : backends.ready;
}

function inSlices(slices: readonly Of<'endpointslices'>[], { spec }: Service): Backends {
  let ready = 0;
  let unready = 0;
  const evidence: Evidence[] = [];
  for (const slice of slices) {
    const usable = slice.ports.length > 0 || spec.ports.length === 0;
    // An unknown condition counts as ready, as kube-proxy takes it.
    for (const { conditions } of slice.endpoints)
      if (usable && conditions.ready !== false) ready++;
      else unready++;
    const addresses = slice.endpoints.flatMap(({ addresses }) => addresses).join(', ') || 'no address';
    evidence.push(fieldEvidence(slice.origin, 'endpoints', `${addresses}${usable ? '' : ', no port'}`));
  }
  return { ready, unready, evidence };
}

function inEndpoints({ subsets, origin }: Of<'endpoints'>): Backends {
  const ready = subsets.reduce((sum, { addresses }) => sum + addresses.length, 0);
  const unready = subsets.reduce((sum, { notReadyAddresses }) => sum + notReadyAddresses.length, 0);
  return {
    ready,
    unready,
    evidence: [fieldEvidence(origin, 'subsets', `${ready} ready, ${unready} not ready`)],
  };
}

/** A port that a container declares, with where it stands in the pod. */
export type DeclaredPort = {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
  readonly container: string;
  readonly path: string;
};

/** The ports that a pod declares, those of sidecars too; init containers that end have none that a Service could use. */
export function declaredPorts(spec: PodSpec): DeclaredPort[] {
  const fields = ['containers', 'initContainers'] as const;
  return fields.flatMap((field) =>
    spec[field].flatMap((container, index) =>
      field === 'initContainers' && container.restartPolicy !== 'Always'
        ? []
        : container.ports.map(({ name, containerPort, protocol }, at) => ({
            name,
            port: containerPort ?? 0,
            protocol: protocol ?? 'TCP',
            container: container.name ?? '',
            path: `spec.${field}[${index}].ports[${at}]`,
          })),
    ),
  );
}

/** Where a port of a Service leads: a number, or a name that each pod must declare. */
export function targetOf({ port, targetPort }: ServicePort): number | string | undefined {
  const target = targetPort === undefined || targetPort === 0 ? port : targetPort;
  return typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target;
}

/** The port of a Service that an Ingress, webhook or APIService asks for, by name or number. */
export function portNamed(
  { spec }: Service,
  wanted: { readonly name?: string | undefined; readonly number?: number | undefined },
): ServicePort | undefined {
  return spec.ports.find(({ name, port }) => (wanted.name ? name === wanted.name : port === wanted.number));
}
