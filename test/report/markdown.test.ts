import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { MAX_CHARACTERS, toMarkdown } from '../../src/report/markdown.ts';
import { withTextEverywhere } from './fixtures/everywhere.ts';
import { shopReport } from './fixtures/shop-report.ts';
import { VECTORS } from './fixtures/vectors.ts';

const renderer = new MarkdownIt({ html: true, linkify: true });
type Token = ReturnType<typeof renderer.parse>[number];

function tokensOf(markdown: string): Token[] {
  return renderer.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

function kindsOf(markdown: string): Set<string> {
  return new Set(tokensOf(markdown).map(({ type }) => type));
}

const ACTIVE = ['html_block', 'html_inline', 'image', 'link_open'];

describe('the Markdown for a ticket', () => {
  const markdown = toMarkdown(shopReport);

  test('names each failing object, with cause, steps and evidence', () => {
    for (const { subject, stage } of shopReport.findings)
      if (stage !== 'practice') expect(markdown).toContain(subject.name);
    expect(markdown).toContain('`kubectl -n data delete pvc data-db-0`');
    expect(markdown).toContain('`logs/shop/orders-api-66f8c7d9b-w5d2r/api.previous.log:402`');
  });

  test('says what was changed before an incident was first seen', () => {
    expect(markdown).toContain(
      '**Changed shortly before**\n\n- 2026-11-20T08:40:41Z (28s before it was first seen) `StatefulSet data/db` was created',
    );
  });

  test('is only headings, lists, emphasis and code', () => {
    for (const kind of ACTIVE) expect(kindsOf(markdown)).not.toContain(kind);
  });

  test.each(VECTORS)('nothing that a bundle says becomes HTML, an image or a link: %j', (vector) => {
    const kinds = kindsOf(toMarkdown(withTextEverywhere(shopReport, vector)));
    for (const kind of ACTIVE) expect(kinds).not.toContain(kind);
  });

  test('a fence in a log line does not end the block, and headings in it are no headings', () => {
    const hostile = structuredClone(shopReport);
    for (const { evidence } of hostile.findings)
      for (const one of evidence) one.excerpt = '```\n# owned\n~~~~\n````text\n</details>';
    const headings = tokensOf(toMarkdown(hostile)).filter(({ content }) => content === 'owned');
    expect(headings).toEqual([]);
  });

  test('nobody is mentioned and no issue is linked', () => {
    const hostile = structuredClone(shopReport);
    for (const finding of hostile.findings)
      finding.message = 'ask @admin about #12, shop#13 and a@example.com';
    const texts = tokensOf(toMarkdown(hostile)).filter(({ type }) => type === 'text');
    for (const { content } of texts) expect(content).not.toMatch(/@\w|#\d/);
  });

  test('fits a comment field, whatever the size of the report', () => {
    const many = manyIncidents(3000);
    const text = toMarkdown(many);
    expect(text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(text.length).toBeGreaterThan(MAX_CHARACTERS * 0.8);
    expect(text).toMatch(/and \d[\d,]* more incidents, for which there is no room here/);
    expect(text).toContain('## Checked');
  });
});

function manyIncidents(number: number): Report {
  const [finding] = shopReport.findings;
  const [incident] = shopReport.incidents;
  if (!finding || !incident) throw new Error('the fixture has no incident');
  const ids = [...Array(number).keys()].map((index) => `f${index + 1}`);
  return {
    ...shopReport,
    findings: ids.map((id) => ({ ...finding, id, fingerprint: `x-${id}` })),
    incidents: ids.map((cause) => ({ ...incident, cause, effects: [], links: [] })),
    timeline: [],
  };
}
