/** How much of each finding is shown; what is left out is counted and said. */
export type Limits = {
  /** Pieces of evidence a finding. */
  readonly evidence: number;
  /** Characters an excerpt. */
  readonly excerpt: number;
  /** Lines before and after an excerpt. */
  readonly around: number;
  /** Names of affected objects a finding. */
  readonly affected: number;
  /** Rows of the timeline's table and of each inventory list. */
  readonly rows: number;
  /** Whether each incident carries itself as Markdown, to be copied. */
  readonly copies: boolean;
  /** Whether why and what to do stand with each finding, or only in the glossary of its class. */
  readonly advice: boolean;
};

/** From everything to the least; the first that fits the size is taken. */
export const LIMITS: readonly [Limits, ...Limits[]] = [
  { evidence: 8, excerpt: 4000, around: 8, affected: 100, rows: 1000, copies: true, advice: true },
  { evidence: 5, excerpt: 800, around: 4, affected: 30, rows: 500, copies: true, advice: true },
  { evidence: 3, excerpt: 400, around: 2, affected: 10, rows: 200, copies: false, advice: true },
  { evidence: 1, excerpt: 240, around: 0, affected: 3, rows: 100, copies: false, advice: true },
  { evidence: 1, excerpt: 120, around: 0, affected: 1, rows: 50, copies: false, advice: false },
];

/** Bytes that a report may have unless told: what the strictest ticket systems take. */
export const MAX_BYTES = 4_500_000;
