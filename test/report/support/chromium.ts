import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executable = PLACES.find((place) => place !== '' && existsSync(place));

/** Why the tests in a browser do not run, or nothing when they do; in CI they must. */
export const missing =
  executable === undefined ? 'no Chromium was found: set CHROMIUM to its path' : undefined;
if (missing && process.env.CI === 'true') throw new Error(missing);

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page that was opened from a file, and what it tried to do. */
type Opened = {
  readonly page: Page;
  /** Shows another file in the same page, and forgets what the one before did. */
  show(html: string): Promise<void>;
  readonly requests: readonly string[];
  /** Messages of the console, of refused policies, of dialogs and of errors. */
  readonly noise: readonly string[];
};

/** One browser for all tests of a file. */
export type Desk = {
  open(html: string, options?: BrowserContextOptions & { readonly hash?: string }): Promise<Opened>;
  /** The same page for all tests that only look at it. */
  look(html: string): Promise<Page>;
  /** Closes all other pages. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

/** Starts the browser. */
export async function startChromium(): Promise<Desk> {
  if (!executable) throw new Error(missing);
  const browser: Browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS });
  const folder = mkdtempSync(path.join(tmpdir(), 'casefile-report-'));
  let files = 0;
  const looked = new Map<string, Promise<Opened>>();
  const kept = new Set<BrowserContext>();
  const desk: Desk = {
    async look(html) {
      const opened = looked.get(html) ?? desk.open(html);
      looked.set(html, opened);
      const { page } = await opened;
      kept.add(page.context());
      return page;
    },
    async open(html, { hash = '', ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const requests: string[] = [];
      const noise: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => noise.push(message.text()));
      page.on('pageerror', (error) => noise.push(error.message));
      page.on('dialog', (dialog) => {
        noise.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      const show = async (shown: string) => {
        const file = path.join(folder, `${files++}.html`);
        writeFileSync(file, shown);
        requests.length = 0;
        noise.length = 0;
        await page.goto(pathToFileURL(file).href + hash);
      };
      await show(html);
      return { page, show, requests, noise };
    },
    async clear() {
      const done = browser.contexts().filter((context) => !kept.has(context));
      await Promise.all(done.map((context) => context.close()));
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
  return desk;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of accessibility that axe finds, as `rule: element`. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const scope = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await scope.axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  });
}
