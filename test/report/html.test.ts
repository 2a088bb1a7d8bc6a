import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { toHtml } from '../../src/report/html.ts';
import { MAX_BYTES } from '../../src/report/limits.ts';
import { withTextEverywhere } from './fixtures/everywhere.ts';
import { largeReport } from './fixtures/large-report.ts';
import { shopReport } from './fixtures/shop-report.ts';

const html = toHtml(shopReport);

/** A bundle in which nothing is wrong, as far as it was seen. */
const quiet: Report = {
  ...shopReport,
  findings: [],
  classes: [],
  incidents: [],
  unexplained: [],
  timeline: [],
};

function textOf(page: string): string {
  return page
    .replace(/<(style|script|template)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
}

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
      expect(policy).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(policy).toMatch(/^default-src 'none'/);
  });

  test('has no style or event attribute and no address outside itself', () => {
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(html).not.toMatch(/(?:href|src)="(?!#|data:,")/);
    expect(html).toContain('<meta name="referrer" content="no-referrer">');
  });

  test('names every finding, and keeps every link within itself', () => {
    for (const { fingerprint } of shopReport.findings) expect(html).toContain(`id="f-${fingerprint}"`);
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${anchor}"`);
  });

  test('is valid HTML', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard'],
      rules: { 'no-inline-style': 'error' },
    });
    const { results } = await validator.validateString(html);
    const messages = results.flatMap(({ messages: all }) =>
      all.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
    );
    expect(messages).toEqual([]);
  });

  test('says times in UTC and how long before collection, never by the clock of the reader', () => {
    expect(textOf(html)).toContain('2026-11-20T09:58:02Z (2m before collection)');
    expect(textOf(html)).not.toMatch(/\bago\b(?! \()/);
  });

  test('says what was replaced, and what to look through before sharing', () => {
    expect(textOf(html)).toContain('18 values were replaced');
    expect(textOf(html)).toMatch(/password: 14 .*Before you share this file/);
    expect(textOf(toHtml({ ...shopReport, redactions: [] }))).toContain('No value was replaced');
  });

  test('warns at the top where nothing was redacted, and does not say that there was nothing to replace', () => {
    const text = textOf(toHtml({ ...shopReport, redacted: false, redactions: [] }));
    expect(text).toMatch(
      /Not redacted\. This file may show passwords.*Not redacted\. No secret was looked for/,
    );
    expect(text).not.toContain('No value was replaced');
    expect(textOf(html)).not.toContain('Not redacted');
  });
});

describe('a page without a failure', () => {
  test('says how much was judged and what could not be, and nothing in it is green', () => {
    const text = textOf(toHtml(quiet));
    expect(text).toContain('No failure was found by 243 classes that were judged.');
    expect(text).toContain('4 classes could not be judged, because what they need was not collected.');
    expect(text).toContain('This is no proof of health: not everything was seen.');
    expect(toHtml(quiet)).not.toMatch(/class="[^"]*(?:ok|success|green|healthy)/);
  });

  test('does not claim that all was seen when the bundle does not say what was asked', () => {
    const text = textOf(toHtml({ ...quiet, coverage: [], problems: [], skipped: [] }));
    expect(text).toContain('what is missing is not known');
  });

  test('says of a report of nothing at all what was not collected', () => {
    const text = textOf(
      toHtml({
        ...quiet,
        cluster: {},
        nodes: [],
        namespaces: [],
        inventory: {},
        checked: [],
        redactions: [],
      }),
    );
    for (const said of [
      'nodes not collected',
      'No nodes were collected',
      'Claims that are not bound: not collected',
    ])
      expect(text).toContain(said);
  });
});

describe('a page held against an earlier report', () => {
  const [first, ...rest] = shopReport.findings;
  const before = {
    ...shopReport,
    findings: rest.concat({ ...structuredClone(rest[0] ?? first), fingerprint: 'over' } as never),
  };
  const text = textOf(toHtml(shopReport, { before }));

  test('says what is new, what is gone and what is as before', () => {
    expect(text).toContain('1 new, 1 no longer found, 11 as before');
    expect(text).toMatch(/New .*Node rke2-agent2: Node stopped reporting/);
  });

  test('does not call over what could not be judged this time', () => {
    const skipped = [{ classifier: 'controller/daemonset-incomplete', missing: ['daemonsets'] }];
    expect(textOf(toHtml({ ...shopReport, skipped }, { before }))).toContain(
      '(could not be judged this time)',
    );
    expect(text).not.toContain('(could not be judged this time)');
  });
});

