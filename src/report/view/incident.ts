import { formatRef } from '../../model/ref.ts';
import type { Incident } from '../../model/report.ts';
import { SEVERITIES, type Severity } from '../../model/severities.ts';
import { LIFE_LINE } from '../../model/stages.ts';
import { formatDuration } from '../../model/time.ts';
import { count } from '../../model/words.ts';
import type { Limits } from '../limits.ts';
import { type ChainLink, type ChainPicture, drawChain, toChain } from './chain.ts';
import { type FindingView, placeOf } from './finding.ts';
import { ICONS, STATE_WORDS } from './words.ts';

/** One stage of the life line, seen from the place where it broke. */
type LifeStep = {
  readonly stage: string;
  readonly mark: 'reached' | 'broke' | 'ahead' | 'aside';
  readonly broke: boolean;
};

type Change = NonNullable<Incident['changes']>[number];

/** Something that was changed before an incident was first seen: `Deployment shop/cart`, `was created`, `3m before`. */
export type ChangeView = {
  readonly time: string;
  readonly before: string;
  readonly object: string;
  readonly what: string;
  /** Where that stands. */
  readonly place: string;
};

/** A cause with its effects, ready to be said. */
export type IncidentView = {
  readonly number: number;
  readonly cause: FindingView;
  readonly effects: readonly ChainLink[];
  /** What the cause itself waits for, where that is one of its effects; else empty. */
  readonly circle: string;
  readonly changes: readonly ChangeView[];
  /** The effects that are told as a whole, and those that are only listed. */
  readonly told: readonly ChainLink[];
  readonly listed: readonly ChainLink[];
  /** Whether it is said in few words, or in the fewest. */
  readonly lean: boolean;
  readonly bare: boolean;
  readonly picture: ChainPicture | undefined;
  readonly chain: readonly ChainLink[];
  readonly lifeLine: readonly LifeStep[];
  /** The stage when it is beside the life line, else empty. */
  readonly beside: string;
  /** The worst of the cause and its effects. */
  readonly severity: Severity;
  readonly icon: string;
  readonly state: string;
  /** Empty for a risk, which has not happened. */
  readonly stateWord: string;
  /** Whether it goes on and how many effects follow: `ongoing · 3 effects`. */
  readonly extent: string;
  /** Whether it is shown open from the start. */
  readonly open: boolean;
  /** Whether it carries itself as Markdown. */
  readonly copies: boolean;
  /** Namespaces that it touches, between spaces, to be filtered by. */
  readonly namespaces: string;
};

/** Makes an incident ready to be said; nothing when its cause is not among the findings. */
export function toIncidentView(
  incident: Incident,
  number: number,
  toView: (id: string, place: number) => FindingView | undefined,
  limits: Limits,
): IncidentView | undefined {
  const chain = toChain(incident, toView);
  const cause = chain[0]?.finding;
  if (!cause) return undefined;
  const whole = limits.form === 'whole';
  const stateWord = cause.stage === 'practice' ? '' : STATE_WORDS[incident.state];
  const severity = worst(chain.map(({ finding }) => finding.severity));
  const namespaces = new Set(chain.map(({ finding }) => finding.namespace).filter((name) => name !== ''));
  const onLine = LIFE_LINE.some((stage) => stage === cause.stage);
  return {
    number,
    cause,
    effects: chain.slice(1),
    circle: circleText(incident, cause, (id) => toView(id, chain.length)),
    changes: whole ? (incident.changes ?? []).map(toChangeView) : [],
    told: chain.slice(1, 1 + limits.effects),
    listed: chain.slice(1 + limits.effects),
    lean: limits.form === 'lean',
    bare: limits.form === 'bare',
    picture: whole ? drawChain(chain) : undefined,
    chain,
    lifeLine: whole ? lifeLineOf(cause.stage) : [],
    beside: onLine ? '' : cause.stage,
    severity,
    icon: ICONS[severity],
    state: incident.state,
    stateWord,
    extent:
      chain.length > 1 ? `${stateWord && `${stateWord} · `}${count(chain.length - 1, 'effect')}` : stateWord,
    open: severity === 'critical' && incident.state === 'ongoing',
    copies: limits.copies,
    namespaces: ` ${[...namespaces].join(' ')} `,
  };
}

function circleText(
  { circle }: Incident,
  cause: FindingView,
  toView: (id: string) => FindingView | undefined,
): string {
  const effect = circle && toView(circle.cause);
  if (!effect) return '';
  const other = effect.object === cause.object ? effect.title : effect.object;
  return `${cause.object} itself waits for its effect ${other} (${circle.reason}): they wait for each other, and one of them has to be mended by hand`;
}

function toChangeView({ time, secondsBefore, subject, what, evidence }: Change): ChangeView {
  const before = `${formatDuration(secondsBefore)} before`;
  return { time, before, object: formatRef(subject), what, place: placeOf(evidence) };
}

function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'info';
}

function lifeLineOf(broken: string): LifeStep[] {
  const at = (LIFE_LINE as readonly string[]).indexOf(broken);
  return LIFE_LINE.map((stage, index) => {
    if (at < 0) return { stage, mark: 'aside', broke: false };
    if (index === at) return { stage, mark: 'broke', broke: true };
    return { stage, mark: index < at ? 'reached' : 'ahead', broke: false };
  });
}
