import { draftOf, field, readConditions, type Text } from './common.ts';
import { type Draft, integer, put, truth } from './draft.ts';
import { type Outline, type Row, rowOf, said, sectionOf, treeOf } from './outline.ts';
import { CONTAINER_SECTIONS, readContainer, readPlacement } from './pod-spec.ts';
import { parseLongTime } from './times.ts';
import { readVolumes } from './volumes.ts';

const STATUS_FIELDS = {
  initContainers: 'initContainerStatuses',
  containers: 'containerStatuses',
  ephemeralContainers: 'ephemeralContainerStatuses',
} as const;

/** Reads `kubectl describe pod`. It does not print the message of a waiting state. */
export function readPod(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.serviceAccountName', 'Service Account');
  field(draft, outline, 'spec.priorityClassName', 'Priority Class Name');
  field(draft, outline, 'spec.priorityClassName', 'PriorityClassName');
  field(draft, outline, 'spec.runtimeClassName', 'Runtime Class Name');
  field(draft, outline, 'spec.nodeName', 'Node', (node) => node?.split('/')[0]);
  field(draft, outline, 'status.hostIP', 'Node', (node) => node?.split('/')[1] || undefined);
  field(draft, outline, 'status.startTime', 'Start Time', parseLongTime);
  field(draft, outline, 'status.reason', 'Reason');
  readMessage(draft, outline);
  field(draft, outline, 'status.podIP', 'IP');
  field(draft, outline, 'status.nominatedNodeName', 'NominatedNodeName');
  field(draft, outline, 'status.qosClass', 'QoS Class');
  readContainers(draft, outline);
  readPhase(draft, outline);
  readConditions(draft, outline);
  readVolumes(draft, treeOf(sectionOf(outline, 'Volumes')?.lines ?? []), 'spec.volumes');
  readPlacement(draft, sectionOf(outline, 'Node-Selectors'), sectionOf(outline, 'Tolerations'), 'spec');
  return draft;
}

function readMessage(draft: Draft, outline: Outline): void {
  const section = sectionOf(outline, 'Message');
  const lines = [section?.value ?? '', ...(section?.lines ?? []).map(({ text }) => text)];
  put(draft, 'status.message', said(lines.join('\n')), section?.line);
}

/** `Terminating` hides the phase: a pod that is being deleted is running once one of its containers has started. */
function readPhase(draft: Draft, outline: Outline): void {
  const section = sectionOf(outline, 'Status');
  const phase = said(section?.value);
  const started = /"(?:running|terminated)":/.test(JSON.stringify(draft.value.status ?? {}));
  const known = phase?.startsWith('Terminating') ? (started ? 'Running' : 'Pending') : phase;
  put(draft, 'status.phase', known, section?.line);
}

function readContainers(draft: Draft, outline: Outline): void {
  for (const [key, field] of CONTAINER_SECTIONS) {
    let statuses = 0;
    for (const [index, row] of treeOf(sectionOf(outline, key)?.lines ?? []).entries()) {
      readContainer(draft, row, `spec.${field}[${index}]`);
      if (!rowOf(row.rows, 'State')) continue;
      readStatus(draft, row, `status.${STATUS_FIELDS[field]}[${statuses}]`);
      statuses += 1;
    }
  }
}

function readStatus(draft: Draft, { key, line, rows }: Row, path: string): void {
  const set = (name: string, row: Row | undefined, read: (text: string | undefined) => unknown) =>
    put(draft, `${path}.${name}`, row && read(said(row.value)), row?.line);
  put(draft, `${path}.name`, key, line);
  set('image', rowOf(rows, 'Image'), (text) => text);
  set('imageID', rowOf(rows, 'Image ID'), (text) => text);
  set('ready', rowOf(rows, 'Ready'), truth);
  set('restartCount', rowOf(rows, 'Restart Count'), integer);
  readState(draft, rowOf(rows, 'State'), `${path}.state`);
  readState(draft, rowOf(rows, 'Last State'), `${path}.lastState`);
}

function readState(draft: Draft, row: Row | undefined, path: string): void {
  const state = /^(Waiting|Running|Terminated)/.exec(row?.value ?? '')?.[1]?.toLowerCase();
  if (!row || !state) return;
  const at = `${path}.${state}`;
  put(draft, at, {}, row.line);
  const set = (name: string, key: string, read: (text: string | undefined) => unknown) => {
    const found = rowOf(row.rows, key);
    put(draft, `${at}.${name}`, found && read(said(found.value)), found?.line);
  };
  set('reason', 'Reason', (text) => text);
  set('message', 'Message', (text) => text);
  set('exitCode', 'Exit Code', integer);
  set('signal', 'Signal', integer);
  set('startedAt', 'Started', parseLongTime);
  set('finishedAt', 'Finished', parseLongTime);
}