describe('the size of the page', () => {
  const large = largeReport(5000);
  const page = toHtml(large);

  test('stays in bounds with 5,000 findings, and none is dropped', () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(MAX_BYTES);
    for (const { fingerprint } of large.findings) expect(page).toContain(`id="f-${fingerprint}"`);
  });

  test('is rendered in a second, where nothing else keeps the machine busy', () => {
    const start = process.cpuUsage();
    toHtml(large);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(4);
  });

  test.each([
    ['each an incident of its own', 5000, 'lean'],
    ['more than there is room for in few words', 8000, 'bare'],
  ])('stays in bounds with thousands of findings, %s', (_, findings, form) => {
    const flat = largeReport(findings);
    flat.incidents = flat.findings.map(({ id, state }) => ({ cause: id, effects: [], links: [], state }));
    const text = toHtml(flat);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    expect(text).toContain(`class="incident ${form} `);
    for (const { fingerprint } of flat.findings) expect(text).toContain(`id="f-${fingerprint}"`);
  });

  test('one cause of thousands of effects is told as a whole, its last effects in a list', () => {
    const { findings, ...rest } = largeReport(2000);
    const [first, ...others] = findings.map(({ id }) => id);
    const links = others.map((effect) => ({ cause: first ?? '', effect, reason: 'its log names it' }));
    const incidents = [{ cause: first ?? '', effects: others, links, state: 'ongoing' as const }];
    const text = toHtml({ ...rest, findings, incidents });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    expect(text).toContain('What to do');
    expect(text.match(/<details class="effect">/g)).toHaveLength(60);
    for (const { fingerprint } of findings) expect(text).toContain(`id="f-${fingerprint}"`);
  });

  test('stays in bounds with thousands of nodes, namespaces and refused questions, and says what it leaves out', () => {
    const many = <T>(list: readonly T[], length: number) =>
      [...Array(length).keys()].map((index) => list[index % list.length]).filter((one) => one !== undefined);
    const text = toHtml({
      ...large,
      nodes: many(shopReport.nodes, 5000),
      namespaces: many(shopReport.namespaces, 3000),
      coverage: many(shopReport.coverage, 20_000),
      problems: many(shopReport.problems, 5000),
      unexplained: many(shopReport.unexplained, 3000),
    });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    expect(/Nodes, unwell[^<]*/.exec(text)?.[0]).toMatch(/; 49\d\d more are in the JSON report$/);
  });

  test('the worst keep their advice and evidence, the others keep place and words', () => {
    const incidents = [...page.matchAll(/<article class="incident[\s\S]*?<\/article>/g)].map(
      ([text]) => text,
    );
    expect(incidents[0]).toContain('What to do');
    expect(incidents.at(-1)).not.toContain('What to do');
    for (const incident of incidents) expect(incident).toMatch(/class="place"/);
    expect(textOf(page)).toMatch(/\d+ of the incidents below are told in few words/);
  });

  test('can be set, and what is cut is counted', () => {
    const small = toHtml(largeReport(200), { maxBytes: 400_000 });
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(400_000);
    const long = structuredClone(shopReport);
    for (const { evidence } of long.findings)
      for (const one of evidence) one.excerpt = `${'a'.repeat(5000)} the end`;
    expect(textOf(toHtml(long))).toMatch(/1,?\d\d\d characters of it are not shown/);
  });

  test('an evidence that is cut still shows the part that decided', () => {
    const long = structuredClone(shopReport);
    for (const { evidence } of long.findings)
      for (const one of evidence) {
        one.excerpt = `${'noise '.repeat(2000)}the decisive words${' noise'.repeat(2000)}`;
        one.match = 'the decisive words';
      }
    expect(toHtml(long)).toContain('<mark>the decisive words</mark>');
  });
});

describe('data for other programs', () => {
  test('is not in the page unless asked for', () => {
    expect(html).not.toContain('<template');
  });

  test('no text ends the script or the data: there is one of each, and no U+2028 in the page', () => {
    const hostile = withTextEverywhere(
      shopReport,
      '</script></template></style></textarea><!-- \u2028\u2029',
    );
    const page = toHtml(hostile, { embed: true, title: '</script>\u2028', ticket: '</title></script>' });
    for (const tag of ['script', 'template', 'style', 'title']) {
      const outside = page.replace(/<svg[\s\S]*?<\/svg>/g, '');
      expect(outside.match(new RegExp(`<${tag}[ >]`, 'g')), tag).toHaveLength(1);
      expect(outside.match(new RegExp(`</${tag}>`, 'g')), tag).toHaveLength(1);
    }
    expect(page).not.toMatch(/[\u2028\u2029]|<!--/);
  });

  test('is the findings without their excerpts, whatever they hold', () => {
    const hostile = withTextEverywhere(shopReport, '</template></script><!-- & \u2028');
    const page = toHtml(hostile, { embed: true });
    const [, text = ''] = /<template id="findings">([^<]*)<\/template>/.exec(page) ?? [];
    const entities = {
      '&lt;': '<',
      '&gt;': '>',
      '&quot;': '"',
      '&#x27;': "'",
      '&#x60;': '`',
      '&#x3D;': '=',
      '&amp;': '&',
    };
    const json = text.replace(/&(?:#?\w+);/g, (entity) => entities[entity as keyof typeof entities]);
    const findings = JSON.parse(json) as { classifier: string; evidence: object[] }[];
    expect(findings).toHaveLength(shopReport.findings.length);
    expect(findings[0]?.evidence[0]).not.toHaveProperty('excerpt');
  });
});

describe('what the page is made of', () => {
  const folder = new URL('../../templates/', import.meta.url);
  const script = readFileSync(new URL('report.js', folder), 'utf8');

  test('the script is readable, short, and does nothing that a mail gateway suspects', () => {
    expect(script.length).toBeLessThan(15_000);
    expect(script).toMatch(/^\/\*\n \* Casefile report\./);
    expect(Math.max(...script.split('\n').map(({ length }) => length))).toBeLessThan(120);
    expect(script).not.toMatch(
      /\beval\b|\bFunction\(|\batob\b|\bfetch\b|XMLHttpRequest|\bBlob\b|innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|import\(/,
    );
  });

  test('no template puts text in without escaping it', () => {
    for (const file of readdirSync(new URL('partials/', folder)))
      expect(readFileSync(new URL(`partials/${file}`, folder), 'utf8'), file).not.toMatch(
        /\{\{\{|\{\{&|<!--/,
      );
  });

  test('the program never compiles a template, and never switches escaping off', () => {
    const sources = readdirSync(new URL('../../src/report/', import.meta.url), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
      .map((file) => readFileSync(new URL(`../../src/report/${file}`, import.meta.url), 'utf8'));
    for (const source of sources)
      expect(source).not.toMatch(
        /SafeString|noEscape|\.compile\(|allowProto|from 'handlebars';(?<!import type.*)/,
      );
  });
});
