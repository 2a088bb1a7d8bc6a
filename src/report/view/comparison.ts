import { formatRef } from '../../model/ref.ts';
import type { Report } from '../../model/report.ts';
import type { FindingView } from './finding.ts';

/** What changed since an earlier report, by fingerprint. */
export type Comparison = {
  readonly bundle: string;
  readonly taken: string;
  readonly freshCount: number;
  readonly fresh: readonly FindingView[];
  readonly goneCount: number;
  readonly gone: readonly {
    readonly object: string;
    readonly title: string;
    readonly classifier: string;
    /** Whether its class was judged this time; only then is it over. */
    readonly judged: boolean;
  }[];
  readonly same: number;
};

/** Holds a report against an earlier one; each list has at most so many rows. */
export function compare(
  before: Report,
  now: Report,
  mention: (finding: { readonly id: string }) => FindingView | readonly never[],
  rows: number,
): Comparison {
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const still = new Set(now.findings.map(({ fingerprint }) => fingerprint));
  const skipped = new Set(now.skipped.map(({ classifier }) => classifier));
  const fresh = now.findings.filter(({ fingerprint }) => !known.has(fingerprint));
  const gone = before.findings.filter(({ fingerprint }) => !still.has(fingerprint));
  return {
    bundle: before.bundle.name,
    taken: before.bundle.collectedAt ?? 'at an unknown time',
    freshCount: fresh.length,
    fresh: fresh.slice(0, rows).flatMap(mention),
    goneCount: gone.length,
    gone: gone.slice(0, rows).map(({ subject, title, classifier }) => ({
      object: formatRef(subject),
      title,
      classifier,
      judged: !skipped.has(classifier),
    })),
    same: now.findings.length - fresh.length,
  };
}
