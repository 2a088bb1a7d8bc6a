import type { Incident } from '../../model/report.ts';
import { cutTo } from '../../model/words.ts';
import type { FindingView } from './finding.ts';

/** One finding in the chain of an incident: where it hangs, and why. */
export type ChainLink = {
  readonly finding: FindingView;
  /** 0 for the cause. */
  readonly depth: number;
  /** The object of the finding that it follows from; empty for the cause. */
  readonly from: string;
  readonly fromAnchor: string;
  readonly reason: string;
  /** Place of the finding that it follows from. */
  readonly parent: number;
};

/** The findings of an incident as a tree, cause first, each effect below what it follows from. */
export function toChain(
  incident: Incident,
  toView: (id: string, place: number) => FindingView | undefined,
): ChainLink[] {
  const chain: ChainLink[] = [];
  const waiting = new Set(incident.effects);
  const linksFrom = new Map<string, Incident['links']>();
  for (const link of incident.links) {
    const links = linksFrom.get(link.cause);
    if (links) links.push(link);
    else linksFrom.set(link.cause, [link]);
  }
  const add = (id: string, depth: number, parent: number, reason: string): void => {
    const finding = toView(id, chain.length);
    if (!finding) return;
    const from = chain[parent]?.finding;
    chain.push({ finding, depth, parent, reason, from: from?.object ?? '', fromAnchor: from?.anchor ?? '' });
    const place = chain.length - 1;
    for (const { effect, reason: because } of linksFrom.get(id) ?? [])
      if (waiting.delete(effect)) add(effect, depth + 1, place, because);
  };
  add(incident.cause, 0, -1, '');
  for (const id of incident.effects) if (waiting.delete(id)) add(id, 1, 0, '');
  return chain;
}

/** One box of the picture, in units of the SVG. */
type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly textX: number;
  readonly iconX: number;
  readonly iconY: number;
  readonly objectY: number;
  readonly titleY: number;
  readonly object: string;
  readonly title: string;
  readonly severity: string;
  readonly icon: string;
  readonly first: boolean;
  readonly reason: string;
  readonly reasonX: number;
  readonly reasonY: number;
  /** The line from the box that it follows from; empty for the cause. */
  readonly line: string;
  readonly arrow: string;
};

/** The picture of a chain; empty for an incident of one finding. */
export type ChainPicture = {
  readonly width: number;
  readonly height: number;
  readonly brokeX: number;
  readonly label: string;
  readonly boxes: readonly Box[];
  readonly more: number;
  readonly moreY: number;
};

const [WIDTH, BOX, GAP, INDENT, ROWS, DEPTH] = [640, 44, 30, 30, 12, 6];
const [CHARACTER, SMALL] = [7.4, 6.5];

/** Draws a chain: boxes from the cause down, each with the reason why it follows. */
export function drawChain(chain: readonly ChainLink[]): ChainPicture | undefined {
  const [cause] = chain;
  if (!cause || chain.length < 2) return undefined;
  const shown = chain.slice(0, ROWS);
  const more = chain.length - shown.length;
  return {
    width: WIDTH,
    brokeX: WIDTH - 14,
    height: shown.length * (BOX + GAP) - GAP + (more > 0 ? GAP : 0) + 2,
    label: `Chain of ${chain.length} findings from ${cause.finding.object}, where it broke, to its effects`,
    boxes: shown.map((link, row) => toBox(link, row)),
    more,
    moreY: shown.length * (BOX + GAP) - 8,
  };
}

function toBox({ finding, depth, parent, reason }: ChainLink, row: number): Box {
  const x = 1 + Math.min(depth, DEPTH) * INDENT;
  const y = 1 + row * (BOX + GAP);
  const width = WIDTH - x - 1;
  const knee = x - INDENT + 14;
  const parentBottom = 1 + parent * (BOX + GAP) + BOX;
  return {
    x,
    y,
    width,
    textX: x + 34,
    iconX: x + 12,
    iconY: y + 28,
    objectY: y + 18,
    titleY: y + 35,
    object: cutTo(finding.object, Math.floor((width - 50) / CHARACTER)),
    title: cutTo(finding.title, Math.floor((width - 50) / SMALL)),
    severity: finding.severity,
    icon: finding.icon,
    first: depth === 0,
    reason: cutTo(reason, Math.floor((WIDTH - knee - 20) / SMALL)),
    reasonX: knee + 12,
    reasonY: y - 9,
    line: depth === 0 ? '' : `M${knee} ${parentBottom}V${y + BOX / 2}H${x - 7}`,
    arrow: depth === 0 ? '' : `M${x - 8} ${y + BOX / 2 - 4}l7 4l-7 4z`,
  };
}
