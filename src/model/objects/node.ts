import type * as core from 'kubernetes-types/core/v1.js';
import { flag, list, map, number, record, type Shaped, section, text } from '../shape.ts';
import { condition, fields, metadata } from './metadata.ts';

const taint = record({ key: text, value: text, effect: text, timeAdded: text });
export type Taint = NonNullable<Shaped<typeof taint>>;
export const node = section({
  metadata,
  spec: section(
    fields<core.NodeSpec>()({ unschedulable: flag, taints: list(taint), podCIDR: text, providerID: text }),
  ),
  status: section(
    fields<core.NodeStatus>()({
      capacity: map(text),
      allocatable: map(text),
      conditions: list(condition),
      addresses: list(record({ type: text, address: text })),
      images: list(record({ names: list(text), sizeBytes: number })),
      nodeInfo: section(
        fields<core.NodeSystemInfo>()({
          kubeletVersion: text,
          kubeProxyVersion: text,
          containerRuntimeVersion: text,
          kernelVersion: text,
          osImage: text,
          operatingSystem: text,
          architecture: text,
          bootID: text,
        }),
      ),
    }),
  ),
});
export type Node = Shaped<typeof node>;
