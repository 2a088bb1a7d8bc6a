import { RESOURCES, type Resource } from '../../model/cluster.ts';
import { isModelledGroup } from '../api-groups.ts';

/** Names of resources that tools abbreviate, and those whose plural has more than an s. */
const ALIASES: Readonly<Record<string, Resource>> = {
  cm: 'configmaps',
  deploy: 'deployments',
  ds: 'daemonsets',
  ep: 'endpoints',
  hpa: 'horizontalpodautoscalers',
  ing: 'ingresses',
  ingress: 'ingresses',
  ingressclass: 'ingressclasses',
  networkpolicy: 'networkpolicies',
  ns: 'namespaces',
  pdb: 'poddisruptionbudgets',
  po: 'pods',
  priorityclass: 'priorityclasses',
  pv: 'persistentvolumes',
  pvs: 'persistentvolumes',
  pvc: 'persistentvolumeclaims',
  pvcs: 'persistentvolumeclaims',
  rs: 'replicasets',
  sa: 'serviceaccounts',
  sc: 'storageclasses',
  storageclass: 'storageclasses',
  sts: 'statefulsets',
  svc: 'services',
};

/**
 * The resource that a word in a path or command means: `pvcs`, `Pod`, `network-policy`, `deployments.apps`,
 * `core_v1_pods`, `pods.2`; nothing for those of other groups, `nodes.longhorn.io`.
 */
export function resourceNamed(word: string): Resource | 'events' | undefined {
  const [, group = '', name = '', suffix = ''] =
    /^(?:([a-z.0-9]*)_v\d[a-z0-9]*_)?([A-Za-z-]+)(?:\.(.*))?$/.exec(word.replace(/^-/, '')) ?? [];
  if (!isModelledGroup(group) || !(/^\d*$/.test(suffix) || isModelledGroup(suffix))) return undefined;
  return resourceOfName(name.replace(/-/g, '').toLowerCase());
}

function resourceOfName(name: string): Resource | 'events' | undefined {
  if (/^(?:ev|events?)$/.test(name)) return 'events';
  for (const candidate of [name, `${name}s`])
    if (Object.hasOwn(RESOURCES, candidate)) return candidate as Resource;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
}
