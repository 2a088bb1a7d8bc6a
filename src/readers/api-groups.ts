/** The API groups whose kinds the model holds; `core` is how must-gather calls the group without a name. */
const GROUPS = new Set([
  '',
  'core',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'helm.cattle.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** Whether a group is one of Kubernetes' own: many others have a Node, an Ingress or a Service too. */
export function isModelledGroup(group: string): boolean {
  return GROUPS.has(group);
}

/** Whether an apiVersion (`v1`, `apps/v1`) is of one of Kubernetes' own groups; what is not said is taken for it. */
export function isModelledVersion(apiVersion: unknown): boolean {
  return typeof apiVersion !== 'string' || GROUPS.has(apiVersion.replace(/\/?[^/]*$/, ''));
}
