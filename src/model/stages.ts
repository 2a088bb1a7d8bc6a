/** The stages of a pod's life in order, then the places beside it. */
export const LIFE_LINE = [
  'API server',
  'controller',
  'scheduler',
  'kubelet',
  'container runtime',
  'runc',
  'kernel',
  'application',
] as const;
export const STAGES = [...LIFE_LINE, 'node', 'network', 'storage', 'control plane', 'practice'] as const;
export type Stage = (typeof STAGES)[number];
