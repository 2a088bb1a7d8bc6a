import { formatRef, type Ref } from '../../model/ref.ts';
import type { Finding, Report } from '../../model/report.ts';
import type { Severity } from '../../model/severities.ts';
import { count, cutTo } from '../../model/words.ts';
import { classAnchor } from '../anchors.ts';
import type { Limits } from '../limits.ts';
import { commandsIn, type Piece, type Step, toPieces, toStep } from '../prose.ts';
import { beforeCollection, ICONS } from './words.ts';

type Evidence = Finding['evidence'][number];

/** One line of evidence, its decisive part apart. */
export type EvidenceRow = {
  /** Line number in the file, or 0 where lines have none. */
  readonly number: number;
  /** Whether it is of the excerpt, not of the lines around. */
  readonly said: boolean;
  readonly head: string;
  readonly match: string;
  readonly tail: string;
};

/** A place in the bundle with what stands there. */
export type EvidenceView = {
  /** `file:line` or `file path`, to be found by. */
  readonly place: string;
  readonly time: string;
  readonly before: string;
  readonly rows: readonly EvidenceRow[];
  /** Whether it has room beside its place. */
  readonly short: boolean;
  /** How many further places say the same, as a number and in words. */
  readonly more: number;
  readonly moreSaid: string;
  /** How many characters of the excerpt are not shown. */
  readonly cut: number;
};

/** Everything that is said of one finding. */
export type FindingView = {
  readonly anchor: string;
  readonly classifier: string;
  readonly classAnchor: string;
  readonly severity: Severity;
  readonly icon: string;
  readonly stage: string;
  readonly title: string;
  readonly object: string;
  readonly namespace: string;
  readonly message: string;
  /** The message in a line or two. */
  readonly brief: string;
  /** Where its first evidence is, and the words there. */
  readonly place: string;
  readonly quoted: string;
  /** What there is no room for beside thousands of others. */
  readonly details: Details;
};

type Details = {
  readonly container: string;
  readonly culprit: string;
  readonly cause: readonly Piece[];
  readonly fix: readonly Step[];
  /** The first step that is a command, else the first step. */
  readonly next: readonly Piece[];
  readonly evidence: readonly EvidenceView[];
  readonly moreEvidence: number;
  readonly affected: string;
  readonly moreAffected: number;
  readonly first: string;
  readonly firstBefore: string;
  readonly last: string;
  readonly lastBefore: string;
};

/** What is needed beside a finding to show it. */
export type Setting = {
  readonly collectedAt: Report['bundle']['collectedAt'];
  readonly anchors: ReadonlyMap<string, string>;
};

/** Makes a finding ready to be said. */
export function toFindingView(finding: Finding, setting: Setting, limits: Limits): FindingView {
  const [evidence] = finding.evidence;
  const { severity, subject, classifier } = finding;
  return {
    anchor: setting.anchors.get(finding.id) ?? '',
    classifier,
    classAnchor: classAnchor(classifier),
    severity,
    icon: ICONS[severity],
    stage: finding.stage,
    title: finding.title,
    object: formatRef(subject),
    namespace: namespaceOf(subject),
    message: finding.message,
    brief: cutTo(finding.message, 150),
    place: evidence ? placeOf(evidence) : '',
    quoted: evidence ? shorten(evidence.excerpt, evidence.match, limits.excerpt) : '',
    details: limits.form === 'whole' ? toDetails(finding, setting, limits) : NO_DETAILS,
  };
}

const NO_DETAILS: Details = {
  container: '',
  culprit: '',
  cause: [],
  fix: [],
  next: [],
  evidence: [],
  moreEvidence: 0,
  affected: '',
  moreAffected: 0,
  first: '',
  firstBefore: '',
  last: '',
  lastBefore: '',
};

