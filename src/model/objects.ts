import {
  apiService,
  customResourceDefinition,
  helmChart,
  lease,
  webhookConfiguration,
} from './objects/api.ts';
import { rawEvent } from './objects/event.ts';
import { ingress, ingressClass, networkPolicy } from './objects/ingress.ts';
import {
  keyed,
  limitRange,
  namespace,
  podDisruptionBudget,
  priorityClass,
  resourceQuota,
  runtimeClass,
  serviceAccount,
} from './objects/namespace.ts';
import { node } from './objects/node.ts';
import { pod } from './objects/pod.ts';
import { endpointSlice, endpoints, service } from './objects/service.ts';
import {
  csiDriver,
  csiNode,
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
  volumeAttachment,
} from './objects/storage.ts';
import {
  cronJob,
  daemonSet,
  deployment,
  horizontalPodAutoscaler,
  job,
  replicaSet,
  statefulSet,
} from './objects/workload.ts';
import type { Shape, Shaped } from './shape.ts';

/** What is read of each kind of object that Casefile knows; other kinds are only counted. */
export const SHAPES = {
  APIService: apiService,
  CSIDriver: csiDriver,
  CSINode: csiNode,
  ConfigMap: keyed,
  CronJob: cronJob,
  CustomResourceDefinition: customResourceDefinition,
  DaemonSet: daemonSet,
  Deployment: deployment,
  EndpointSlice: endpointSlice,
  Endpoints: endpoints,
  Event: rawEvent,
  HelmChart: helmChart,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Ingress: ingress,
  IngressClass: ingressClass,
  Job: job,
  Lease: lease,
  LimitRange: limitRange,
  MutatingWebhookConfiguration: webhookConfiguration,
  Namespace: namespace,
  NetworkPolicy: networkPolicy,
  Node: node,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  Pod: pod,
  PodDisruptionBudget: podDisruptionBudget,
  PriorityClass: priorityClass,
  ReplicaSet: replicaSet,
  ResourceQuota: resourceQuota,
  RuntimeClass: runtimeClass,
  Secret: keyed,
  Service: service,
  ServiceAccount: serviceAccount,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
  ValidatingWebhookConfiguration: webhookConfiguration,
  VolumeAttachment: volumeAttachment,
} as const satisfies Record<string, Shape<unknown>>;

/** A kind that the model holds. */
export type Kind = keyof typeof SHAPES;
/** An object of a kind, trimmed to what the model holds. */
export type ObjectOf<K extends Kind> = Shaped<(typeof SHAPES)[K]>;

/** Whether objects of this kind are read into the model. */
export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(SHAPES, kind);
}
