import { flag, list, map, number, record, section, text } from '../shape.ts';
import { resources } from './container.ts';
import { condition, labelSelector, metadata } from './metadata.ts';
import { nodeSelectorTerm } from './pod-spec.ts';
import { targetRef } from './service.ts';

export const claimSpec = section({
  storageClassName: text,
  volumeName: text,
  volumeMode: text,
  accessModes: list(text),
  resources,
  dataSource: record({ kind: text, name: text }),
  selector: labelSelector,
});
export const persistentVolumeClaim = section({
  metadata,
  spec: claimSpec,
  status: section({ phase: text, capacity: map(text), conditions: list(condition) }),
});
export const persistentVolume = section({
  metadata,
  spec: section({
    capacity: map(text),
    accessModes: list(text),
    storageClassName: text,
    persistentVolumeReclaimPolicy: text,
    claimRef: targetRef,
    nodeAffinity: record({ required: record({ nodeSelectorTerms: list(nodeSelectorTerm) }) }),
    csi: record({ driver: text }),
    nfs: record({ server: text, path: text }),
    local: record({ path: text }),
    hostPath: record({ path: text }),
  }),
  status: section({ phase: text, reason: text, message: text }),
});
export const storageClass = section({
  metadata,
  provisioner: text,
  volumeBindingMode: text,
  allowVolumeExpansion: flag,
  reclaimPolicy: text,
});
export const csiNode = section({
  metadata,
  spec: section({
    drivers: list(record({ name: text, nodeID: text, allocatable: record({ count: number }) })),
  }),
});
export const csiDriver = section({ metadata, spec: section({ attachRequired: flag }) });
const attachError = record({ message: text, time: text });
export const volumeAttachment = section({
  metadata,
  spec: section({ attacher: text, nodeName: text, source: section({ persistentVolumeName: text }) }),
  status: section({ attached: flag, attachError, detachError: attachError }),
});
