import type { Cluster } from '../model/cluster.ts';

/** `kubectl top pods` without containers: the usage of a pod with one container is that container's; else it is left out. */
export function settleUsage(cluster: Cluster): Cluster {
  const items = cluster.containerUsage.items.flatMap((usage) => {
    if (usage.container !== '') return [usage];
    const pod = cluster.objects.pods.items.find(
      ({ metadata }) => metadata.namespace === usage.namespace && metadata.name === usage.pod,
    );
    const [only, ...others] = pod?.spec.containers ?? [];
    return only?.name && others.length === 0 ? [{ ...usage, container: only.name }] : [];
  });
  return { ...cluster, containerUsage: { ...cluster.containerUsage, items } };
}
