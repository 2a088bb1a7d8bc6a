import { parseTime } from '../../model/time.ts';
import { type Cells, type Text, tableOf } from './common.ts';
import { createDraft, type Draft, put } from './draft.ts';
import { type Line, saidAt, sectionOf } from './outline.ts';
import { parseOccurrence, timeBefore } from './times.ts';

/** Reads the table below `Events:` as events about the object that is described. */
export function readEvents({ kind, outline, time }: Text): Draft[] {
  const name = saidAt(outline, 'Name');
  const namespace = saidAt(outline, 'Namespace');
  const lines = joinMessages(sectionOf(outline, 'Events')?.lines ?? []);
  return tableOf(lines, /^ +(?:Type|FirstSeen) +(?:Reason|LastSeen)/).map(({ line, cells }) => {
    const draft = createDraft('Event', line);
    put(
      draft,
      'involvedObject',
      { kind, namespace, name, fieldPath: cells.SubObjectPath || undefined },
      line,
    );
    if (namespace) put(draft, 'metadata.namespace', namespace, line);
    put(draft, 'type', cells.Type, line);
    put(draft, 'reason', cells.Reason, line);
    put(draft, 'message', cells.Message, line);
    put(draft, 'source', sourceOf(cells.From ?? ''), line);
    putTimes(draft, cells, time);
    return draft;
  });
}

/** In old versions the source is `kubelet, node-1` or `{kubelet node-1}`. */
function sourceOf(from: string) {
  const [component, host] = from.replace(/[{}]/g, '').trim().split(/,? +/);
  return { component, host };
}

function putTimes(draft: Draft, cells: Cells, time: number | undefined): void {
  const { last, first, count } = parseOccurrence(cells.Age ?? cells.LastSeen ?? '');
  put(draft, 'count', cells.Count ? Number(cells.Count) : count, undefined);
  const lastTime = timeBefore(time, last);
  const firstTime = timeBefore(time, cells.FirstSeen ?? first);
  put(draft, 'lastTimestamp', lastTime, undefined);
  put(draft, 'firstTimestamp', parseTime(firstTime) === undefined ? lastTime : firstTime, undefined);
}

/** A message of several lines goes on at the left margin; kubectl begins each event with two blanks and its type. */
function joinMessages(lines: readonly Line[]): readonly Line[] {
  const joined: { number: number; text: string }[] = [];
  for (const { number, text } of lines) {
    const last = joined.at(-1);
    if (!last || joined.length < 3 || /^ {2}\S.* {2,}\S.* {2,}/.test(text)) joined.push({ number, text });
    else if (text.trim() !== '') last.text += `\n${text.trim()}`;
  }
  return joined;
}
