import { draftOf, field, readConditions, type Text } from './common.ts';
import { type Draft, integer, pairsOf, portOf, put, selectorOf, truth, valuesOf } from './draft.ts';
import { type Outline, type Row, rowOf, said, sectionOf, treeOf } from './outline.ts';
import { readTemplate } from './pod-spec.ts';
import { parseLongTime } from './times.ts';

/** What all workloads print: selector, pod template, conditions. */
function workloadOf(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.selector.matchLabels', 'Selector', selectorOf);
  readConditions(draft, outline);
  readTemplate(draft, templateRows(outline), 'spec.template');
  return draft;
}

function templateRows(outline: Outline): readonly Row[] {
  return treeOf(sectionOf(outline, 'Pod Template')?.lines ?? []);
}

/** Sets counts from a line like `1 desired | 1 updated`, `0 Running / 1 Waiting`. */
function readCounts(draft: Draft, outline: Outline, key: string, paths: Readonly<Record<string, string>>) {
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

/** Reads `kubectl describe job`. Its conditions are not printed; they follow from `Completed At:` and from its events. */
export function readJob(text: Text): Draft {
  const { outline } = text;
  const draft = workloadOf(text);
  field(draft, outline, 'spec.parallelism', 'Parallelism', integer);
  field(draft, outline, 'spec.completions', 'Completions', integer);
  field(draft, outline, 'spec.backoffLimit', 'Backoff Limit', integer);
  field(draft, outline, 'spec.activeDeadlineSeconds', 'Active Deadline Seconds', integer);
  field(draft, outline, 'spec.suspend', 'Suspend', truth);
  field(draft, outline, 'status.startTime', 'Start Time', parseLongTime);
  field(draft, outline, 'status.completionTime', 'Completed At', parseLongTime);
  readCounts(draft, outline, 'Pods Statuses', {
    '(?:Active|Running)': 'status.active',
    Succeeded: 'status.succeeded',
    Failed: 'status.failed',
  });
  readOutcome(draft, outline);
  return draft;
}

function readOutcome(draft: Draft, outline: Outline): void {
  const completed = sectionOf(outline, 'Completed At');
  if (completed) {
    const condition = {
      type: 'Complete',
      status: 'True',
      lastTransitionTime: parseLongTime(completed.value),
    };
    put(draft, 'status.conditions[0]', condition, completed.line);
    return;
  }
  for (const { text, number } of sectionOf(outline, 'Events')?.lines ?? []) {
    const match = /^ +Warning +(BackoffLimitExceeded|DeadlineExceeded) .* {2,}(\S.*)$/.exec(text);
    if (!match) continue;
    const condition = { type: 'Failed', status: 'True', reason: match[1], message: match[2] };
    put(draft, 'status.conditions[0]', condition, number);
  }
}

/** Reads `kubectl describe cronjob`. */
export function readCronJob(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.schedule', 'Schedule');
  field(draft, outline, 'spec.timeZone', 'Time Zone');
  field(draft, outline, 'spec.suspend', 'Suspend', truth);
  field(draft, outline, 'spec.concurrencyPolicy', 'Concurrency Policy');
  field(draft, outline, 'spec.startingDeadlineSeconds', 'Starting Deadline Seconds', integer);
  field(draft, outline, 'status.lastScheduleTime', 'Last Schedule Time', parseLongTime);
  const active = sectionOf(outline, 'Active Jobs');
  const jobs = said(active?.value)?.split(', ') ?? [];
  put(
    draft,
    'status.active',
    jobs.map((name) => ({ kind: 'Job', name })),
    active?.line,
  );
  readTemplate(draft, templateRows(outline), 'spec.jobTemplate.spec.template');
  return draft;
}

/** Reads `kubectl describe hpa`. */
export function readAutoscaler(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  const target = sectionOf(outline, 'Reference');
  const [kind, name] = target?.value.split('/') ?? [];
  if (target) put(draft, 'spec.scaleTargetRef', { kind, name }, target.line);
  field(draft, outline, 'spec.minReplicas', 'Min replicas', integer);
  field(draft, outline, 'spec.maxReplicas', 'Max replicas', integer);
  const pods = outline.lines.find(({ text: line }) => /^\w+ pods: +\d+ current/.test(line));
  const counts = /(\d+) current \/ (\d+) desired/.exec(pods?.text ?? '');
  put(draft, 'status.currentReplicas', integer(counts?.[1]), pods?.number);
  put(draft, 'status.desiredReplicas', integer(counts?.[2]), pods?.number);
  readMetrics(draft, outline);
  readConditions(draft, outline);
  return draft;
}

/** `resource cpu on pods  (as a percentage of request):  <unknown> / 60%` */
function readMetrics(draft: Draft, outline: Outline): void {
  let metrics = 0;
  for (const { text, number } of sectionOf(outline, 'Metrics')?.lines ?? []) {
    const match = /^ +resource (\S+) (?:of container "(.*)" )?on pods.*\/ (?:(\d+)%)?/.exec(text);
    if (!match) continue;
    const [, name, container, utilization] = match;
    const target = { type: 'Utilization', averageUtilization: integer(utilization) };
    const metric = container
      ? { type: 'ContainerResource', containerResource: { name, container } }
      : { type: 'Resource', resource: { name, target } };
    put(draft, `spec.metrics[${metrics++}]`, metric, number);
  }
}

/** Reads `kubectl describe poddisruptionbudget`. */
export function readDisruptionBudget(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.minAvailable', 'Min available', portOf);
  field(draft, outline, 'spec.maxUnavailable', 'Max unavailable', portOf);
  field(draft, outline, 'spec.selector.matchLabels', 'Selector', selectorOf);
  const status = treeOf(sectionOf(outline, 'Status')?.lines ?? []);
  for (const [key, name] of [
    ['Allowed disruptions', 'disruptionsAllowed'],
    ['Current', 'currentHealthy'],
    ['Desired', 'desiredHealthy'],
    ['Total', 'expectedPods'],
  ] as const) {
    const row = rowOf(status, key);
    put(draft, `status.${name}`, integer(row?.value), row?.line);
  }
  return draft;
}
