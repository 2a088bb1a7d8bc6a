import { RESOURCES } from '../model/cluster.ts';
import { cellsOf, columnsOf, expandTabs } from './columns.ts';
import { createDraft, type Draft, put } from './describe/draft.ts';
import { said } from './describe/outline.ts';
import type { Described } from './describe/read-describe.ts';
import { parseOccurrence, timeBefore } from './describe/times.ts';
import { resourceNamed } from './layouts/resources.ts';
import { isTableHeader } from './sniff.ts';
import { TABLE_KINDS } from './table-kinds.ts';
import type { Cells } from './table-rows.ts';

/** What a table is told about itself: the command or the path may name what the header does not. */
type TableHints = {
  readonly time: number | undefined;
  readonly kind?: string | undefined;
  readonly namespace?: string | undefined;
};

/** The kind of objects that a table lists, where its columns or the hint tell. */
function kindOfTable(header: string, hint: string | undefined): string | undefined {
  const names = new Set(columnsOf(expandTabs(header)).map(({ name }) => name));
  if (names.has('REASON') && names.has('MESSAGE')) return 'Event';
  for (const [kind, { columns, only }] of TABLE_KINDS)
    if (columns.every((name) => names.has(name)) && (!only || names.size === columns.length)) return kind;
  return hint && TABLE_KINDS.has(hint) ? hint : undefined;
}

/** Reads what `kubectl get` prints, wide or not, one table or several one below the other. */
export function readTables(text: string, hints: TableHints): Described[] {
  const found: Draft[] = [];
  let columns: ReturnType<typeof columnsOf> = [];
  let kind: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = expandTabs(raw).trimEnd();
    if (isTableHeader(line)) {
      columns = columnsOf(line);
      kind = kindOfTable(line, hints.kind);
    } else if (line !== '' && columns.length > 0) {
      const draft = readRow(cellsOf(line, columns), kind, hints, index + 1);
      if (draft) found.push(draft);
    }
  }
  return found;
}

function readRow(cells: Cells, kind: string | undefined, hints: TableHints, line: number): Draft | undefined {
  if (kind === 'Event') return readEvent(cells, hints, line);
  // `kubectl get all` writes the kind before the name.
  const [, prefix, name = ''] = /^(?:([a-z.]+)\/)?(\S+)$/.exec(cells.NAME ?? '') ?? [];
  const of = prefix ? kindOfWord(prefix) : kind;
  const reader = of === undefined ? undefined : TABLE_KINDS.get(of);
  if (!of || !reader || name === '') return undefined;
  const draft = createDraft(of, line);
  put(draft, 'metadata.name', name, line);
  put(draft, 'metadata.namespace', cells.NAMESPACE ?? hints.namespace, line);
  put(draft, 'metadata.creationTimestamp', timeBefore(hints.time, cells.AGE), line);
  reader.read(cells, (path, value) => put(draft, path, value, line), hints.time);
  return draft;
}

/** `pod/cart-0`, `deployment.apps/cart` */
function kindOfWord(word: string): string | undefined {
  const resource = resourceNamed(word);
  return resource === undefined || resource === 'events' ? undefined : RESOURCES[resource];
}

function readEvent(cells: Cells, { time, namespace }: TableHints, line: number): Draft | undefined {
  const object = cells.OBJECT ?? `${cells.KIND ?? ''}/${cells.NAME ?? ''}`;
  const [, word = '', name] = /^([^/]+)\/(\S+)$/.exec(object) ?? [];
  const kind = kindOfWord(word.toLowerCase());
  if (!kind || !name || !cells.REASON) return undefined;
  const where = cells.NAMESPACE ?? namespace;
  const wide = kind === 'Node' || kind === 'PersistentVolume' || kind === 'Namespace';
  const draft = createDraft('Event', line);
  const set = (path: string, value: unknown) => put(draft, path, value, line);
  set('metadata.namespace', where);
  set('involvedObject', {
    kind,
    name,
    namespace: wide ? undefined : where,
    fieldPath: said(cells.SUBOBJECT),
  });
  set('type', cells.TYPE);
  set('reason', cells.REASON);
  set('message', cells.MESSAGE);
  const [component, host] = (said(cells.SOURCE) ?? '').split(/, ?/);
  set('source', { component, host });
  const seen = parseOccurrence(cells['LAST SEEN'] ?? cells.LASTSEEN ?? '');
  set('lastTimestamp', timeBefore(time, seen.last));
  set('firstTimestamp', timeBefore(time, cells['FIRST SEEN'] ?? cells.FIRSTSEEN ?? seen.first));
  set('count', Number(cells.COUNT ?? seen.count) || 1);
  return draft;
}
