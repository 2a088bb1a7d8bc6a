import type * as core from 'kubernetes-types/core/v1.js';
import { flag, list, map, number, record, type Shaped, section, text } from '../shape.ts';
import { fields, intOrString, metadata } from './metadata.ts';

export const service = section({
  metadata,
  spec: section(
    fields<core.ServiceSpec>()({
      type: text,
      clusterIP: text,
      clusterIPs: list(text),
      externalName: text,
      selector: map(text),
      publishNotReadyAddresses: flag,
      externalIPs: list(text),
      ports: list(
        record(
          fields<core.ServicePort>()({
            name: text,
            port: number,
            targetPort: intOrString,
            nodePort: number,
            protocol: text,
          }),
        ),
      ),
    }),
  ),
  status: section({ loadBalancer: section({ ingress: list(record({ ip: text, hostname: text })) }) }),
});
export type Service = Shaped<typeof service>;

export const targetRef = record({ kind: text, name: text, namespace: text, uid: text });
const endpointAddress = record({ ip: text, nodeName: text, targetRef });
export const endpoints = section({
  metadata,
  subsets: list(
    record({
      addresses: list(endpointAddress),
      notReadyAddresses: list(endpointAddress),
      ports: list(record({ name: text, port: number, protocol: text })),
    }),
  ),
});
export const endpointSlice = section({
  metadata,
  addressType: text,
  endpoints: list(
    record({
      addresses: list(text),
      conditions: section({ ready: flag, serving: flag, terminating: flag }),
      nodeName: text,
      targetRef,
    }),
  ),
  ports: list(record({ name: text, port: number, protocol: text })),
});
