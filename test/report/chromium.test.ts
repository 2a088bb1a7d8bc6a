// biome-ignore-all lint/performance/useDomNodeTextContent: these tests are about what is seen
import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { builtinCatalogue } from '../../src/catalogue/catalogue.ts';
import { toHtml } from '../../src/report/html.ts';
import { MAX_CHARACTERS } from '../../src/report/markdown.ts';
import { withTextEverywhere } from './fixtures/everywhere.ts';
import { hostileBundle } from './fixtures/hostile-bundle.ts';
import { largeReport } from './fixtures/large-report.ts';
import { shopReport } from './fixtures/shop-report.ts';
import { VECTORS } from './fixtures/vectors.ts';
import { axeViolations, type Desk, missing, startChromium } from './support/chromium.ts';

const html = toHtml(shopReport, { ticket: 'SHOP-1042' });
/** The page with all its details open. */
const OPENED = html.replaceAll(/<details\b(?! open)/g, '<details open');
const OPEN_ALL = 'for (const details of document.querySelectorAll("details")) details.open = true';
/** What no page of ours has. */
const STRANGERS = 'img, iframe, object, embed, form:not(#filters), base, math, [onerror], [onload]';
const NO_SCRIPT = { javaScriptEnabled: false };
const IMAGE = '#f-image-not-found-shop-frontend-a1b2';
const REFUSED = '#f-app-connection-refused-payments-billing-c44d';

