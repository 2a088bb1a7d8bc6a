import * as z from 'zod';
import { reportSchema } from '../model/report.ts';

/** The JSON Schema (2020-12) of the JSON report, for programs that read it. */
export function reportJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return { $schema, title: 'Casefile report, version 1', ...schema };
}
