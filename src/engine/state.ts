import type { Of } from '../model/cluster.ts';
import { containersOf, endedWithin, isReady } from '../model/containers.ts';
import type { Joins } from '../model/joins.ts';
import type { Finding } from '../model/report.ts';
import type { Severity } from '../model/severities.ts';
import { SEVERITIES } from '../model/severities.ts';
import type { Detected } from './detect.ts';

const HALF_AN_HOUR = 1_800_000;
const DAY = 86_400_000;

/**
 * Whether a failure was still going on at the moment that the cluster is judged at. One whose pods are all ready again is over,
 * unless a container keeps restarting: a pod in a crash loop is ready between two crashes.
 */
export function stateOf(
  group: readonly Detected[],
  joins: Joins,
  time: number | undefined,
): Finding['state'] {
  const over = group.every((detected) => detected.over);
  const pods = group.map(({ subject }) =>
    subject.kind === 'Pod' ? joins.find('pods', subject.namespace, subject.name) : 'unknown',
  );
  if (!over && !pods.every((pod) => typeof pod !== 'string' && isReady(pod) && !isRestarting(pod, time)))
    return 'ongoing';
  const last = group.reduce((newest, detected) => Math.max(newest, detected.last ?? 0), 0);
  return time !== undefined && last > 0 && time - last > DAY ? 'old' : 'recovered';
}

function isRestarting(pod: Of<'pods'>, time: number | undefined): boolean {
  return containersOf(pod).some(
    ({ restarts, ended }) => restarts >= 3 && endedWithin(ended, time, HALF_AN_HOUR),
  );
}

/** What is over is no failure of now: it is told, but below everything that still is one. */
export function severityOf(severity: Severity, state: Finding['state']): Severity {
  if (state === 'ongoing') return severity;
  const most: Severity = state === 'recovered' ? 'low' : 'info';
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(most) ? severity : most;
}
