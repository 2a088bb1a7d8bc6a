import type * as core from 'kubernetes-types/core/v1.js';
import { flag, list, map, number, record, type Shaped, section, shared, text } from '../shape.ts';
import { container, nameOnly } from './container.ts';
import { fields, labelSelector } from './metadata.ts';

const volume = record(
  fields<core.Volume>()({
    name: text,
    configMap: record({ name: text, optional: flag, items: list(record({ key: text, path: text })) }),
    secret: record({ secretName: text, optional: flag, items: list(record({ key: text, path: text })) }),
    persistentVolumeClaim: record({ claimName: text, readOnly: flag }),
    hostPath: record({ path: text, type: text }),
    emptyDir: record({ medium: text, sizeLimit: text }),
    nfs: record({ server: text, path: text }),
    csi: record({ driver: text }),
    ephemeral: record({ volumeClaimTemplate: record({ spec: record({ storageClassName: text }) }) }),
    projected: record({
      sources: list(
        record({
          configMap: record({ name: text, optional: flag, items: list(record({ key: text })) }),
          secret: record({ name: text, optional: flag, items: list(record({ key: text })) }),
          serviceAccountToken: record({ path: text }),
        }),
      ),
    }),
  }),
);

const requirement = record({ key: text, operator: text, values: list(text) });
export const nodeSelectorTerm = record({
  matchExpressions: list(requirement),
  matchFields: list(requirement),
});
export type NodeSelectorTerm = NonNullable<Shaped<typeof nodeSelectorTerm>>;
const podAffinityTerm = record({ labelSelector, topologyKey: text, namespaces: list(text) });
const podAffinity = record({ requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm) });
const toleration = record({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: number,
});
export type Toleration = NonNullable<Shaped<typeof toleration>>;

export const podSpec = section(
  fields<core.PodSpec>()({
    nodeName: text,
    serviceAccountName: text,
    automountServiceAccountToken: flag,
    restartPolicy: text,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    dnsPolicy: text,
    schedulerName: text,
    priorityClassName: text,
    runtimeClassName: text,
    terminationGracePeriodSeconds: number,
    activeDeadlineSeconds: number,
    nodeSelector: shared(map(text)),
    affinity: shared(
      record({
        nodeAffinity: record({
          requiredDuringSchedulingIgnoredDuringExecution: record({
            nodeSelectorTerms: list(nodeSelectorTerm),
          }),
        }),
        podAffinity,
        podAntiAffinity: podAffinity,
      }),
    ),
    topologySpreadConstraints: shared(
      list(record({ topologyKey: text, whenUnsatisfiable: text, maxSkew: number, labelSelector })),
    ),
    tolerations: shared(list(toleration)),
    schedulingGates: list(nameOnly),
    readinessGates: list(record({ conditionType: text })),
    imagePullSecrets: shared(list(nameOnly)),
    initContainers: list(container),
    containers: list(container),
    ephemeralContainers: list(container),
    volumes: list(shared(volume)),
    securityContext: shared(
      record({
        runAsUser: number,
        runAsGroup: number,
        runAsNonRoot: flag,
        fsGroup: number,
        sysctls: list(record({ name: text, value: text })),
      }),
    ),
  }),
);
export type PodSpec = Shaped<typeof podSpec>;
