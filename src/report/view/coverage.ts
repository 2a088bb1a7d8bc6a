import type { Report } from '../../model/report.ts';
import { count, cutTo, groupDigits } from '../../model/words.ts';

type Status = Report['coverage'][number]['status'];

/** What was asked for and how that ended, for those tries that ended alike. */
type CoverageGroup = {
  readonly status: Status;
  readonly word: string;
  readonly gap: boolean;
  readonly total: number;
  readonly tries: readonly { readonly what: string; readonly detail: string; readonly command: string }[];
  readonly more: number;
};

/** What the bundle does not show, and what could therefore not be judged. */
export type CoverageView = {
  readonly groups: readonly CoverageGroup[];
  readonly asked: number;
  readonly got: number;
  /** One line each: what was not seen. */
  readonly gaps: readonly string[];
  readonly skipped: readonly { readonly missing: string; readonly classes: string }[];
  readonly skippedCount: number;
  readonly problems: Report['problems'];
  readonly moreProblems: number;
  readonly unread: readonly { readonly what: string; readonly files: string }[];
  /** `312 files were not read: 290 metrics, 22 other texts`; nothing when all were. */
  readonly unreadLine: string | undefined;
};

const WORDS: Readonly<Record<Status, string>> = {
  forbidden: 'forbidden',
  timeout: 'timed out',
  error: 'failed',
  cut: 'cut short',
  absent: 'not in this cluster',
  ok: 'collected',
};
const ORDER = Object.keys(WORDS) as Status[];

/** Draws together what was asked, refused, cut and absent; each list has at most so many rows. */
export function toCoverageView(report: Report, rows: number): CoverageView {
  const groups = ORDER.map((status) => toGroup(report, status, rows)).filter(({ total }) => total > 0);
  const skipped = toSkipped(report);
  return {
    groups,
    asked: report.coverage.length,
    got: report.coverage.filter(({ status }) => status === 'ok').length,
    gaps: [...groups.filter(({ gap }) => gap).map(toGapLine), ...otherGaps(report)],
    skipped,
    skippedCount: report.skipped.length,
    problems: report.problems.slice(0, rows),
    moreProblems: Math.max(0, report.problems.length - rows),
    unread: report.unread.map(({ what, files }) => ({ what, files: count(files, 'file') })),
    unreadLine: toUnreadLine(report),
  };
}

const MOST_KINDS = 6;

function toUnreadLine({ unread }: Report): string | undefined {
  if (unread.length === 0) return undefined;
  const files = (some: Report['unread']) => some.reduce((sum, one) => sum + one.files, 0);
  const largest = unread.toSorted((a, b) => b.files - a.files);
  const kinds = largest.slice(0, MOST_KINDS).map((one) => `${groupDigits(one.files)} ${one.what}`);
  const rest = files(largest.slice(MOST_KINDS));
  const all = files(unread);
  return `${count(all, 'file')} ${all === 1 ? 'was' : 'were'} not read: ${kinds.join(', ')}${rest > 0 ? `, ${groupDigits(rest)} others` : ''}`;
}

function toGroup(report: Report, status: Status, rows: number): CoverageGroup {
  const tries = report.coverage.filter((one) => one.status === status);
  return {
    status,
    word: WORDS[status],
    gap: status !== 'ok' && status !== 'absent',
    total: tries.length,
    tries: tries
      .slice(0, rows)
      .map(({ what, detail, command }) => ({ what, detail: detail ?? '', command: command ?? '' })),
    more: Math.max(0, tries.length - rows),
  };
}

function toGapLine({ word, tries, total }: CoverageGroup): string {
  const names = tries.slice(0, 4).map(({ what }) => cutTo(what, 60));
  const more = total - names.length;
  return `${word}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function otherGaps(report: Report): string[] {
  const gaps: string[] = [];
  if (report.problems.length > 0)
    gaps.push(`could not be read whole: ${count(report.problems.length, 'file')}`);
  if (report.skipped.length > 0)
    gaps.push(`could not be judged for want of facts: ${count(report.skipped.length, 'class')} of failure`);
  return gaps;
}

function toSkipped(report: Report): CoverageView['skipped'] {
  const byMissing = new Map<string, string[]>();
  for (const { classifier, missing } of report.skipped) {
    const key = missing.join(', ');
    byMissing.set(key, [...(byMissing.get(key) ?? []), classifier]);
  }
  return [...byMissing].map(([missing, classes]) => ({ missing, classes: classes.join(', ') }));
}
