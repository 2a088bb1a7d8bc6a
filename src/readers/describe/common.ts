import { cellsOf, columnsOf } from '../columns.ts';
import { createDraft, type Draft, pairsOf, put, valuesOf } from './draft.ts';
import { type Line, type Outline, said, saidAt, sectionOf } from './outline.ts';
import { parseLongTime, timeBefore } from './times.ts';

/** What a reader of one kind is given: the text of one object and when it was printed. */
export type Text = {
  readonly kind: string;
  readonly outline: Outline;
  /** Milliseconds since 1970, if known. */
  readonly time: number | undefined;
};

/** A draft with what all kinds print: name, namespace, labels, annotations, creation, owner, finalizers. */
export function draftOf({ kind, outline, time }: Text): Draft {
  const draft = createDraft(kind, outline.line);
  field(draft, outline, 'metadata.name', 'Name');
  field(draft, outline, 'metadata.namespace', 'Namespace');
  const labels = sectionOf(outline, 'Labels');
  put(draft, 'metadata.labels', pairsOf(valuesOf(labels)), labels?.line);
  const annotations = sectionOf(outline, 'Annotations');
  put(draft, 'metadata.annotations', pairsOf(valuesOf(annotations)), annotations?.line);
  field(draft, outline, 'metadata.creationTimestamp', 'CreationTimestamp', parseLongTime);
  const owner = sectionOf(outline, 'Controlled By', 'Controllers', 'Created By');
  const [, ownerKind, ownerName] = /^(\w+)\/(\S+)$/.exec(owner?.value ?? '') ?? [];
  if (ownerKind)
    put(
      draft,
      'metadata.ownerReferences[0]',
      { kind: ownerKind, name: ownerName, controller: true },
      owner?.line,
    );
  const finalizers = sectionOf(outline, 'Finalizers');
  const listed = /^\[(.+)\]$/.exec(finalizers?.value ?? '')?.[1]?.split(' ');
  put(draft, 'metadata.finalizers', listed, finalizers?.line);
  readDeletion(draft, outline, time);
  return draft;
}

/** `Terminating (lasts 4m14s)`, in older versions `Terminating (expires Sun, 22 Nov …)`. */
function readDeletion(draft: Draft, outline: Outline, time: number | undefined): void {
  const status = sectionOf(outline, 'Status');
  const match = /^Terminating(?: \((?:lasts|expires) (.*)\))?/.exec(status?.value ?? '');
  if (!match) return;
  const since = parseLongTime(match[1]) ?? timeBefore(time, match[1]) ?? 'unknown';
  put(draft, 'metadata.deletionTimestamp', since, status?.line);
  const grace = /^(\d+)s$/.exec(saidAt(outline, 'Termination Grace Period') ?? '')?.[1];
  put(draft, 'metadata.deletionGracePeriodSeconds', grace && Number(grace), status?.line);
}

/** Sets a field to what stands beside a key, read as text unless told otherwise. */
export function field(
  draft: Draft,
  outline: Outline,
  path: string,
  key: string,
  read: (text: string | undefined) => unknown = said,
): void {
  const section = sectionOf(outline, key);
  put(draft, path, section && read(said(section.value)), section?.line);
}

/** The lines of a table below its header, as cells by column name. */
export function tableOf(lines: readonly Line[], header: RegExp): { line: number; cells: Cells }[] {
  const start = lines.findIndex(({ text }) => header.test(text));
  if (start < 0) return [];
  const columns = columnsOf(lines[start]?.text ?? '');
  return lines
    .slice(start + 1)
    .filter(({ text }) => text.trim() !== '' && !/^\s*---/.test(text))
    .map(({ text, number }) => ({ line: number, cells: cellsOf(text, columns) }));
}
export type Cells = Readonly<Record<string, string>>;

const CONDITION_FIELDS = {
  Type: 'type',
  Status: 'status',
  Reason: 'reason',
  Message: 'message',
} as const;
const CONDITION_TIMES = ['LastHeartbeatTime', 'LastTransitionTime'] as const;

/** Reads the table below `Conditions:`, whatever columns this version of kubectl prints. */
export function readConditions(draft: Draft, outline: Outline): void {
  const rows = tableOf(sectionOf(outline, 'Conditions')?.lines ?? [], /^ +Type +Status/);
  rows.forEach(({ line, cells }, index) => {
    const path = `status.conditions[${index}]`;
    put(draft, path, {}, line);
    for (const [column, name] of Object.entries(CONDITION_FIELDS))
      put(draft, `${path}.${name}`, said(cells[column]), line);
    for (const column of CONDITION_TIMES) {
      const name = column.charAt(0).toLowerCase() + column.slice(1);
      put(draft, `${path}.${name}`, parseLongTime(cells[column]), line);
    }
  });
}
