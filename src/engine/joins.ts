import type { Cluster, Log, Of, Resource } from '../model/cluster.ts';
import { isTrue } from '../model/conditions.ts';
import { isReady } from '../model/containers.ts';
import { groupBy } from '../model/group-by.ts';
import type { Joins } from '../model/joins.ts';
import { serviceOf } from '../model/objects/ingress.ts';
import type { Metadata } from '../model/objects/metadata.ts';
import { once } from '../model/once.ts';
import { type Ref, refKey, refOf, refTo } from '../model/ref.ts';
import { fitsSelector, isSelected } from '../model/selectors.ts';

/** Draws the joins of a cluster; each index is made when it is first asked for. */
export function createJoins(cluster: Cluster): Joins {
  const byName = lazily((resource: Resource) => indexByName(cluster.objects[resource].items));
  const byNamespace = lazily((resource: Resource) =>
    groupBy(
      cluster.objects[resource].items as readonly Of<Resource>[],
      ({ metadata }) => metadata.namespace ?? '',
    ),
  );
  const byLabel = lazily((label: string) =>
    groupBy(
      cluster.objects.pods.items.filter(({ metadata }) => metadata.labels[label] !== undefined),
      ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.labels[label] ?? ''}`,
    ),
  );
  const owners = once(
    () => new Map(cluster.objects.pods.items.map((pod) => [pod, findWorkload(joins, pod)])),
  );
  const podsByWorkload = once(() =>
    groupBy(cluster.objects.pods.items, (pod) => refKey(joins.workloadOf(pod))),
  );
  const podsByNode = once(() => groupBy(cluster.objects.pods.items, (pod) => pod.spec.nodeName ?? ''));
  const events = once(() => groupBy(cluster.events.items, ({ object }) => refKey(object)));
  const logs = once(() => groupBy(cluster.logs.items, logKey));
  const hits = once(() =>
    groupBy(
      cluster.logs.items.flatMap((log) => log.hits.map((hit) => ({ log, hit }))),
      ({ hit }) => hit.classifier,
    ),
  );
  const addresses = once(() => addressBook(cluster));

  const joins: Joins = {
    find<R extends Resource>(resource: R, namespace: string | undefined, name: string) {
      const found = byName(resource).get(`${namespace ?? ''}/${name}`);
      // The index of a resource holds objects of that resource.
      if (found) return found as unknown as Of<R>;
      return joins.knowsAll(resource, namespace) ? 'absent' : 'unknown';
    },
    knowsAll(resource, namespace) {
      const { extent, namespaces } = cluster.objects[resource];
      return extent === 'all' || (namespace !== undefined && (namespaces?.has(namespace) ?? false));
    },
    inNamespace<R extends Resource>(resource: R, namespace: string | undefined) {
      return (byNamespace(resource).get(namespace ?? '') ?? []) as unknown as readonly Of<R>[];
    },
    workloadOf: (pod) => owners().get(pod) ?? refOf(pod),
    ownerOf: (ref) => ownerOf(joins, ref),
    podsOf: (workload) => podsByWorkload().get(refKey(workload)) ?? [],
    selectedBy(namespace, selector) {
      const [first] = Object.entries(selector);
      const candidates = first && byLabel(first[0]).get(`${namespace ?? ''}/${first[1]}`);
      return (candidates ?? []).filter(({ metadata }) => isSelected(metadata.labels, selector));
    },
    matching: (namespace, selector) =>
      joins.inNamespace('pods', namespace).filter(({ metadata }) => fitsSelector(metadata.labels, selector)),
    eventsOf: (ref) => events().get(refKey(ref)) ?? [],
    logsOf: (pod, container) => logsOf(logs(), pod, container),
    hitsOf: (classifier) => hits().get(classifier) ?? [],
    podsOn: (node) => podsByNode().get(node) ?? [],
    atAddress: (address, from) => addresses()(address, from),
    unreadyNodes: once(
      () =>
        new Set(
          cluster.objects.nodes.items
            .filter(({ status }) => !isTrue(status.conditions, 'Ready'))
            .map(({ metadata }) => metadata.name),
        ),
    ),
  };
  return joins;
}

/** The controller of a pod, and that one's controller: a ReplicaSet's Deployment, a Job's CronJob. */
function findWorkload(joins: Joins, pod: Of<'pods'>): Ref {
  const { metadata } = pod;
  const owner = controllerOf(metadata);
  if (!owner) return refOf(pod);
  // One step only: nothing forbids a bundle to have pods that own one another in a ring.
  if (owner.kind === 'Pod') return owner;
  if (owner.kind !== 'ReplicaSet') return ownerOf(joins, owner);
  const known = joins.find('replicasets', metadata.namespace, owner.name);
  if (typeof known !== 'string') return ownerOf(joins, owner);
  // Where ReplicaSets were not collected, the pod's template hash tells the Deployment's name.
  const hash = metadata.labels['pod-template-hash'];
  if (hash && owner.name.endsWith(`-${hash}`))
    return refTo('Deployment', metadata.namespace, owner.name.slice(0, -hash.length - 1));
  return owner;
}

const OWNED = { Pod: 'pods', ReplicaSet: 'replicasets', Job: 'jobs' } as const;

function ownerOf(joins: Joins, ref: Ref): Ref {
  if (!Object.hasOwn(OWNED, ref.kind)) return ref;
  const object = joins.find(OWNED[ref.kind as keyof typeof OWNED], ref.namespace, ref.name);
  if (typeof object === 'string') return ref;
  if (ref.kind === 'Pod') return joins.workloadOf(object as Of<'pods'>);
  const owner = controllerOf(object.metadata);
  return owner ?? ref;
}

function controllerOf(metadata: Metadata): Ref | undefined {
  const owner = metadata.ownerReferences.find(({ controller }) => controller) ?? metadata.ownerReferences[0];
  // A static pod's owner is its node: it has no workload.
  if (!owner?.kind || !owner.name || owner.kind === 'Node') return undefined;
  return refTo(owner.kind, metadata.namespace, owner.name);
}

function logKey({ owner }: Log): string {
  return owner.of === 'container' ? `${owner.namespace}/${owner.pod}/${owner.container ?? ''}` : '';
}

function logsOf(
  logs: ReadonlyMap<string, readonly Log[]>,
  pod: Of<'pods'>,
  container: string,
): readonly Log[] {
  const path = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  const alone = pod.spec.containers.length === 1 ? (logs.get(`${path}/`) ?? []) : [];
  const found = [...(logs.get(`${path}/${container}`) ?? []), ...alone];
  return found.sort((a, b) => Number(isPrevious(b)) - Number(isPrevious(a)));
}

function isPrevious({ owner }: Log): boolean {
  return owner.of === 'container' && owner.previous;
}

/** Resolves what a client would connect to: service names as DNS completes them, ClusterIPs, pod IPs and hosts of an Ingress. */
function addressBook(cluster: Cluster): (address: string, from: string | undefined) => Ref | undefined {
  const byIp = new Map<string, Ref>();
  const byDns = new Map<string, Ref>();
  for (const pod of cluster.objects.pods.items)
    if (pod.status.podIP && !pod.spec.hostNetwork && isReady(pod)) byIp.set(pod.status.podIP, refOf(pod));
  for (const service of cluster.objects.services.items) {
    const ref = refOf(service);
    byDns.set(`${ref.name}.${ref.namespace ?? ''}`, ref);
    for (const ip of [service.spec.clusterIP, ...service.spec.clusterIPs])
      if (ip && ip !== 'None') byIp.set(ip, ref);
  }
  const byHost = new Map<string, Ref>();
  for (const { metadata, spec } of cluster.objects.ingresses.items)
    for (const { host, http } of spec.rules) {
      const service = serviceOf(http.paths[0]?.backend);
      if (host && service) byHost.set(host, refTo('Service', metadata.namespace, service));
    }
  return (address, from) => {
    const host = hostOf(address);
    const known = byIp.get(host) ?? byHost.get(host);
    if (known) return known;
    const labels = host.replace(/\.$/, '').split('.');
    const [first = '', second, third] = labels;
    if (second === undefined) return byDns.get(`${first}.${from ?? ''}`);
    // db.store, db.store.svc…, and pod.service.namespace.svc of a StatefulSet.
    return byDns.get(`${first}.${second}`) ?? (third ? byDns.get(`${second}.${third}`) : undefined);
  };
}

function hostOf(address: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(address)?.[1];
  return bracketed ?? address.replace(/:\d+$/, '').toLowerCase();
}

function indexByName<R extends Resource>(items: readonly Of<R>[]): Map<string, Of<R>> {
  return new Map(items.map((item) => [`${item.metadata.namespace ?? ''}/${item.metadata.name}`, item]));
}

/** Makes a value for each argument when it is first asked for. */
function lazily<A, T>(make: (argument: A) => T): (argument: A) => T {
  const made = new Map<A, T>();
  return (argument) => {
    const known = made.get(argument);
    if (known !== undefined) return known;
    const value = make(argument);
    made.set(argument, value);
    return value;
  };
}
