import { flag, keys, list, map, number, record, section, text } from '../shape.ts';
import { nameOnly } from './container.ts';
import { condition, intOrString, labelSelector, metadata } from './metadata.ts';

/** Of a ConfigMap or Secret only the names of its keys are kept. */
export const keyed = section({ metadata, type: text, data: keys, binaryData: keys, immutable: flag });

export const serviceAccount = section({
  metadata,
  imagePullSecrets: list(nameOnly),
  automountServiceAccountToken: flag,
});

export const namespace = section({ metadata, status: section({ phase: text, conditions: list(condition) }) });

export const resourceQuota = section({
  metadata,
  spec: section({ hard: map(text), scopes: list(text) }),
  status: section({ hard: map(text), used: map(text) }),
});
export const limitRange = section({
  metadata,
  spec: section({
    limits: list(
      record({ type: text, max: map(text), min: map(text), default: map(text), defaultRequest: map(text) }),
    ),
  }),
});

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

export const priorityClass = section({ metadata, value: number, globalDefault: flag });
export const runtimeClass = section({ metadata, handler: text });
