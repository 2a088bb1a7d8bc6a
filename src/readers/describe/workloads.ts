import { draftOf, field, readConditions, type Text } from './common.ts';
import { type Draft, integer, pairsOf, portOf, put, selectorOf, valuesOf } from './draft.ts';
import { type Outline, type Row, rowOf, said, sectionOf, treeOf } from './outline.ts';
import { readTemplate } from './pod-spec.ts';

/** What all workloads print: selector, pod template, conditions. */
export function workloadOf(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.selector.matchLabels', 'Selector', selectorOf);
  readConditions(draft, outline);
  readTemplate(draft, templateRows(outline), 'spec.template');
  return draft;
}

/** The rows below `Pod Template:`. */
export function templateRows(outline: Outline): readonly Row[] {
  return treeOf(sectionOf(outline, 'Pod Template')?.lines ?? []);
}

/** Sets counts from a line like `1 desired | 1 updated`, `0 Running / 1 Waiting`. */
export function readCounts(
  draft: Draft,
  outline: Outline,
  key: string,
  paths: Readonly<Record<string, string>>,
) {
  const section = sectionOf(outline, key);
  for (const [word, path] of Object.entries(paths)) {
    const count = integer(new RegExp(`(\\d+) ${word}`).exec(section?.value ?? '')?.[1]);
    put(draft, path, count, section?.line);
  }
}

/** Reads `kubectl describe deployment`. */
export function readDeployment(text: Text): Draft {
  const { outline } = text;
  const draft = workloadOf(text);
  readCounts(draft, outline, 'Replicas', {
    desired: 'spec.replicas',
    total: 'status.replicas',
    updated: 'status.updatedReplicas',
    available: 'status.availableReplicas',
    unavailable: 'status.unavailableReplicas',
  });
  field(draft, outline, 'spec.strategy.type', 'StrategyType');
  const rolling = sectionOf(outline, 'RollingUpdateStrategy');
  const bounds = /^(\S+) max unavailable, (\S+) max surge/.exec(rolling?.value ?? '');
  if (bounds)
    put(
      draft,
      'spec.strategy.rollingUpdate',
      { maxUnavailable: portOf(bounds[1]), maxSurge: portOf(bounds[2]) },
      rolling?.line,
    );
  return draft;
}

/** Reads `kubectl describe replicaset`. */
export function readReplicaSet(text: Text): Draft {
  const draft = workloadOf(text);
  readCounts(draft, text.outline, 'Replicas', { current: 'status.replicas', desired: 'spec.replicas' });
  return draft;
}

/** Reads `kubectl describe statefulset`. */
export function readStatefulSet(text: Text): Draft {
  const { outline } = text;
  const draft = workloadOf(text);
  readCounts(draft, outline, 'Replicas', { desired: 'spec.replicas', total: 'status.replicas' });
  field(draft, outline, 'spec.updateStrategy.type', 'Update Strategy');
  const partition = rowOf(treeOf(sectionOf(outline, 'Update Strategy')?.lines ?? []), 'Partition');
  put(draft, 'spec.updateStrategy.rollingUpdate.partition', integer(partition?.value), partition?.line);
  readClaimTemplates(draft, outline);
  return draft;
}

/** Each claim template begins with its `Name:` below `Volume Claims:`. */
function readClaimTemplates(draft: Draft, outline: Outline): void {
  let path = '';
  let claims = 0;
  for (const { key, value, line } of treeOf(sectionOf(outline, 'Volume Claims')?.lines ?? [])) {
    if (key === 'Name') {
      path = `spec.volumeClaimTemplates[${claims++}]`;
      put(draft, `${path}.metadata.name`, value, line);
    }
    if (key === 'StorageClass') put(draft, `${path}.spec.storageClassName`, said(value), line);
    if (key === 'Capacity') put(draft, `${path}.spec.resources.requests.storage`, said(value), line);
    if (key === 'Access Modes')
      put(draft, `${path}.spec.accessModes`, value.replace(/[[\]]/g, '').split(/[ ,]+/), line);
  }
}

const DAEMON_COUNTS = {
  'Desired Number of Nodes Scheduled': 'desiredNumberScheduled',
  'Current Number of Nodes Scheduled': 'currentNumberScheduled',
  'Number of Nodes Scheduled with Up-to-date Pods': 'updatedNumberScheduled',
  'Number of Nodes Scheduled with Available Pods': 'numberAvailable',
  'Number of Nodes Misscheduled': 'numberMisscheduled',
} as const;

/** Reads `kubectl describe daemonset`. */
export function readDaemonSet(text: Text): Draft {
  const { outline } = text;
  const draft = workloadOf(text);
  for (const [key, name] of Object.entries(DAEMON_COUNTS))
    field(draft, outline, `status.${name}`, key, integer);
  const selector = sectionOf(outline, 'Node-Selector');
  const labels = valuesOf(selector).flatMap((value) => value.split(','));
  put(draft, 'spec.template.spec.nodeSelector', pairsOf(labels), selector?.line);
  return draft;
}
