import type * as core from 'kubernetes-types/core/v1.js';
import { flag, list, map, number, record, type Shaped, section, text } from '../shape.ts';
import { annotations, condition, fields, metadata } from './metadata.ts';
import { podSpec } from './pod-spec.ts';

const terminated = record(
  fields<core.ContainerStateTerminated>()({
    exitCode: number,
    signal: number,
    reason: text,
    message: text,
    startedAt: text,
    finishedAt: text,
  }),
);
export type Terminated = NonNullable<Shaped<typeof terminated>>;
const containerState = section(
  fields<core.ContainerState>()({
    waiting: record({ reason: text, message: text }),
    running: record({ startedAt: text }),
    terminated,
  }),
);
const containerStatus = record(
  fields<core.ContainerStatus>()({
    name: text,
    image: text,
    imageID: text,
    ready: flag,
    started: flag,
    restartCount: number,
    state: containerState,
    lastState: containerState,
  }),
);
export type ContainerStatus = NonNullable<Shaped<typeof containerStatus>>;

export const pod = section({
  metadata,
  spec: podSpec,
  status: section(
    fields<core.PodStatus>()({
      phase: text,
      reason: text,
      message: text,
      podIP: text,
      hostIP: text,
      startTime: text,
      qosClass: text,
      nominatedNodeName: text,
      conditions: list(condition),
      initContainerStatuses: list(containerStatus),
      containerStatuses: list(containerStatus),
      ephemeralContainerStatuses: list(containerStatus),
    }),
  ),
});
export type Pod = Shaped<typeof pod>;

export const template = section({ metadata: section({ labels: map(text), annotations }), spec: podSpec });
export type PodTemplate = Shaped<typeof template>;
