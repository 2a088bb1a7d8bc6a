import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { toSarif } from '../../src/report/sarif.ts';
import { shopReport } from './fixtures/shop-report.ts';

const schema = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as object;
const isUri = (text: string) => /^[\w.+~%/:?#[\]@!$&'()*,;=-]*$/.test(text);
const validate = new Ajv.default({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: isUri, 'uri-reference': isUri, 'date-time': true },
}).compile(schema);

describe('the SARIF log', () => {
  const log = JSON.parse(toSarif(shopReport)) as Log;
  const [run] = log.runs;

  test('fits the schema of SARIF 2.1.0', () => {
    validate(log);
    expect(validate.errors).toBeNull();
  });

  test('fits the schema also with names that are no paths and texts that hide', () => {
    const hostile = structuredClone(shopReport);
    for (const finding of hostile.findings) {
      finding.subject.name = '\ud800<b>\u202e"';
      for (const evidence of finding.evidence) evidence.file = 'a b/%/\ud800?#[x]\\..//c:\u0000';
    }
    validate(JSON.parse(toSarif(hostile)));
    expect(validate.errors).toBeNull();
  });

  test('the schema is really held to: a log without a driver fails', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  test('has a result for each finding, by its class as the rule', () => {
    expect(run?.results?.map(({ ruleId }) => ruleId)).toEqual(
      shopReport.findings.map(({ classifier }) => classifier),
    );
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  test('points at file and line, or at file and field path', () => {
    const places = run?.results?.map(({ locations }) => locations?.[0]?.physicalLocation);
    expect(places?.[5]).toMatchObject({ region: { startLine: 14 } });
    expect(places?.[0]).toMatchObject({
      artifactLocation: { uri: 'objects/nodes.json' },
      properties: { path: 'items[1].status.conditions[3].message' },
    });
  });

  test('keeps the fingerprint, by which a site knows a finding again', () => {
    expect(run?.results?.[0]?.partialFingerprints).toEqual({
      'casefile/v1': shopReport.findings[0]?.fingerprint,
    });
  });
});
