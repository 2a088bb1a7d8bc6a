import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHtml } from '../../src/report/html.ts';
import { shopReport } from './fixtures/shop-report.ts';

const html = toHtml(shopReport);

describe('the page', () => {
  test('is the same bytes for the same report', () => {
    expect(toHtml(structuredClone(shopReport))).toBe(html);
  });

  test('allows its own style and script by hash and nothing else', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    for (const [tag, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ]) {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html) ?? [];
      const hash = createHash('sha256').update(text).digest('base64');
      expect(policy.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=')).toContain(
        `${directive} 'sha256-${hash}'`,
      );
    }
    expect(policy).toMatch(/^default-src (?:'|&#x27;)none/);
  });

  test('has no style or event attribute and no address outside itself', () => {
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(html).not.toMatch(/(?:href|src)="(?!#|data:,")/);
  });

  test('names every finding', () => {
    for (const { fingerprint } of shopReport.findings) expect(html).toContain(`id="f-${fingerprint}"`);
  });

  test('keeps every link within the page', () => {
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${anchor}"`);
  });
});
