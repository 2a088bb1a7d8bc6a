import { list, number, record, section, text } from '../shape.ts';
import { condition, labelSelector, metadata } from './metadata.ts';

export const lease = section({
  metadata,
  spec: section({ holderIdentity: text, renewTime: text, acquireTime: text, leaseDurationSeconds: number }),
});
const serviceReference = record({ namespace: text, name: text, port: number });
export const apiService = section({
  metadata,
  spec: section({ group: text, version: text, service: serviceReference }),
  status: section({ conditions: list(condition) }),
});
export const webhookConfiguration = section({
  metadata,
  webhooks: list(
    record({
      name: text,
      failurePolicy: text,
      timeoutSeconds: number,
      clientConfig: section({
        url: text,
        service: record({ namespace: text, name: text, path: text, port: number }),
      }),
      namespaceSelector: labelSelector,
      objectSelector: labelSelector,
      rules: list(
        record({ operations: list(text), apiGroups: list(text), resources: list(text), scope: text }),
      ),
    }),
  ),
});
export const customResourceDefinition = section({
  metadata,
  spec: section({ group: text, names: section({ kind: text, plural: text }) }),
  status: section({ conditions: list(condition) }),
});
export const helmChart = section({
  metadata,
  spec: section({ chart: text, targetNamespace: text, version: text }),
  status: section({ jobName: text, conditions: list(condition) }),
});
