import { draftOf, type Text } from './common.ts';
import { type Draft, put } from './draft.ts';
import { type Row, type Section, said, treeOf } from './outline.ts';

/** Fields that hold a list of objects; the text does not show where one ends and the next begins. */
const LISTS = new Set(['conditions', 'rules', 'webhooks', 'ownerReferences', 'matchExpressions']);
/** Fields whose keys are names that the user chose. */
const MAPS = new Set(['matchLabels', 'labels', 'annotations']);
const PRINTED_ELSEWHERE = new Set(['Name', 'Namespace', 'Labels', 'Annotations', 'Events']);

/**
 * Reads what kubectl prints of kinds that it has no words for: every field by its name in capitals
 * (`Last Transition Time`), the fields of an object in alphabetical order.
 */
export function readUnstructured(text: Text): Draft {
  const draft = draftOf(text);
  for (const section of text.outline.sections)
    if (!PRINTED_ELSEWHERE.has(section.key)) readField(draft, '', toRow(section));
  return draft;
}

function toRow({ key, value, line, lines }: Section): Row {
  return { key, value, line, indent: 0, text: '', rows: treeOf(lines) };
}

function readField(draft: Draft, path: string, row: Row): void {
  const name = fieldName(row.key);
  const at = path ? `${path}.${name}` : name;
  if (row.rows.length === 0) put(draft, at, toScalar(row.value), row.line);
  else if (MAPS.has(name)) put(draft, at, mapOf(row.rows), row.line);
  else if (LISTS.has(name)) readItems(draft, at, row.rows);
  else if (row.rows.every(({ key }) => key === ''))
    put(
      draft,
      at,
      row.rows.map(({ text }) => text),
      row.line,
    );
  else for (const inner of row.rows) readField(draft, at, inner);
}

/** A new item begins where the alphabetical order of the keys starts again. */
function readItems(draft: Draft, path: string, rows: readonly Row[]): void {
  let item = -1;
  let before = '';
  for (const row of rows) {
    const name = fieldName(row.key);
    if (item < 0 || name <= before) item += 1;
    before = name;
    readField(draft, `${path}[${item}]`, row);
  }
}

function mapOf(rows: readonly Row[]): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { key, value } of rows) map[key] = value;
  return map;
}

/** `Last Transition Time` is lastTransitionTime, `API Version` apiVersion, `UID` uid. */
function fieldName(label: string): string {
  const [first = '', ...rest] = label.split(' ');
  const start = /^[A-Z]+$/.test(first) ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return start + rest.join('');
}

/** Numbers and booleans of the API are printed bare, and so are strings that look alike: only what is counted is a number. */
function toScalar(value: string): unknown {
  const text = said(value);
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
