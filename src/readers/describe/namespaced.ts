import { draftOf, field, readConditions, type Text, tableOf } from './common.ts';
import { createDraft, type Draft, integer, put, truth, valuesOf } from './draft.ts';
import { said, sectionOf } from './outline.ts';

/** Reads `kubectl describe namespace`; of a namespace that is going away kubectl prints why. */
export function readNamespace(text: Text): Draft {
  const draft = draftOf(text);
  field(draft, text.outline, 'status.phase', 'Status');
  readConditions(draft, text.outline);
  return draft;
}

/** Reads `kubectl describe quota`. */
export function readQuota(text: Text): Draft {
  const draft = draftOf(text);
  const rows = tableOf(text.outline.lines, /^Resource +Used +Hard/);
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const { cells } of rows) {
    used[cells.Resource ?? ''] = cells.Used ?? '';
    hard[cells.Resource ?? ''] = cells.Hard ?? '';
  }
  put(draft, 'spec.hard', hard, rows[0]?.line);
  put(draft, 'status.hard', hard, rows[0]?.line);
  put(draft, 'status.used', used, rows[0]?.line);
  field(draft, text.outline, 'spec.scopes', 'Scopes', (scopes) => scopes?.split(', '));
  return draft;
}

const LIMIT_COLUMNS = {
  Min: 'min',
  Max: 'max',
  'Default Request': 'defaultRequest',
  'Default Limit': 'default',
} as const;

/** Reads `kubectl describe limitrange`: one line a type and resource. */
export function readLimitRange(text: Text): Draft {
  const draft = draftOf(text);
  const types: string[] = [];
  for (const { line, cells } of tableOf(text.outline.lines, /^Type +Resource +Min/)) {
    const type = cells.Type ?? '';
    if (!types.includes(type)) put(draft, `spec.limits[${types.push(type) - 1}].type`, type, line);
    for (const [column, name] of Object.entries(LIMIT_COLUMNS)) {
      const amount = said(cells[column]);
      const at = `spec.limits[${types.indexOf(type)}].${name}`;
      if (amount && amount !== '-') putAmount(draft, at, cells.Resource ?? '', amount, line);
    }
  }
  return draft;
}

/** Resource names hold dots, so they are no steps of a path. */
function putAmount(draft: Draft, path: string, resource: string, amount: string, line: number): void {
  const key = path.split('.').at(-1) ?? '';
  const index = integer(/\[(\d+)\]/.exec(path)?.[1]) ?? 0;
  // The limits were put by `readLimitRange` just before.
  const limits = (draft.value.spec as { limits: Record<string, Record<string, string>>[] }).limits;
  put(draft, path, { ...limits[index]?.[key], [resource]: amount }, line);
}

/** Reads the names of the keys of `kubectl describe configmap` and `secret`, never their values. */
export function readKeys(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'type', 'Type');
  for (const [heading, path] of [
    ['Data', 'data'],
    ['BinaryData', 'binaryData'],
  ] as const) {
    const section = sectionOf(outline, heading);
    const lines = section?.lines ?? [];
    const keys: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [index, { text: line }] of lines.entries()) {
      const key = /^([\w.-]+):(?: +\d+ bytes)?$/.exec(line)?.[1];
      if (key && (lines[index + 1]?.text === '----' || line.endsWith('bytes'))) keys[key] = '';
    }
    if (Object.keys(keys).length > 0) put(draft, path, keys, section?.line);
  }
  return draft;
}

/** Reads `kubectl describe serviceaccount`. */
export function readServiceAccount(text: Text): Draft {
  const draft = draftOf(text);
  const section = sectionOf(text.outline, 'Image pull secrets');
  const names = valuesOf(section).map((name) => ({ name: name.replace(/ \(not found\)$/, '') }));
  if (names.length > 0) put(draft, 'imagePullSecrets', names, section?.line);
  return draft;
}

/** Reads `kubectl describe priorityclass`. */
export function readPriorityClass(text: Text): Draft {
  const draft = createDraft(text.kind, text.outline.line);
  field(draft, text.outline, 'metadata.name', 'Name');
  field(draft, text.outline, 'value', 'Value', integer);
  field(draft, text.outline, 'globalDefault', 'GlobalDefault', truth);
  return draft;
}