function toDetails(finding: Finding, setting: Setting, limits: Limits): Details {
  const { collectedAt } = setting;
  const { container, culprit, subject, cause, fix, affected, evidence, first, last } = finding;
  return {
    container: container ?? '',
    culprit: culprit && !sameRef(culprit, subject) ? formatRef(culprit) : '',
    cause: toPieces(cause),
    fix: fix.map(toStep),
    next: toNext(fix),
    evidence: evidence.slice(0, limits.evidence).map((one) => toEvidenceView(one, setting, limits)),
    moreEvidence: Math.max(0, evidence.length - limits.evidence),
    affected: affected.slice(0, limits.affected).map(formatRef).join(', '),
    moreAffected: Math.max(0, affected.length - limits.affected),
    first: first ?? '',
    firstBefore: beforeCollection(first, collectedAt),
    last: last ?? '',
    lastBefore: beforeCollection(last, collectedAt),
  };
}

function toNext(fix: readonly string[]): Piece[] {
  const command = fix.flatMap(commandsIn)[0];
  return command ? [{ text: command, code: true, command: true }] : toPieces(fix[0] ?? '');
}

/** The namespace that an object is filtered by; a Namespace is in itself. */
export function namespaceOf(ref: Ref): string {
  return ref.namespace ?? (ref.kind === 'Namespace' ? ref.name : '');
}

function sameRef(a: Ref, b: Ref): boolean {
  return formatRef(a) === formatRef(b);
}

/** Makes a piece of evidence ready to be said. */
export function toEvidenceView(evidence: Evidence, { collectedAt }: Setting, limits: Limits): EvidenceView {
  const { file, line, path, time, more } = evidence;
  const excerpt = shorten(evidence.excerpt, evidence.match, limits.excerpt);
  const before = limits.around > 0 ? (evidence.before ?? []).slice(-limits.around) : [];
  const after = (evidence.after ?? []).slice(0, limits.around);
  const said = excerpt.split('\n');
  const rows = [
    ...before.map((text) => plainRow(text, false)),
    ...markedRows(said, evidence.match),
    ...after.map((text) => plainRow(text, false)),
  ];
  const first = line === undefined ? 0 : line - before.length;
  return {
    place: placeOf(evidence),
    time: time ?? '',
    before: beforeCollection(time, collectedAt),
    rows: first > 0 ? rows.map((row, index) => ({ ...row, number: first + index })) : rows,
    short: rows.length === 1 && excerpt.length + file.length + (path ?? '').length < 100,
    more: more ?? 0,
    moreSaid: more ? `${count(more, 'further place')} ${more === 1 ? 'says' : 'say'} the same.` : '',
    cut: Math.max(0, evidence.excerpt.length - excerpt.length),
  };
}

/** `file:line` or `file path`, as a reader finds it by. */
export function placeOf({ file, line, path }: Evidence): string {
  if (line !== undefined) return `${file}:${line}`;
  return path ? `${file} ${path}` : file;
}

/** Cuts an excerpt around the part that decided, so that this part is never lost. */
function shorten(excerpt: string, match: string | undefined, length: number): string {
  if (excerpt.length <= length) return excerpt;
  const at = match ? excerpt.indexOf(match) : 0;
  const start = Math.max(0, Math.min(at - Math.floor(length / 4), excerpt.length - length));
  return `${start > 0 ? '…' : ''}${cutTo(excerpt.slice(start), length)}`;
}

function plainRow(text: string, said: boolean): EvidenceRow {
  return { number: 0, said, head: text, match: '', tail: '' };
}

/** Marks the decisive part in the rows of an excerpt; it may run over several of them. */
function markedRows(rows: readonly string[], match: string | undefined): EvidenceRow[] {
  const whole = rows.join('\n');
  const start = match ? whole.indexOf(match) : -1;
  if (!match || start < 0) return rows.map((text) => plainRow(text, true));
  const end = start + match.length;
  let offset = 0;
  return rows.map((text) => {
    const from = Math.min(text.length, Math.max(0, start - offset));
    const to = Math.min(text.length, Math.max(0, end - offset));
    offset += text.length + 1;
    if (from >= to) return plainRow(text, true);
    return {
      number: 0,
      said: true,
      head: text.slice(0, from),
      match: text.slice(from, to),
      tail: text.slice(to),
    };
  });
}
