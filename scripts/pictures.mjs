// Takes the pictures of the README from the report of a sample: node scripts/pictures.mjs, after npm run build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = mkdtempSync(join(tmpdir(), 'casefile-pictures-'));
const report = join(folder, 'report.html');
execFileSync(process.execPath, ['dist/casefile.cjs', 'analyze', 'samples/shop.tar.gz', '-o', report]);
mkdirSync('docs', { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme });
  await page.goto(pathToFileURL(report).href);
  await page.screenshot({ path: `docs/report-${colorScheme}.png` });
}
const page = await browser.newPage({ viewport: { width: 1280, height: 1400 }, colorScheme: 'light' });
await page.goto(pathToFileURL(report).href);
const chained = page.locator('article.incident:has(svg.chain)', { hasText: 'PersistentVolumeClaim' }).first();
await chained.locator('summary').first().click();
await chained.screenshot({ path: 'docs/incident.png' });
await page.locator('#timeline').screenshot({ path: 'docs/timeline.png' });
await browser.close();
rmSync(folder, { recursive: true });
