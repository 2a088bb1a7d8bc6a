import type * as meta from 'kubernetes-types/meta/v1.js';
import { flag, list, map, number, record, type Shape, type Shaped, section, shared, text } from '../shape.ts';

/** Holds a shape to the field names of the Kubernetes type that it reads, so that a misspelt field does not compile. */
type FieldsOf<K8s> = { [Field in keyof K8s]?: Shape<unknown> };
export const fields =
  <K8s>() =>
  <F extends FieldsOf<K8s>>(shapes: F): F =>
    shapes;

/** A number or a name, as ports and rolling-update bounds are written. */
export type IntOrString = number | string;
export const intOrString: Shape<IntOrString | undefined> = (value) =>
  typeof value === 'number' || typeof value === 'string' ? value : undefined;

/** Annotations that decide something; all others may hold copies of objects and are not kept. */
const KEPT_ANNOTATIONS = new Set([
  'kubernetes.io/config.mirror',
  'kubernetes.io/config.source',
  'deployment.kubernetes.io/revision',
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
  'ingressclass.kubernetes.io/is-default-class',
  'kubernetes.io/ingress.class',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volume.beta.kubernetes.io/storage-class',
  'cluster-autoscaler.kubernetes.io/safe-to-evict',
]);
export const annotations: Shape<Readonly<Record<string, string>>> = shared(map(text, KEPT_ANNOTATIONS));

/** The time of the newest change that managedFields record, leaving status updates out. */
const lastChange: Shape<string | undefined> = (value) => {
  if (!Array.isArray(value)) return undefined;
  let newest: string | undefined;
  for (const entry of value as readonly unknown[]) {
    const { time, subresource } = section({ time: text, subresource: text })(entry);
    if (time && subresource !== 'status' && (!newest || time > newest)) newest = time;
  }
  return newest;
};

const ownerReference = record(
  fields<meta.OwnerReference>()({ kind: text, name: text, uid: text, controller: flag }),
);

export const metadata = section(
  fields<meta.ObjectMeta>()({
    name: text,
    namespace: text,
    uid: text,
    labels: shared(map(text)),
    annotations,
    ownerReferences: shared(list(ownerReference)),
    creationTimestamp: text,
    deletionTimestamp: text,
    deletionGracePeriodSeconds: number,
    finalizers: list(text),
    generation: number,
    /** Not the list but the time of the newest change that is no status update. */
    managedFields: lastChange,
  }),
);
export type Metadata = Shaped<typeof metadata>;

export const condition = record({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: text,
  lastHeartbeatTime: text,
  lastUpdateTime: text,
});
export type Condition = NonNullable<Shaped<typeof condition>>;

export const labelSelector = record(
  fields<meta.LabelSelector>()({
    matchLabels: map(text),
    matchExpressions: list(
      record(fields<meta.LabelSelectorRequirement>()({ key: text, operator: text, values: list(text) })),
    ),
  }),
);
export type LabelSelector = NonNullable<Shaped<typeof labelSelector>>;
