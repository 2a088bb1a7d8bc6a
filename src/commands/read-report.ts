import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../model/errors.ts';
import { type Report, reportSchema } from '../model/report.ts';

/** Reads a stored report, or says in one line why the file is none. */
export function readReport(source: string): Report {
  const parsed = reportSchema.safeParse(parse(source));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${source}: is no casefile report, version 1: ${issue ? `${z.core.toDotPath(issue.path)}: ${issue.message}` : ''}`,
  );
}

function parse(source: string): unknown {
  try {
    return JSON.parse(readFileSync(source, 'utf8'));
  } catch (cause) {
    throw new UserError(
      `${source}: cannot be read as a JSON report: ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}
