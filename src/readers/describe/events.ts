import { parseTime } from '../../model/time.ts';
import { type Cells, type Text, tableOf } from './common.ts';
import { createDraft, type Draft, put } from './draft.ts';
import { type Line, type Outline, saidAt, sectionOf } from './outline.ts';
import { parseOccurrence, timeBefore } from './times.ts';

/** Reads the table below `Events:` as events about the object that is described. */
export function readEvents({ kind, outline, time }: Text): Draft[] {
  const name = saidAt(outline, 'Name');
  const namespace = saidAt(outline, 'Namespace');
  const containers = containerNames(outline);
  const lines = joinMessages(sectionOf(outline, 'Events')?.lines ?? []);
  return tableOf(lines, /^ +(?:Type|FirstSeen) +(?:Reason|LastSeen)/).map(({ line, cells }) => {
    const draft = createDraft('Event', line);
    put(
      draft,
      'involvedObject',
      { kind, namespace, name, fieldPath: cells.SubObjectPath || containerPath(cells, containers) },
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

/** The reasons of the kubelet's events about one container, which the API gives with the container's field path. */
const ABOUT_CONTAINERS = new Set([
  ...[
    'Pulling',
    'Pulled',
    'Failed',
    'BackOff',
    'Created',
    'Started',
    'Killing',
    'Unhealthy',
    'ErrImageNeverPull',
  ],
  ...['InspectFailed', 'FailedPostStartHook', 'FailedPreStopHook', 'ExceededGracePeriod', 'ProbeWarning'],
]);
const NAMED = /\b[Cc]ontainer:? "?([a-z0-9][a-z0-9-]*)"?(?=[ ,]|$)/;

/** `describe` leaves the field path out: the message may name the container, or there is only one. */
function containerPath(
  { Reason = '', Message = '' }: Cells,
  containers: readonly string[],
): string | undefined {
  if (!ABOUT_CONTAINERS.has(Reason)) return undefined;
  const named = NAMED.exec(Message)?.[1];
  const container =
    containers.find((one) => one === named) ?? (containers.length === 1 ? containers[0] : undefined);
  return container && `spec.containers{${container}}`;
}

function containerNames(outline: Outline): string[] {
  const lines = [
    ...(sectionOf(outline, 'Init Containers')?.lines ?? []),
    ...(sectionOf(outline, 'Containers')?.lines ?? []),
  ];
  return lines.flatMap(({ text }) => /^ {2}(\S+):$/.exec(text)?.[1] ?? []);
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
    if (!last || joined.length < 3 || isEvent(text)) joined.push({ number, text });
    else if (text.trim() !== '') last.text += `\n${text.trim()}`;
  }
  return joined;
}

function isEvent(text: string): boolean {
  return /^ {2}\S/.test(text) && text.trim().split(/ {2,}/, 4).length >= 3;
}