describe('the page in Chromium', () => {
  let desk: Desk;
  beforeAll(async () => {
    if (!missing) desk = await startChromium();
  });
  beforeEach((context) => context.skip(missing !== undefined, missing));
  afterEach(() => desk?.clear());
  afterAll(() => desk?.close());

  describe('alone', () => {
    test('is one request, also without a network', async () => {
      const { page, requests, noise } = await desk.open(html, { offline: true });
      expect(await page.title()).toBe('SHOP-1042 · casefile-shop-20261120T100041Z.tar.gz · Casefile');
      expect(requests).toHaveLength(1);
      expect(noise).toEqual([]);
    });

    test('its policy refuses scripts, styles, images and forms of others', async () => {
      const added =
        '<script>window.owned=1</script><img src="http://owned.invalid/x.png"><p style="color:red" id="p">x</p>' +
        '<form action="http://owned.invalid"><button id="go">go</button></form></body>';
      const { page, noise } = await desk.open(html.replace('</body>', added));
      await page.evaluate('document.getElementById("go").click()');
      expect(await page.evaluate('window.owned')).toBeUndefined();
      expect(await page.evaluate('getComputedStyle(document.getElementById("p")).color')).not.toBe(
        'rgb(255, 0, 0)',
      );
      expect(noise.filter((line) => line.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(
        4,
      );
    });

    test('keeps nothing in the browser', async () => {
      const { page } = await desk.open(html);
      await page.check('#theme-dark', { force: true });
      expect(
        await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length'),
      ).toBe(0);
    });
  });

  test('runs and fetches nothing that a bundle says, and shows it as text', async () => {
    const { page, show, requests, noise } = await desk.open(html);
    for (const vector of VECTORS) {
      await show(toHtml(withTextEverywhere(shopReport, vector), { title: vector, ticket: vector }));
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate('window.owned'), vector).toBeUndefined();
      expect(requests, vector).toHaveLength(1);
      expect(noise, vector).toEqual([]);
      expect(await page.locator(STRANGERS).count(), vector).toBe(0);
      const shown = (await page.locator('pre').first().textContent()) ?? '';
      expect(shown.replaceAll('\n', '')).toContain(toVisible(vector).replaceAll('\n', ''));
    }
  }, 120_000);

  test('the same holds from the bundle on: forty texts in twelve places of it', async () => {
    const folder = hostileBundle(VECTORS);
    const report = await analyze([folder], builtinCatalogue());
    rmSync(folder, { recursive: true });
    expect(report.findings.length).toBeGreaterThan(20);
    const { page, requests, noise } = await desk.open(toHtml(report));
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(noise).toEqual([]);
    expect(await page.locator(STRANGERS).count()).toBe(0);
    const text = ((await page.locator('body').textContent()) ?? '').replace(/\s+/g, ' ');
    const unseen = VECTORS.filter((vector) => !text.includes(toVisible(vector).replace(/\s+/g, ' ').trim()));
    expect(unseen).toEqual([]);
  }, 120_000);

  describe('without JavaScript', () => {
    test('shows verdict, incidents in order, and evidence', async () => {
      const { page } = await desk.open(html, NO_SCRIPT);
      await expectWhole(page);
      expect(await page.locator('#search').isVisible()).toBe(false);
    });

    test('shows the same in a viewer that also takes the styles away', async () => {
      const bare = html.replace(
        /content="default-src[^"]*"/,
        `content="sandbox; default-src 'none'; style-src 'self'; img-src 'self'"`,
      );
      const { page } = await desk.open(bare, NO_SCRIPT);
      expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).toBe('none');
      await expectWhole(page);
      await page.locator('#incidents summary').nth(2).click();
      expect(await page.locator('#incidents details[open]').count()).toBeGreaterThan(1);
    });

    test('a link to an effect opens the details that it is in', async () => {
      const { page } = await desk.open(html, { ...NO_SCRIPT, hash: REFUSED });
      expect(await page.locator(`${REFUSED} .message`).isVisible()).toBe(true);
      expect(await page.locator(`${IMAGE} > .message`).isVisible()).toBe(false);
    });

    test('severities and what is over can be filtered away', async () => {
      const { page } = await desk.open(html, NO_SCRIPT);
      const shown = () => page.locator('article.incident:visible').count();
      expect(await shown()).toBe(7);
      await page.uncheck('#show-high');
      expect(await shown()).toBe(3);
      await page.check('#show-high');
      await page.uncheck('#show-past');
      expect(await shown()).toBe(6);
    });

    test('light and dark can be chosen', async () => {
      const { page } = await desk.open(html, { ...NO_SCRIPT, colorScheme: 'light' });
      const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      const light = await background();
      await page.check('#theme-dark', { force: true });
      expect(await background()).not.toBe(light);
    });

    test('each incident and the whole stand as Markdown in a box to copy from', async () => {
      const { page } = await desk.open(html, NO_SCRIPT);
      const boxes = await page
        .locator('textarea')
        .evaluateAll((areas) => areas.map((area) => area.textContent ?? ''));
      expect(boxes).toHaveLength(8);
      expect(boxes[0]).toContain('### ◆ critical: `Node rke2-agent2`');
      expect(boxes.at(-1)).toContain(shopReport.verdict);
      for (const box of boxes) expect(box.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    });
  });

  describe('at first sight', () => {
    test('answers on one screen: what, how bad, what next, when, which cluster, what was not seen', async () => {
      const page = await desk.look(html);
      for (const place of [
        '.verdict',
        '.counts',
        '.causes',
        '.causes li:nth-child(3) .next',
        '.facts',
        '.gaps',
      ]) {
        const box = await page.locator(place).boundingBox();
        expect(box && box.y + box.height, place).toBeLessThan(900);
      }
      const screen = await page.locator('#verdict').innerText();
      for (const said of [
        '2026-11-20T10:00:41Z',
        'v1.34.1+rke2r1',
        '2 nodes, 93 pods',
        'forbidden: secrets',
        '1 ◆ critical',
      ])
        expect(screen).toContain(said);
      expect(await page.locator('.causes li').first().innerText()).toMatch(
        /Node rke2-agent2[\s\S]*systemctl status rke2-agent/,
      );
    });

    test('the worst incident is open, the others are not', async () => {
      const page = await desk.look(html);
      const open = await page
        .locator('.incident')
        .evaluateAll((items) => items.map((item) => item.querySelector('details')?.open));
      expect(open).toEqual([true, false, false, false, false, false, false]);
    });
  });

  describe('an incident', () => {
    test('says how bad in a word, a shape and a colour', async () => {
      const page = await desk.look(html);
      const badges = await page.locator('.incident .badge').allInnerTexts();
      expect(badges.slice(0, 2)).toEqual(['◆ critical', '▲ high']);
      const colors = await page
        .locator('.incident .badge')
        .evaluateAll(
          (items) => new Set(items.map((item) => item.computedStyleMap().get('color')?.toString())).size,
        );
      expect(colors).toBe(4);
    });

    test('has what, where, why, what to do, evidence with place and time, class, first and last', async () => {
      const page = await desk.look(OPENED);
      const text = await page.locator(IMAGE).innerText();
      for (const said of [
        'answers, but has no shop/frontend:2.13.0',
        'The tag is misspelt',
        'skopeo list-tags docker://registry.shop.internal:5000/shop/frontend',
        'objects/pods.json items[12].status.containerStatuses[0].state.waiting.message',
        '2026-11-20T09:59:30Z (71s before collection)',
        '341 further places say the same',
        'image/not-found',
        'Pod shop/frontend-7c9f6d5b8d-m8v5t',
      ])
        expect(text).toContain(said);
      expect(await page.locator(`${IMAGE} mark`).first().innerText()).toBe(
        'registry.shop.internal:5000/shop/frontend:2.13.0: not found',
      );
    });

    test('shows the lines around, numbered as in the file', async () => {
      const page = await desk.look(OPENED);
      const lines = await page.locator(`${REFUSED} .line`).allInnerTexts();
      expect(lines).toEqual(['12', '13', '14']);
    });

    test('holds its effects below the cause, each with the reason why it follows', async () => {
      const page = await desk.look(OPENED);
      const incident = page.locator('.incident', { has: page.locator(REFUSED) });
      expect(await incident.locator('.effect').count()).toBe(3);
      expect(await page.locator(`${REFUSED} .because`).innerText()).toBe(
        'Follows from Service data/db: its log names db.data.svc:5432.',
      );
      expect(await incident.locator('svg.chain .reason').allTextContents()).toEqual([
        'its pod mounts claim data/data-db-0',
        'Service data/db selects only this pod',
        'its log names db.data.svc:5432',
      ]);
    });

    test('two pods that fail alike are one finding', async () => {
      const page = await desk.look(html);
      expect(await page.locator('.incident h3', { hasText: 'shop/frontend' }).count()).toBe(1);
    });

    test('marks the broken stage on the life line, and those that were reached before it', async () => {
      const page = await desk.look(OPENED);
      expect(await page.locator(`${IMAGE} .life .reached`).allInnerTexts()).toEqual([
        'API server',
        'controller',
        'scheduler',
        'kubelet',
      ]);
      expect(await page.locator(`${IMAGE} .life .broke`).innerText()).toMatch(/^container runtime/);
    });

    test('leads to the page of its class, and no link leads outside', async () => {
      const page = await desk.look(OPENED);
      await page.click(`${IMAGE} a[href="#class-image-not-found"]`);
      expect(await page.locator('#class-image-not-found').isVisible()).toBe(true);
      expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    });
  });

  test('a link stays good when the same failure is found again among others', async () => {
    const [first, ...rest] = shopReport.findings;
    if (!first) throw new Error('the fixture has findings');
    const again = structuredClone({ ...shopReport, findings: [...rest, first] });
    for (const [index, finding] of again.findings.entries()) {
      const old = finding.id;
      finding.id = `n${index}`;
      for (const incident of again.incidents) {
        if (incident.cause === old) incident.cause = finding.id;
        incident.effects = incident.effects.map((id) => (id === old ? finding.id : id));
      }
    }
    const { page } = await desk.open(toHtml(again), { hash: REFUSED });
    expect(await page.locator(`${REFUSED} .message`).isVisible()).toBe(true);
  });

  describe('with JavaScript', () => {
    test('searches, counts the hits aloud and remembers the question in the address', async () => {
      const { page } = await desk.open(html);
      await page.fill('#query', 'db.data.svc refused');
      expect(await page.locator('article.incident:visible').count()).toBe(1);
      expect(await page.locator('#hits').innerText()).toBe('1 of 7');
      expect(await page.locator('#hits').getAttribute('aria-live')).toBe('polite');
      const hash = new URL(page.url()).hash;
      expect(hash).toBe('#?find=db.data.svc+refused');
      const again = await desk.open(html, { hash });
      expect(await again.page.locator('article.incident:visible').count()).toBe(1);
    });

    test('shows one namespace, with the incidents whose effects are in it', async () => {
      const { page } = await desk.open(html);
      await page.selectOption('#namespace', 'payments');
      const shown = await page.locator('article.incident:visible h3 .object').allInnerTexts();
      expect(shown).toEqual(['PersistentVolumeClaim data/data-db-0', 'Deployment payments/settlement']);
    });

    test('copies a command, an incident and the whole', async () => {
      const { page } = await desk.open(html, { permissions: ['clipboard-read', 'clipboard-write'] });
      const copied = () => page.evaluate('navigator.clipboard.readText()');
      await page.locator('.fix .copier').first().click();
      expect(await copied()).toBe('systemctl status rke2-agent');
      await page.locator('.incident .copier', { hasText: 'Markdown' }).first().click();
      expect(await copied()).toMatch(/^### ◆ critical: `Node rke2-agent2`/);
      await page.locator('#copy .copier').click();
      expect(await copied()).toContain('## Checked');
    });

    test('sorts tables', async () => {
      const { page } = await desk.open(html);
      const table = page.locator('#capacity table.sortable');
      const names = () => table.locator('tbody th').allInnerTexts();
      expect(await names()).toEqual(['payments', 'shop', 'data']);
      await table.locator('thead button', { hasText: 'Namespace' }).click();
      expect(await names()).toEqual(['data', 'payments', 'shop']);
      expect(await table.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    });

    test('finds in the page what is in closed details', async () => {
      const { page } = await desk.open(html);
      expect(await page.evaluate('window.find("Memory cgroup out of memory")')).toBe(true);
      expect(await page.evaluate('document.querySelectorAll("[hidden]:not(#search)").length')).toBe(0);
    });
  });

  describe('pictures and tables', () => {
    test('the timeline has lanes, an axis in UTC, the first symptom, and all of it as a table', async () => {
      const page = await desk.look(html);
      const lanes = await page.locator('svg.timeline .lane').allTextContents();
      expect(lanes[0]).toBe('Node rke2-agent2');
      expect(lanes).toHaveLength(9);
      expect(await page.locator('svg.timeline text.first').textContent()).toBe('first symptom 08:41:09');
      expect(await page.locator('svg.timeline .mark title').count()).toBe(9);
      expect(await page.locator('svg.timeline .tick').first().textContent()).toMatch(/^\d\d:\d\d$/);
      await page.locator('#timeline summary').click();
      expect(await page.locator('#timeline tbody tr').count()).toBe(shopReport.timeline.length);
    });

    test('marks of the timeline are in the order of time, within the picture', async () => {
      const page = await desk.look(html);
      const places = await page.locator('svg.timeline .mark').evaluateAll((marks) =>
        marks.map((mark) => {
          const { x, width } = (mark as unknown as { getBBox(): { x: number; width: number } }).getBBox();
          return x + width / 2;
        }),
      );
      expect(Math.min(...places)).toBeGreaterThan(270);
      expect(Math.max(...places)).toBeLessThan(1000);
    });

    test('bars stand with their numbers, and a node without figures says so', async () => {
      const page = await desk.look(html);
      const [down, up] = await page.locator('#capacity table:not(.sortable) tbody tr').allInnerTexts();
      expect(down).toMatch(
        /rke2-agent2[\s\S]*✗ unknown[\s\S]*MemoryPressure[\s\S]*requests 400m \(20%\)[\s\S]*use not collected/,
      );
      expect(up).toMatch(
        /rke2-server1[\s\S]*limits 6.2 \(310%\)[\s\S]*use 2 \(100%\)[\s\S]*free for requests 140m of 2/,
      );
      const width = await page
        .locator('#capacity tr:nth-child(2) rect.requests')
        .first()
        .getAttribute('width');
      expect(width).toBe('93');
    });

    test('each table has a caption, and headings that say what they head', async () => {
      const page = await desk.look(html);
      const tables = await page.locator('table').evaluateAll((items) =>
        items.map((table) => ({
          caption: table.querySelector('caption')?.textContent ?? '',
          bare: table.querySelectorAll('th:not([scope])').length,
        })),
      );
      expect(tables.length).toBeGreaterThan(5);
      for (const { caption, bare } of tables) expect(caption !== '' && bare === 0).toBe(true);
    });

    test('the inventory lists what is not ready, and says what was not collected', async () => {
      const page = await desk.look(html);
      const text = await page.locator('#inventory').textContent();
      for (const said of [
        'payments/settlement-58d6c6f5b7-q7tzj',
        'fast-ssd',
        'BackOff',
        'Certificates on nodes: not collected.',
      ])
        expect(text).toContain(said);
    });
  });

  describe('for everyone', () => {
    test.each([
      ['light', html, { colorScheme: 'light' }],
      ['dark', html, { colorScheme: 'dark' }],
      ['without JavaScript', html.replace(/<script>[\s\S]*<\/script>/, ''), {}],
      ['on a phone', html, { viewport: { width: 400, height: 860 } }],
    ] as const)(
      'axe finds nothing: %s',
      async (_, shown, options) => {
        const { page } = await desk.open(shown, options);
        await page.evaluate(OPEN_ALL);
        expect(await axeViolations(page)).toEqual([]);
      },
      120_000,
    );

    test('headings go down one level at a time from one first heading', async () => {
      const page = await desk.look(html);
      const levels = await page
        .locator('h1, h2, h3, h4, h5, h6')
        .evaluateAll((items) => items.map((item) => Number(item.tagName.slice(1))));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      for (const [index, level] of levels.entries())
        expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });

    test('nothing to click stands inside a summary', async () => {
      const page = await desk.look(html);
      expect(await page.locator('summary :is(a, button, input)').count()).toBe(0);
    });

    test('at 320 pixels nothing but pictures and tables needs scrolling to the side', async () => {
      const { page } = await desk.open(html, { viewport: { width: 320, height: 800 } });
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    });

    test('the keyboard reaches the skip link first', async () => {
      const { page } = await desk.open(html);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    });
  });

  test('five thousand findings: a link to the last one opens it, filters and search work', async () => {
    const large = largeReport(5000);
    const last = `#f-${large.findings.at(-1)?.fingerprint}`;
    const { page } = await desk.open(toHtml(large), { hash: last });
    expect(await page.locator(last).isVisible()).toBe(true);
    await expect
      .poll(() => page.locator(last).evaluate((item) => item.getBoundingClientRect().top))
      .toBeLessThan(900);
    await page.fill('#query', 'settlement-77');
    expect(await page.locator('#hits').innerText()).toMatch(/^\d+ of \d+$/);
    await page.uncheck('#show-high');
    expect(await page.locator('[data-severity=high]:visible').count()).toBe(0);
  }, 120_000);

  describe('on paper', () => {
    test('opens all details, hides what only a screen can use, and cuts long evidence', async () => {
      const { page } = await desk.open(html);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator(`${REFUSED} .message`).isVisible()).toBe(true);
      expect(await page.locator('#filters').isVisible()).toBe(false);
      const heights = await page
        .locator('pre')
        .evaluateAll((items) => items.map((item) => item.clientHeight));
      expect(Math.max(...heights)).toBeLessThan(200);
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeLessThan(20);
    });
  });
});

/** As a reader sees hidden characters: by their numbers. */
function toVisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return character;
    return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

async function expectWhole(page: Page): Promise<void> {
  const text = (await page.locator('body').textContent()) ?? '';
  const places = [
    shopReport.verdict,
    'the kubelet stopped posting node status 47m',
    'storageclass.storage.k8s.io "fast-ssd" not found',
    'registry.shop.internal:5000/shop/frontend:2.13.0: not found',
    'Memory cgroup out of memory: Killed process 91877',
    'panic: assignment to entry in nil map',
    'CrashLoopBackOff, exit code 1, 7 restarts',
    'One replica behind a Service',
  ].map((said) => text.indexOf(said));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}
