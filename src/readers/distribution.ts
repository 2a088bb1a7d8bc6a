import type { Distribution, Of } from '../model/cluster.ts';

/** What made the cluster, as its version and its nodes tell; an upstream version with kubeadm's own ConfigMap is kubeadm's. */
export function distributionOf(
  version: string | undefined,
  nodes: readonly Of<'nodes'>[],
  configMaps: readonly Of<'configmaps'>[],
): Distribution | undefined {
  const versions = [version ?? '', ...nodes.map(({ status }) => status.nodeInfo.kubeletVersion ?? '')];
  if (versions.some((one) => one.includes('+rke2'))) return 'rke2';
  if (versions.some((one) => one.includes('+k3s'))) return 'k3s';
  if (nodes.some(({ metadata }) => metadata.labels['node.openshift.io/os_id'] !== undefined))
    return 'openshift';
  const kubeadm = configMaps.some(
    ({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kubeadm-config',
  );
  return kubeadm ? 'kubeadm' : undefined;
}
