import type * as apps from 'kubernetes-types/apps/v1.js';
import { flag, list, number, record, section, text } from '../shape.ts';
import { condition, fields, intOrString, labelSelector, metadata } from './metadata.ts';
import { template } from './pod.ts';
import { targetRef } from './service.ts';
import { claimSpec } from './storage.ts';

const intervals = { minReadySeconds: number, progressDeadlineSeconds: number, revisionHistoryLimit: number };
export const deployment = section({
  metadata,
  spec: section({
    ...fields<apps.DeploymentSpec>()(intervals),
    replicas: number,
    paused: flag,
    selector: labelSelector,
    strategy: record({
      type: text,
      rollingUpdate: record({ maxUnavailable: intOrString, maxSurge: intOrString }),
    }),
    template,
  }),
  status: section(
    fields<apps.DeploymentStatus>()({
      observedGeneration: number,
      replicas: number,
      readyReplicas: number,
      availableReplicas: number,
      unavailableReplicas: number,
      updatedReplicas: number,
      conditions: list(condition),
    }),
  ),
});
export const replicaSet = section({
  metadata,
  spec: section({ replicas: number, selector: labelSelector, template }),
  status: section({
    replicas: number,
    readyReplicas: number,
    availableReplicas: number,
    observedGeneration: number,
    conditions: list(condition),
  }),
});
export const statefulSet = section({
  metadata,
  spec: section({
    replicas: number,
    serviceName: text,
    podManagementPolicy: text,
    selector: labelSelector,
    updateStrategy: record({ type: text, rollingUpdate: record({ partition: number }) }),
    template,
    volumeClaimTemplates: list(section({ metadata: section({ name: text }), spec: claimSpec })),
  }),
  status: section({
    observedGeneration: number,
    replicas: number,
    readyReplicas: number,
    currentReplicas: number,
    updatedReplicas: number,
    currentRevision: text,
    updateRevision: text,
    conditions: list(condition),
  }),
});
export const daemonSet = section({
  metadata,
  spec: section({ selector: labelSelector, template, updateStrategy: record({ type: text }) }),
  status: section(
    fields<apps.DaemonSetStatus>()({
      observedGeneration: number,
      desiredNumberScheduled: number,
      currentNumberScheduled: number,
      numberReady: number,
      numberAvailable: number,
      numberUnavailable: number,
      numberMisscheduled: number,
      updatedNumberScheduled: number,
      conditions: list(condition),
    }),
  ),
});
export const job = section({
  metadata,
  spec: section({
    completions: number,
    parallelism: number,
    backoffLimit: number,
    activeDeadlineSeconds: number,
    suspend: flag,
    selector: labelSelector,
    template,
  }),
  status: section({
    active: number,
    succeeded: number,
    failed: number,
    startTime: text,
    completionTime: text,
    conditions: list(condition),
  }),
});
export const cronJob = section({
  metadata,
  spec: section({
    schedule: text,
    timeZone: text,
    suspend: flag,
    concurrencyPolicy: text,
    startingDeadlineSeconds: number,
    jobTemplate: section({ spec: section({ template }) }),
  }),
  status: section({ lastScheduleTime: text, lastSuccessfulTime: text, active: list(targetRef) }),
});

export const horizontalPodAutoscaler = section({
  metadata,
  spec: section({
    scaleTargetRef: section({ kind: text, name: text, apiVersion: text }),
    minReplicas: number,
    maxReplicas: number,
    targetCPUUtilizationPercentage: number,
    metrics: list(
      record({
        type: text,
        resource: record({ name: text, target: record({ type: text, averageUtilization: number }) }),
        containerResource: record({ name: text, container: text }),
      }),
    ),
  }),
  status: section({ currentReplicas: number, desiredReplicas: number, conditions: list(condition) }),
});
