import { expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report.ts';
import { toJson } from '../../src/report/json.ts';
import { shopReport } from './fixtures/shop-report.ts';

test('the JSON is the report and fits its schema', () => {
  const parsed: unknown = JSON.parse(toJson(shopReport));
  expect(parsed).toEqual(JSON.parse(JSON.stringify(shopReport)));
  expect(reportSchema.safeParse(parsed).error).toBeUndefined();
});

test('no character of the JSON acts on a terminal, and none is lost', () => {
  const verdict = 'a\u001b[31m\u0085\u202e\u{e0041}\u2028z';
  const json = toJson({ ...shopReport, verdict });
  expect(json).not.toMatch(/[^\n\x20-\x7e\u00a0-\u1fff]/);
  expect((JSON.parse(json) as { verdict: string }).verdict).toBe(verdict);
});
