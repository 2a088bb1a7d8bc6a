/** The classes that say that a node, or its kubelet, does nothing for its pods any more. */
export const NODE_FAILURES: readonly string[] = [
  'node/kubelet-down',
  'node/not-ready',
  'node/not-ready-runtime',
  'node/not-ready-cni',
  'node/certificate-invalid',
  'node/kernel-hung',
  'node/pleg',
];
