import type { Severity } from '../model/severities.ts';

/** What `analyze` and `render` share, as the program in src/cli.ts declares it. */
export type OutputOptions = {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly title?: string;
  readonly ticket?: string;
  readonly maxReportSize?: number;
  readonly before?: string;
  readonly embedData?: boolean;
  readonly force?: boolean;
};

export type AnalyzeOptions = OutputOptions & {
  readonly failOn?: Severity;
  readonly rules?: string;
  readonly namespace?: readonly string[];
  readonly limit?: readonly string[];
  readonly redact: boolean;
  readonly timings?: boolean;
  readonly verbose?: boolean;
};

export type RedactOptions = {
  readonly output: string;
  readonly anonymize?: boolean;
  readonly force?: boolean;
  readonly limit?: readonly string[];
};

export type CollectorOptions = { readonly output?: string; readonly node?: boolean };
