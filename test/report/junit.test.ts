import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { toJunit } from '../../src/report/junit.ts';
import { need } from '../support/shells.ts';
import { shopReport } from './fixtures/shop-report.ts';

const xml = toJunit(shopReport);

/** The elements of a document in which every element stands closed; throws where one does not. */
function elementsOf(document: string): { name: string; attributes: Record<string, string> }[] {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const body = document.replace(/^<\?xml [^?]*\?>/, '');
  for (const [tag, end, name = '', rest = '', single] of body.matchAll(
    /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (end) {
      expect(open.pop(), tag).toBe(name);
      continue;
    }
    if (!single) open.push(name);
    const attributes = Object.fromEntries(
      [...rest.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ) as Record<string, string>;
    elements.push({ name, attributes });
  }
  expect(open).toEqual([]);
  const text = body.replace(/<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g, '');
  expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/);
  return elements;
}

describe('the JUnit file', () => {
  const elements = elementsOf(xml);
  const cases = elements.filter(({ name }) => name === 'testcase');

  test('has a case for each finding', () => {
    for (const { classifier } of shopReport.findings)
      expect(cases.map(({ attributes }) => attributes.classname)).toContain(classifier);
  });

  test('fails for what goes on, not for risks and not for what is over', () => {
    const failing = shopReport.findings.filter(
      ({ stage, state }) => stage !== 'practice' && state === 'ongoing',
    );
    expect(elements.filter(({ name }) => name === 'failure')).toHaveLength(failing.length);
  });

  test('skips what could not be judged', () => {
    expect(elements.filter(({ name }) => name === 'skipped')).toHaveLength(shopReport.skipped.length);
  });

  test('counts as many cases as it has', () => {
    const whole = elements.find(({ name }) => name === 'testsuites');
    expect(whole?.attributes.tests).toBe(String(cases.length));
  });

  test('stays XML whatever the bundle says', () => {
    const hostile = structuredClone(shopReport);
    for (const finding of hostile.findings) {
      finding.message = ']]> </failure> \u0000\u0008\ufffe\ud800 "&lt; <!-- <?x ?>';
      finding.subject.name = '"><script>alert(1)</script>';
    }
    expect(elementsOf(toJunit(hostile)).map(({ name }) => name)).not.toContain('script');
    expect(toJunit(hostile)).not.toMatch(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/);
  });

  test('is what readers of JUnit files agree on', (context) => {
    need(context, 'xmllint');
    const schema = new URL('./fixtures/junit.xsd', import.meta.url).pathname;
    const read = () =>
      execFileSync('xmllint', ['--noout', '--schema', schema, '-'], { input: xml, stdio: 'pipe' });
    expect(read).not.toThrow();
  });
});
