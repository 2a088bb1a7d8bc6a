import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { toJson } from '../../src/report/json.ts';
import { reportJsonSchema } from '../../src/report/json-schema.ts';
import { shopReport } from './fixtures/shop-report.ts';

const validate = new Ajv.Ajv2020({ strict: true, allowUnionTypes: true }).compile(reportJsonSchema());

test('the published schema fits the JSON that is written', () => {
  validate(JSON.parse(toJson(shopReport)));
  expect(validate.errors).toBeNull();
});

test('the published schema refuses a finding without evidence', () => {
  const bare = structuredClone(shopReport);
  for (const finding of bare.findings) finding.evidence = [];
  expect(validate(bare)).toBe(false);
});
