import { describe, expect, it } from 'vitest';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { redactReport } from '../../src/redact/report.ts';

const FINDING: Finding = {
  id: 'f1',
  fingerprint: 'app-config-cart',
  classifier: 'app/bad-configuration',
  severity: 'high',
  stage: 'application',
  title: 'Application refuses its configuration',
  subject: { kind: 'Pod', namespace: 'shop', name: 'cart-0' },
  affected: [],
  message: 'ends with "connect postgres://cart:Cn7hunter2hunter@pg:5432/cart"',
  cause: 'The application refuses its configuration.',
  fix: ['Look at the log.'],
  evidence: [
    { file: 'logs/cart.log', line: 3, excerpt: 'start password=Zz9Aa8Bb7Cc6Dd5', match: 'Zz9Aa8Bb7Cc6Dd5' },
  ],
  state: 'ongoing',
};

function reportOf(finding: Partial<Finding>): Report {
  return {
    version: 1,
    tool: { name: 'casefile', version: '0.0.0' },
    bundle: { name: 'shop', layout: 'casefile 1', bytes: 1, files: 1 },
    cluster: {},
    verdict: 'one root cause',
    findings: [{ ...FINDING, ...finding }],
    classes: [],
    incidents: [],
    unexplained: [],
    skipped: [],
    checked: [],
    coverage: [{ what: 'pods', status: 'error', detail: 'kubectl --token=Cn7hunter2hunter: refused' }],
    problems: [{ file: 'logs/cart.log', message: 'Authorization: Bearer abcdef0123456789abcdef' }],
    unread: [],
    redactions: [{ kind: 'password', count: 2 }],
    nodes: [],
    namespaces: [],
    inventory: {},
    timeline: [],
  };
}

describe('a redacted report', () => {
  it('holds no secret in any of its texts', () => {
    const text = JSON.stringify(redactReport(reportOf({})));
    expect(text).not.toMatch(/hunter2|Zz9Aa8|abcdef0123/);
  });

  it('counts what was replaced by kind, with what the bundle says of itself', () => {
    const { redactions } = redactReport(reportOf({}));
    expect(redactions).toEqual([
      { kind: 'authorization', count: 1 },
      { kind: 'password', count: 4 },
      { kind: 'token', count: 1 },
    ]);
  });

  it('shows the same secret by the same number', () => {
    const { findings, coverage } = redactReport(reportOf({}));
    const number = /-(\d+)\]/.exec(findings[0]?.message ?? '')?.[1];
    expect(coverage[0]?.detail).toBe(`kubectl --token=[REDACTED-token-${number}]: refused`);
  });

  it('knows a secret again where nothing around it tells', () => {
    const { findings } = redactReport(reportOf({ cause: 'It tried Zz9Aa8Bb7Cc6Dd5 in vain.' }));
    expect(findings[0]?.cause).toMatch(/^It tried \[REDACTED-known-\d+\] in vain\.$/);
  });

  it('takes a private key out of the lines around an excerpt', () => {
    const body = 'MIIEowIBAAKCAQEAx7fQ2Jq0Zb3Yv1k8Wm5Ns4Lp6Rt9Uu2Xa8Cc1Dd3Ee5Ff';
    const evidence: Finding['evidence'] = [
      {
        file: 'logs/cart.log',
        line: 2,
        before: ['-----BEGIN PRIVATE KEY-----'],
        excerpt: body,
        after: [body, 'key written'],
      },
    ];
    const shown = redactReport(reportOf({ evidence })).findings[0]?.evidence[0];
    expect(JSON.stringify(shown)).not.toContain('MIIE');
    expect(shown?.after?.[1]).toBe('key written');
  });

  it('goes by the name of the field that was shown', () => {
    const evidence: Finding['evidence'] = [
      { file: 'objects/x.json', path: 'items[0].spec.adminPassword', excerpt: 'hunter2hunter' },
    ];
    expect(redactReport(reportOf({ evidence })).findings[0]?.evidence[0]?.excerpt).toMatch(
      /^\[REDACTED-password-\d\]$/,
    );
  });

  it('is the same when it is redacted again', () => {
    const once = redactReport(reportOf({}));
    expect(redactReport(once)).toEqual(once);
  });
});

it('no text of the catalogue is taken for a secret', () => {
  const texts = builtinCatalogue().classes.flatMap(({ title, cause, fix }) => [
    title,
    cause,
    ...fix.flatMap((step) => (typeof step === 'string' ? step : Object.values(step))),
  ]);
  expect(texts.filter((text) => createRedactor().text(text) !== text)).toEqual([]);
});
