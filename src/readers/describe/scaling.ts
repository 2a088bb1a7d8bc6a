import { draftOf, field, readConditions, type Text } from './common.ts';
import { type Draft, integer, portOf, put, selectorOf } from './draft.ts';
import { type Outline, rowOf, sectionOf, treeOf } from './outline.ts';

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
