import { integer } from './describe/draft.ts';
import { said } from './describe/outline.ts';
import { timeBefore } from './describe/times.ts';
import type { Cells, Put } from './table-rows.ts';

const PHASES = new Set(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']);
/** Words of the STATUS column that say how a container ended. */
const ENDED = new Set([
  'Completed',
  'Error',
  'OOMKilled',
  'ContainerCannotRun',
  'StartError',
  'DeadlineExceeded',
]);
/** Words of the STATUS column that say why the pod as a whole failed. */
const POD_REASONS =
  /^(?:Evicted|NodeLost|NodeAffinity|Shutdown|NodeShutdown|Terminated|Preempting|UnexpectedAdmissionError|OutOf\w+|ContainerStatusUnknown)$/;

/**
 * Reads a row of `kubectl get pods`. Its STATUS is the phase, or the reason of the pod or of one container; which
 * container is not shown, so its name is `?`.
 */
export function readPodRow(cells: Cells, set: Put, time: number | undefined): void {
  const [ready, containers] = (cells.READY ?? '').split('/').map(Number);
  set('spec.nodeName', said(cells.NODE));
  set('status.podIP', said(cells.IP));
  set('status.nominatedNodeName', said(cells['NOMINATED NODE']));
  const status = cells.STATUS ?? '';
  const allReady = ready === containers && containers !== 0;
  set('status.conditions', [{ type: 'Ready', status: allReady ? 'True' : 'False' }]);
  const [, restarts, ago] = /^(\d+)(?: \((.+) ago\))?/.exec(cells.RESTARTS ?? '') ?? [];
  readStatus(status, set);
  const state = stateOf(status);
  if ((PHASES.has(status) || !state) && !integer(restarts)) return;
  const field = status.startsWith('Init:') ? 'initContainerStatuses' : 'containerStatuses';
  const ended = integer(restarts) ? { terminated: { finishedAt: timeBefore(time, ago) } } : undefined;
  set(`status.${field}`, [
    { name: '?', ready: allReady, restartCount: integer(restarts), state, lastState: ended },
  ]);
}

function readStatus(status: string, set: Put): void {
  if (PHASES.has(status)) set('status.phase', status);
  else if (POD_REASONS.test(status)) {
    set('status.phase', 'Failed');
    set('status.reason', status);
  } else if (status === 'Completed') set('status.phase', 'Succeeded');
  else if (status === 'Terminating') set('metadata.deletionTimestamp', 'unknown');
  else if (/^Init:|^PodInitializing$|^ContainerCreating$|ImagePull|InvalidImageName|Config/.test(status))
    set('status.phase', 'Pending');
  else set('status.phase', 'Running');
}

function stateOf(status: string): Readonly<Record<string, unknown>> | undefined {
  const reason = status.replace(/^Init:/, '');
  if (PHASES.has(reason)) return { running: {} };
  const [, exitCode] = /^ExitCode:(\d+)$/.exec(reason) ?? [];
  const [, signal] = /^Signal:(\d+)$/.exec(reason) ?? [];
  if (exitCode || signal) return { terminated: { exitCode: integer(exitCode), signal: integer(signal) } };
  if (/^\d+\/\d+$/.test(reason)) return { running: {} };
  if (reason === 'Terminating' || POD_REASONS.test(reason)) return undefined;
  return ENDED.has(reason) ? { terminated: { reason } } : { waiting: { reason } };
}
