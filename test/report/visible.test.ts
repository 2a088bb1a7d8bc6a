import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/report/index.ts';
import { visibleLine, visibleReport, visibleText } from '../../src/report/visible.ts';
import { withTextEverywhere } from './fixtures/everywhere.ts';
import { shopReport } from './fixtures/shop-report.ts';

describe('visible text', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u001b]52;c;b3duZWQ=\u0007', '\\x1b]52;c;b3duZWQ=\\x07'],
    ['\u009b2J', '\\x9b2J'],
    ['cart\u202egpj.exe', 'cart\\u202egpj.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['a\u2028b\u0085c', 'a\\u2028b\\x85c'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['half\ud800', 'half\\ud800'],
    ['line\nfeed\ttab', 'line\\x0afeed\\x09tab'],
  ])('%j is shown as %j', (hidden, shown) => {
    expect(visibleLine(hidden)).toBe(shown);
  });

  test('an excerpt keeps its lines and tabs, and loses the carriage returns of Windows', () => {
    expect(visibleText('one\r\n\ttwo\rthree')).toBe('one\n\ttwo\\x0dthree');
  });

  test('words of any language stay as they are', () => {
    for (const text of ['Größe 大 عربي हिन्दी 🛒', 'k8s — “quoted”']) expect(visibleLine(text)).toBe(text);
  });

  test('nothing is left to hide, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('a report keeps its shape', () => {
    expect(visibleReport(shopReport)).toEqual(JSON.parse(JSON.stringify(shopReport)));
  });
});

describe('every format', () => {
  const HIDDEN = '\u001b]0;owned\u0007\u202e\u2066\u0085\u{e0041}';

  test.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])(
    '%s lets nothing act on a terminal',
    async (format) => {
      const toFormat = await FORMATS[format]();
      const said = toFormat(withTextEverywhere(shopReport, HIDDEN), { title: HIDDEN, ticket: HIDDEN });
      // the Markdown breaks mentions and addresses with a zero-width space of its own
      const hidden = said.match(/(?![\n\t\u200b])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
      expect([...new Set(hidden)]).toEqual([]);
    },
  );

  test.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])(
    '%s is the same for the same report',
    async (format) => {
      const toFormat = await FORMATS[format]();
      expect(toFormat(structuredClone(shopReport), {})).toBe(toFormat(shopReport, {}));
    },
  );
});
