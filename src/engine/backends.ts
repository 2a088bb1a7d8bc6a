import type { Cluster, Of } from '../model/cluster.ts';
import { isReady } from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import type { Container } from '../model/objects/container.ts';
import { serviceOf } from '../model/objects/ingress.ts';
import type { PodSpec } from '../model/objects/pod-spec.ts';
import { formatRef, type Ref, refOf, refTo } from '../model/ref.ts';
import { workloadsSelectedBy } from '../model/workloads.ts';

/** Something that an object needs to work, and how it is tied to it, for people. */
type Backend = { readonly ref: Ref; readonly reason: string };

/** What an Ingress, webhook configuration, APIService, autoscaler or a volume of a CSI driver depends on. */
export function backendsOf(
  { subject, culprit }: { readonly subject: Ref; readonly culprit?: Ref | undefined },
  joins: Joins,
  cluster: Cluster,
): Backend[] {
  const refs: Ref[] = culprit?.kind === 'Service' ? [culprit] : [];
  if (subject.kind === 'Ingress')
    refs.push(...ingressServices(joins.find('ingresses', subject.namespace, subject.name)));
  if (subject.kind === 'APIService') {
    const found = joins.find('apiservices', undefined, subject.name);
    const service = typeof found === 'string' ? undefined : found.spec.service;
    if (service?.name) refs.push(refTo('Service', service.namespace, service.name));
  }
  if (subject.kind === 'HorizontalPodAutoscaler')
    refs.push(refTo('APIService', undefined, 'v1beta1.metrics.k8s.io'));
  const backends = refs.map((ref) => ({ ref, reason: `points at ${formatRef(ref)}` }));
  return culprit?.kind === 'CSIDriver' ? [...backends, ...driverSets(culprit.name, cluster)] : backends;
}

function ingressServices(ingress: Of<'ingresses'> | 'absent' | 'unknown'): Ref[] {
  if (typeof ingress === 'string') return [];
  const { defaultBackend, backend, rules } = ingress.spec;
  const backends = [
    defaultBackend,
    backend,
    ...rules.flatMap(({ http }) => http.paths.map((path) => path.backend)),
  ];
  return backends
    .map(serviceOf)
    .filter((name) => name !== undefined)
    .map((name) => refTo('Service', ingress.metadata.namespace, name));
}

/** The DaemonSets that bring a CSI driver to the nodes: the kubelet finds its socket below a folder of the driver's name. */
function driverSets(driver: string, cluster: Cluster): Backend[] {
  return cluster.objects.daemonsets.items
    .filter(({ spec }) => namesDriver(spec.template.spec, driver))
    .map((set) => {
      const ref = refOf(set);
      return { ref, reason: `needs driver ${driver}, which ${formatRef(ref)} brings to the nodes` };
    });
}

function namesDriver({ containers, volumes }: PodSpec, driver: string): boolean {
  const said = [
    ...volumes.map(({ hostPath }) => hostPath?.path),
    ...containers.flatMap(({ args, command, env }: Container) => [
      ...args,
      ...command,
      ...env.map(({ value }) => value),
    ]),
  ];
  return said.some((text) => text?.split(/[/=\s,]/).includes(driver));
}

/** Where a runtime looks for the network plugin's configuration and programs. */
const PLUGIN_FOLDER = /\/cni\/(?:net\.d|bin)\/?$/;

/** The workloads whose pods should bring the network plugin to a node, and are not ready there. */
export function networkOf(node: string, joins: Joins): Ref[] {
  return joins
    .podsOn(node)
    .filter((pod) => !isReady(pod))
    .filter(({ spec }) => spec.volumes.some(({ hostPath }) => PLUGIN_FOLDER.test(hostPath?.path ?? '')))
    .map(joins.workloadOf);
}

/** The workload of kube-proxy, without which the addresses of Services lead nowhere, where it is not ready on a node. */
export function serviceProxyOf(node: string, joins: Joins): Ref[] {
  return joins
    .podsOn(node)
    .filter((pod) => !isReady(pod))
    .filter(({ spec }) => spec.containers.some(({ name }) => name === 'kube-proxy'))
    .map(joins.workloadOf);
}

/** Whether it is a chart by which RKE2 installs a network plugin. */
export function isNetworkChart({ kind, name }: Ref): boolean {
  return kind === 'HelmChart' && /^rke2-(?:canal|calico|cilium|flannel|multus)\b/.test(name);
}

/** The workloads whose pods a Service selects, or would select if they made any. */
export function workloadsBehind(service: Ref, joins: Joins): Ref[] {
  const found = joins.find('services', service.namespace, service.name);
  if (typeof found === 'string') return [];
  const { selector } = found.spec;
  const pods = joins.selectedBy(service.namespace, selector);
  if (pods.length > 0) return pods.map(joins.workloadOf);
  return workloadsSelectedBy(service.namespace, selector, joins).map(({ ref }) => ref);
}
