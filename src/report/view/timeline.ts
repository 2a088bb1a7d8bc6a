import { formatRef, refKey } from '../../model/ref.ts';
import type { Report } from '../../model/report.ts';
import { parseTime } from '../../model/time.ts';
import { count, cutTo } from '../../model/words.ts';
import { ROWS } from '../limits.ts';
import type { Setting } from './finding.ts';

type Entry = Report['timeline'][number];
type Kind = Entry['kind'];

/** A row of the timeline's table. */
type TimelineRow = {
  readonly time: string;
  readonly lane: string;
  readonly object: string;
  readonly kind: string;
  readonly what: string;
  readonly count: number;
  /** Fragment identifier of the finding that it belongs to, or empty. */
  readonly anchor: string;
  readonly first: boolean;
};

/** One sign in a lane, in units of the SVG. */
type Mark = {
  readonly kind: Kind;
  readonly symptom: boolean;
  readonly path: string;
  readonly title: string;
};

/** One line of the picture: an object and what happened to it. */
type Lane = {
  readonly label: string;
  readonly group: string;
  readonly y: number;
  readonly marks: readonly Mark[];
};

/** A moment on the axis. */
type Tick = { readonly x: number; readonly label: string; readonly day: string };

/** The timeline as a picture and as a table. */
export type TimelineView = {
  readonly width: number;
  readonly height: number;
  readonly axisY: number;
  readonly tickY: number;
  readonly dayY: number;
  readonly left: number;
  readonly labelX: number;
  readonly label: string;
  readonly ticks: readonly Tick[];
  readonly lanes: readonly Lane[];
  readonly legend: readonly { readonly kind: string; readonly path: string }[];
  readonly firstX: number;
  readonly firstTextX: number;
  readonly firstLabel: string;
  readonly firstAnchor: 'start' | 'end';
  readonly takenX: number;
  /** What only the table tells: entries before the left edge and in lanes that have no room. */
  readonly rest: string;
  readonly rows: readonly TimelineRow[];
  readonly moreRows: number;
};

const [WIDTH, LEFT, RIGHT, TOP, PITCH] = [1000, 272, 24, 44, 22];
/** Lanes in all, and how many of them are kept for nodes. */
const [LANES, NODE_LANES] = [24, 6];
/** How dense the picture is: marks nearer than this are one when alike and move apart when not; lines of a title. */
type Density = { readonly near: number; readonly titles: number };
const FINE: Density = { near: 12, titles: 6 };
const COARSE: Density = { near: 40, titles: 1 };
/** What a mark needs not to touch its neighbour. */
const MARK = 12;
const MINUTE = 60_000;
const WEEK = 10_080 * MINUTE;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200].map(
  (minutes) => minutes * MINUTE,
);
const LANE_ORDER: Readonly<Record<Entry['lane'], number>> = { node: 0, workload: 1, cluster: 2 };

/** A shape for each kind of thing that happens, around 0,0. */
const SHAPES: Readonly<Record<Kind, string>> = {
  restart: 'M-5 -5h10v10h-10z',
  kill: 'M0 -7l7 7l-7 7l-7 -7z',
  probe: 'M0 -6l6 11h-12z',
  rollout: 'M-5 -6l10 6l-10 6z',
  condition: 'M-2 -8h4v16h-4z',
  schedule: 'M0 6l6 -11h-12z',
  pull: 'M-6 -2h4v-4h4v4h4l-6 8z',
  change: 'M-6 -2h4v-4h4v4h4v4h-4v4h-4v-4h-4z',
  other: 'M-4 -4h8v8h-8z',
};

/** An entry with its time as a number, and whether it is a sign of a failure: not of a risk, and no rollout. */
type Moment = Entry & { readonly at: number; readonly symptom: boolean };

