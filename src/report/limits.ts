/** How much of an incident's findings is shown; what is left out is counted and said. */
export type Limits = {
  /** Pieces of evidence a finding. */
  readonly evidence: number;
  /** Characters an excerpt. */
  readonly excerpt: number;
  /** Lines before and after an excerpt. */
  readonly around: number;
  /** Names of affected objects a finding. */
  readonly affected: number;
  /** Whether the incident carries itself as Markdown, to be copied. */
  readonly copies: boolean;
  /** In few words: no pictures, and why and what to do only in the glossary of its class. */
  readonly lean: boolean;
};

/** All that the report says. */
export const FULL: Limits = {
  evidence: 8,
  excerpt: 4000,
  around: 8,
  affected: 100,
  copies: true,
  lean: false,
};
/** For many findings. */
export const SHORT: Limits = {
  evidence: 3,
  excerpt: 400,
  around: 2,
  affected: 10,
  copies: false,
  lean: false,
};
/** For thousands of findings. */
export const LEAN: Limits = { evidence: 1, excerpt: 100, around: 0, affected: 1, copies: false, lean: true };

/** Rows of the timeline's table and of each list, from many to few. */
export const ROWS: readonly [number, ...number[]] = [1000, 200, 50];

/** Bytes that a page may have unless told: what the strictest ticket systems take. */
export const MAX_BYTES = 4_500_000;
