/** The classes that say that a node, or its kubelet, does nothing for any of its pods any more. */
export const LOST_NODE: readonly string[] = [
  'node/kubelet-down',
  'node/not-ready',
  'node/not-ready-runtime',
  'node/certificate-invalid',
  'node/kernel-hung',
  'node/pleg',
];

/** The same, and what pods on the host's own network do not mind. */
export const NODE_FAILURES: readonly string[] = [...LOST_NODE, 'node/not-ready-cni'];
