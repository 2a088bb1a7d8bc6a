import * as z from 'zod';
import { SEVERITIES } from '../model/report.ts';

const names = z.array(z.string()).optional();

/** What `analyze` and `render` share, as commander gives it. */
export const outputOptions = z.object({
  format: names,
  output: z.string().optional(),
  title: z.string().optional(),
  ticket: z.string().optional(),
  maxReportSize: z.number().optional(),
  before: z.string().optional(),
  embedData: z.boolean().optional(),
  force: z.boolean().optional(),
});

export const analyzeOptions = outputOptions.extend({
  failOn: z.enum(SEVERITIES).optional(),
  rules: z.string().optional(),
  namespace: names,
  limit: names,
  redact: z.boolean(),
  timings: z.boolean().optional(),
  verbose: z.boolean().optional(),
});

export type OutputOptions = z.infer<typeof outputOptions>;