/** Lays the timeline out on a UTC axis; nothing when no entry has a time. */
export function toTimelineView(report: Report, { anchors }: Setting, rows: number): TimelineView | undefined {
  const failures = new Set(report.findings.filter(({ stage }) => stage !== 'practice').map(({ id }) => id));
  const moments = report.timeline
    .flatMap((entry): Moment[] => {
      const at = parseTime(entry.time);
      return at === undefined ? [] : [{ ...entry, at, symptom: isSymptom(entry, failures) }];
    })
    .sort((a, b) => a.at - b.at);
  const newest = moments.at(-1);
  if (!newest) return undefined;
  const symptom = moments.find((moment) => moment.symptom);
  const taken = parseTime(report.bundle.collectedAt);
  const { start, end } = spanOf(moments, symptom, taken);
  const seen = moments.filter(({ at }) => at >= start);
  const toX = (at: number) => LEFT + Math.round(((at - start) / (end - start)) * (WIDTH - LEFT - RIGHT));
  const lanes = toLanes(seen, toX, rows >= ROWS[0] ? FINE : COARSE);
  const shown = lanes.slice(0, LANES);
  const axisY = TOP + shown.length * PITCH;
  const firstX = symptom && symptom.at >= start ? toX(symptom.at) : 0;
  return {
    width: WIDTH,
    height: axisY + 34,
    axisY,
    tickY: axisY + 15,
    dayY: axisY + 29,
    left: LEFT,
    labelX: LEFT - 10,
    label: `${seen.length} things that happened from ${timeOf(start)} to ${timeOf(end)}, in ${shown.length} lanes`,
    ticks: toTicks(start, end, toX),
    lanes: shown.map(({ lane }, row) => ({ ...lane, y: TOP + row * PITCH })),
    legend: toLegend(seen),
    firstX,
    firstTextX: firstX + (firstX > WIDTH - 180 ? -5 : 5),
    firstLabel: symptom ? `first symptom ${symptom.time.slice(11, 19)}` : '',
    firstAnchor: firstX > WIDTH - 180 ? 'end' : 'start',
    takenX: taken === undefined || taken > end ? 0 : toX(taken),
    rest: restOf(
      moments.length - seen.length,
      lanes.slice(LANES).reduce((sum, { entries }) => sum + entries, 0),
    ),
    rows: moments.slice(-rows).map((moment) => toRow(moment, moment === symptom, anchors)),
    moreRows: Math.max(0, moments.length - rows),
  };
}

function restOf(earlier: number, unseen: number): string {
  const rest = [
    ...(earlier > 0 ? [count(earlier, 'earlier entry')] : []),
    ...(unseen > 0 ? [`${count(unseen, 'entry')} about further objects`] : []),
  ];
  return rest.length > 0 ? `Only in the table: ${rest.join(', ')}.` : '';
}

function isSymptom({ kind, finding }: Entry, failures: ReadonlySet<string>): boolean {
  return finding !== undefined && failures.has(finding) && kind !== 'rollout' && kind !== 'change';
}

/** The span that is drawn: from the first symptom, or where most begins, to the newest or the moment of collection. */
function spanOf(
  moments: readonly Moment[],
  symptom: Moment | undefined,
  taken: number | undefined,
): { readonly start: number; readonly end: number } {
  const newest = moments.at(-1)?.at ?? 0;
  const most = moments[Math.floor(moments.length * 0.1)]?.at ?? newest;
  const from = Math.min(most, symptom && newest - symptom.at < WEEK ? symptom.at : newest);
  const width = Math.max(newest - from, 5 * MINUTE);
  const soon = taken !== undefined && taken >= newest && taken - newest < width / 2;
  return { start: from - width * 0.05, end: soon ? taken : newest + width * 0.02 };
}

