import { flag, keys, list, map, number, record, type Shaped, section, text } from '../shape.ts';
import { nameOnly } from './container.ts';
import { condition, intOrString, labelSelector, metadata } from './metadata.ts';

/** Of a ConfigMap or Secret only the names of its keys are kept. */
export const keyed = section({ metadata, type: text, data: keys, binaryData: keys, immutable: flag });
export type Keyed = Shaped<typeof keyed>;

export const serviceAccount = section({
  metadata,
  imagePullSecrets: list(nameOnly),
  automountServiceAccountToken: flag,
});
export type ServiceAccount = Shaped<typeof serviceAccount>;

export const namespace = section({ metadata, status: section({ phase: text, conditions: list(condition) }) });
export type Namespace = Shaped<typeof namespace>;

export const resourceQuota = section({
  metadata,
  spec: section({ hard: map(text), scopes: list(text) }),
  status: section({ hard: map(text), used: map(text) }),
});
export type ResourceQuota = Shaped<typeof resourceQuota>;
export const limitRange = section({
  metadata,
  spec: section({
    limits: list(
      record({ type: text, max: map(text), min: map(text), default: map(text), defaultRequest: map(text) }),
    ),
  }),
});
export type LimitRange = Shaped<typeof limitRange>;

export const podDisruptionBudget = section({
  metadata,
  spec: section({ minAvailable: intOrString, maxUnavailable: intOrString, selector: labelSelector }),
  status: section({
    currentHealthy: number,
    desiredHealthy: number,
    disruptionsAllowed: number,
    expectedPods: number,
    conditions: list(condition),
  }),
});
export type PodDisruptionBudget = Shaped<typeof podDisruptionBudget>;

export const priorityClass = section({ metadata, value: number, globalDefault: flag });
export type PriorityClass = Shaped<typeof priorityClass>;
export const runtimeClass = section({ metadata, handler: text });
export type RuntimeClass = Shaped<typeof runtimeClass>;
