import { draftOf, field, type Text } from './common.ts';
import { type Draft, integer, put, truth } from './draft.ts';
import { type Outline, said, sectionOf } from './outline.ts';
import { readTemplate } from './pod-spec.ts';
import { parseLongTime } from './times.ts';
import { readCounts, templateRows, workloadOf } from './workloads.ts';

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
