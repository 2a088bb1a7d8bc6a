import type { Cluster, Log, LogOwner, Of } from '../model/cluster.ts';
import { groupBy } from '../model/group-by.ts';

/** A log that only its path tells the owner of, and that may not tell it all. */
export type StrayLog = { readonly log: Log; readonly path: string; readonly namespace?: string | undefined };

/** Units of a node whose logs are told by the name of the file. */
const UNIT =
  /(?:^|[/_.-])(kubelet|containerd|crio|docker|rke2-server|rke2-agent|k3s-agent|k3s|etcd|dmesg|kernel|journal)(?:[/_.-]|$)/;

/** Gives each stray log to the pod that its path names, the longest name first; what remains has no owner. */
export function settleLogs(cluster: Cluster, strays: readonly StrayLog[]): Cluster {
  if (strays.length === 0) return cluster;
  const settled: Log[] = [];
  const ownerless: string[] = [];
  const podIn = podFinder(cluster.objects.pods.items);
  const taken = new Set(cluster.logs.items.map(({ owner }) => keyOf(owner)));
  for (const stray of strays) {
    const pod = podIn(stray.path, stray.namespace);
    const owner = pod ? containerLog(pod, stray.path) : unitLog(stray.path, cluster);
    if (!owner) ownerless.push(stray.log.file);
    else if (!taken.has(keyOf(owner)) || owner.of === 'node') {
      taken.add(keyOf(owner));
      settled.push({ ...stray.log, owner });
    }
  }
  const logs = { ...cluster.logs, extent: 'all' as const, items: [...cluster.logs.items, ...settled] };
  const unread = ownerless.length > 0 ? [['logs of no known pod', ownerless] as const] : [];
  return { ...cluster, logs, unread: new Map([...cluster.unread, ...unread]) };
}

/** The same for two copies of one log. */
export function keyOf(owner: LogOwner): string {
  return owner.of === 'node'
    ? `node/${owner.node}/${owner.unit}`
    : `${owner.namespace}/${owner.pod}/${owner.container ?? ''}/${owner.previous}`;
}

function unitLog(path: string, { objects }: Cluster): LogOwner | undefined {
  const unit = UNIT.exec(path.toLowerCase())?.[1];
  if (!unit) return undefined;
  const nodes = objects.nodes.items.map(({ metadata }) => metadata.name);
  const node = nodes.find((name) => path.includes(name)) ?? (nodes.length === 1 ? nodes[0] : undefined);
  return { of: 'node', node: node ?? 'unknown', unit: unit === 'dmesg' ? 'kernel' : unit };
}

/**
 * Finds the pod that a path names, the longest name first. To look for each pod in each path would take too long, so
 * they are looked up by the last two words of their names; a name of a single word is found by that one.
 */
function podFinder(
  pods: readonly Of<'pods'>[],
): (path: string, namespace: string | undefined) => Of<'pods'> | undefined {
  const ranks = new Map(pods.map((pod, rank) => [pod, rank]));
  const byLastWords = groupBy(pods, ({ metadata: { name = '' } }) => {
    const last = [...wordsOf(name)].at(-1);
    return last?.both ?? last?.word ?? '';
  });

  return (path, namespace) => {
    let best: { readonly pod: Of<'pods'>; readonly score: number } | undefined;
    const asked = new Set([...wordsOf(path)].flatMap(({ word, both = word }) => [word, both]));
    for (const pod of [...asked].flatMap((words) => byLastWords.get(words) ?? [])) {
      const { name = '', namespace: of = '' } = pod.metadata;
      if ((namespace !== undefined && namespace !== of) || !isPart(path, name)) continue;
      const score = name.length + (isPart(path, of) ? of.length : 0);
      const isFirst = best && score === best.score && (ranks.get(pod) ?? 0) < (ranks.get(best.pod) ?? 0);
      if (!best || score > best.score || isFirst) best = { pod, score };
    }
    return best?.pod;
  };
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

/** The words of a path or a name, each also with the one before it where a single character parts them. */
function* wordsOf(text: string): Iterable<{ readonly word: string; readonly both: string | undefined }> {
  let before = { start: 0, end: -2 };
  for (const { 0: word, index } of text.matchAll(/[^/_. -]+/g)) {
    const end = index + word.length;
    yield { word, both: before.end + 1 === index ? text.slice(before.start, end) : undefined };
    before = { start: index, end };
  }
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
