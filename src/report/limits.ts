/** How much of an incident's findings is shown; what is left out is counted and said. */
export type Limits = {
  /** Pieces of evidence a finding. */
  readonly evidence: number;
  /** Characters an excerpt. */
  readonly excerpt: number;
  /** Lines before and after an excerpt. */
  readonly around: number;
  /** Effects of an incident that are told as a whole; the others are listed. */
  readonly effects: number;
  /** Names of affected objects a finding. */
  readonly affected: number;
  /** Whether the incident carries itself as Markdown, to be copied. */
  readonly copies: boolean;
  readonly form: Form;
};

/**
 * How an incident is told: as a whole; lean, without pictures, why and what to do only in the glossary of its class;
 * or bare, which is what, where, and where it is seen.
 */
type Form = 'whole' | 'lean' | 'bare';

/** All that the report says. */
export const FULL: Limits = {
  evidence: 8,
  excerpt: 4000,
  around: 8,
  effects: 60,
  affected: 100,
  copies: true,
  form: 'whole',
};
/** For many findings. */
export const SHORT: Limits = {
  evidence: 3,
  excerpt: 400,
  around: 2,
  effects: 10,
  affected: 10,
  copies: false,
  form: 'whole',
};
/** For thousands of findings. */
export const LEAN: Limits = {
  evidence: 1,
  excerpt: 100,
  around: 0,
  effects: 0,
  affected: 1,
  copies: false,
  form: 'lean',
};
/** For more than that. */
export const BARE: Limits = { ...LEAN, form: 'bare' };

/** Rows of the timeline's table and of each list, from many to few. */
export const ROWS: readonly [number, ...number[]] = [1000, 200, 50];
/** The same beside thousands of incidents. */
export const FEWER_ROWS: readonly [number, ...number[]] = [200, 50];

/** Bytes that a page may have unless told: what the strictest ticket systems take. */
export const MAX_BYTES = 4_500_000;
