import type { Cluster, Log, LogOwner, Of } from '../model/cluster.ts';

/** A log that only its path tells the owner of, and that may not tell it all. */
export type StrayLog = { readonly log: Log; readonly path: string; readonly namespace?: string | undefined };

/** Units of a node whose logs are told by the name of the file. */
const UNIT =
  /(?:^|[/_.-])(kubelet|containerd|crio|docker|rke2-server|rke2-agent|k3s-agent|k3s|etcd|dmesg|kernel|journal)(?:[/_.-]|$)/;

/** Gives each stray log to the pod that its path names, the longest name first; what remains has no owner. */
export function settleLogs(cluster: Cluster, strays: readonly StrayLog[]): Cluster {
  if (strays.length === 0) return cluster;
  const settled: Log[] = [];
  const unread = new Map(cluster.unread);
  const taken = new Set(cluster.logs.items.map(({ owner }) => keyOf(owner)));
  for (const stray of strays) {
    const owner = ownerOf(stray, cluster);
    if (!owner) unread.set(NO_POD, [...(unread.get(NO_POD) ?? []), stray.log.file]);
    else if (!taken.has(keyOf(owner)) || owner.of === 'node') {
      taken.add(keyOf(owner));
      settled.push({ ...stray.log, owner });
    }
  }
  const logs = { ...cluster.logs, extent: 'all' as const, items: [...cluster.logs.items, ...settled] };
  return { ...cluster, logs, unread };
}
const NO_POD = 'logs of no known pod';

/** The same for two copies of one log. */
export function keyOf(owner: LogOwner): string {
  return owner.of === 'node'
    ? `node/${owner.node}/${owner.unit}`
    : `${owner.namespace}/${owner.pod}/${owner.container ?? ''}/${owner.previous}`;
}

function ownerOf({ path, namespace }: StrayLog, cluster: Cluster): LogOwner | undefined {
  const pod = longestNamed(cluster.objects.pods.items, path, namespace);
  if (pod) return containerLog(pod, path);
  const unit = UNIT.exec(path.toLowerCase())?.[1];
  const nodes = cluster.objects.nodes.items.map(({ metadata }) => metadata.name);
  const node = nodes.find((name) => path.includes(name)) ?? (nodes.length === 1 ? nodes[0] : undefined);
  return unit ? { of: 'node', node: node ?? 'unknown', unit: unit === 'dmesg' ? 'kernel' : unit } : undefined;
}

function longestNamed(
  pods: readonly Of<'pods'>[],
  path: string,
  namespace: string | undefined,
): Of<'pods'> | undefined {
  let best: { readonly pod: Of<'pods'>; readonly score: number } | undefined;
  for (const pod of pods) {
    const { name = '', namespace: of = '' } = pod.metadata;
    if (name === '' || (namespace !== undefined && namespace !== of) || !isPart(path, name)) continue;
    const score = name.length + (isPart(path, of) ? of.length : 0);
    if (!best || score > best.score) best = { pod, score };
  }
  return best?.pod;
}

function containerLog(pod: Of<'pods'>, path: string): LogOwner {
  const { name = '', namespace = '' } = pod.metadata;
  const rest = path.slice(path.lastIndexOf(name) + name.length);
  const { containers, initContainers } = pod.spec;
  const names = [...containers, ...initContainers].flatMap((container) => container.name ?? []);
  const named = names.filter((one) => isPart(rest, one)).sort((a, b) => b.length - a.length)[0];
  return {
    of: 'container',
    namespace,
    pod: name,
    container: named ?? (names.length === 1 ? names[0] : undefined),
    previous: /(?:^|[/_.-])prev(?:ious)?(?:[/_.-]|$)|\.log\.1$/.test(rest),
  };
}

/** Whether a path holds a name that is no piece of a longer word. */
function isPart(path: string, name: string): boolean {
  for (let at = path.indexOf(name); name !== '' && at >= 0; at = path.indexOf(name, at + 1)) {
    const before = path[at - 1] ?? '/';
    const after = path[at + name.length] ?? '/';
    if (/[/_. -]/.test(before) && /[/_. -]/.test(after)) return true;
  }
  return false;
}