function toLanes(
  moments: readonly Moment[],
  toX: (at: number) => number,
  density: Density,
): { readonly lane: Omit<Lane, 'y'>; readonly entries: number }[] {
  const lanes = new Map<string, Moment[]>();
  for (const moment of moments) {
    const key = `${moment.lane} ${refKey(moment.subject)}`;
    const lane = lanes.get(key);
    if (lane) lane.push(moment);
    else lanes.set(key, [moment]);
  }
  const symptoms = (lane: readonly Moment[]) => lane.filter((moment) => moment.symptom).length;
  const ranked = [...lanes.values()].sort((a, b) => symptoms(b) - symptoms(a) || b.length - a.length);
  const nodes = ranked.filter((lane) => order(lane) === LANE_ORDER.node).slice(0, NODE_LANES);
  const chosen = [...nodes, ...ranked.filter((lane) => !nodes.includes(lane))];
  const shown = chosen
    .slice(0, LANES)
    .sort((a, b) => order(a) - order(b) || (a[0]?.at ?? 0) - (b[0]?.at ?? 0));
  return [...shown, ...chosen.slice(LANES)].map((entries) => ({
    lane: toLane(entries, toX, density),
    entries: entries.length,
  }));
}

function order(lane: readonly Moment[]): number {
  return LANE_ORDER[lane[0]?.lane ?? 'cluster'];
}

function toLane(entries: readonly Moment[], toX: (at: number) => number, density: Density): Omit<Lane, 'y'> {
  const marks: { kind: Kind; x: number; symptom: boolean; titles: string[] }[] = [];
  for (const entry of entries) {
    const { kind, what, time, count: times, symptom } = entry;
    const x = toX(entry.at);
    const title = `${time} ${cutTo(what, 100)}${times && times > 1 ? ` (${times} times)` : ''}`;
    const near = marks.filter((mark) => x - mark.x < density.near);
    const same = near.find((mark) => mark.kind === kind && mark.symptom === symptom) ?? near[2];
    if (same) same.titles.push(title);
    else marks.push({ kind, x: Math.max(x, (marks.at(-1)?.x ?? 0) + MARK), symptom, titles: [title] });
  }
  const first = entries[0];
  return {
    label: first ? cutTo(formatRef(first.subject), 38) : '',
    group: first?.lane ?? '',
    marks: marks.map(({ kind, x, symptom, titles }) => ({
      kind,
      symptom,
      path: SHAPES[kind].replace(
        /^M(\S+) (\S+?)(?=[a-z])/,
        (_, dx, dy) => `M${x + Number(dx)} ${12 + Number(dy)}`,
      ),
      title:
        titles.slice(0, density.titles).join('\n') +
        (titles.length > density.titles ? `\n… ${titles.length - density.titles} more` : ''),
    })),
  };
}

function toTicks(start: number, end: number, toX: (at: number) => number): Tick[] {
  const step = STEPS.find((width) => (end - start) / width <= 8) ?? end - start;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(start / step) * step; at <= end; at += step) {
    const time = timeOf(at);
    ticks.push({ x: toX(at), label: step < 1440 * MINUTE ? time.slice(11, 16) : '', day: time.slice(0, 10) });
  }
  return ticks.map((tick, index) => {
    const repeated = index > 0 && ticks[index - 1]?.day === tick.day;
    return { ...tick, day: repeated ? '' : tick.day };
  });
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function toLegend(moments: readonly Moment[]): TimelineView['legend'] {
  const kinds = [...new Set(moments.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => ({
    kind,
    path: SHAPES[kind].replace(
      /^M(\S+) (\S+?)(?=[a-z])/,
      (_, dx, dy) => `M${8 + Number(dx)} ${8 + Number(dy)}`,
    ),
  }));
}

function toRow(moment: Moment, first: boolean, anchors: ReadonlyMap<string, string>): TimelineRow {
  return {
    time: moment.time,
    lane: moment.lane,
    object: formatRef(moment.subject),
    kind: moment.kind,
    what: moment.what,
    count: moment.count ?? 1,
    anchor: moment.finding === undefined ? '' : (anchors.get(moment.finding) ?? ''),
    first,
  };
}
