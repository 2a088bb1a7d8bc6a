import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Log, LogHit } from '../../src/model/cluster.ts';
import { UserError } from '../../src/model/errors.ts';
import { expression } from '../../src/model/expression.ts';
import { requiredLiterals } from '../../src/model/literals.ts';
import { digitMask } from '../../src/readers/line-digits.ts';
import { gramsOf } from '../../src/readers/line-grams.ts';
import { compileLineRules, type LineRule, type LineRules } from '../../src/readers/line-rules.ts';
import { type LineSearch, plainSearch } from '../../src/readers/line-scan.ts';
import { simdSearch } from '../../src/readers/line-simd.ts';
import { logSink } from '../../src/readers/log.ts';
import { saidIn } from '../../src/readers/log-time.ts';

const owner = {
  of: 'container',
  namespace: 'shop',
  pod: 'cart-0',
  container: 'cart',
  previous: false,
} as const;
const rule = (classifier: string, ...sources: string[]): LineRule => ({
  classifier,
  expressions: sources.map((source) => expression(source)),
});
const RULES = compileLineRules([
  rule('network/refused', 'dial tcp (?<address>[^: ]+:\\d+): .*connection refused', 'ECONNREFUSED'),
  rule('app/panic', '^panic: '),
  rule('app/error', '[Ee]rror: (?<what>\\S+)'),
  rule('exit/oom', 'OOMKi|Out of memory'),
]);

function read(
  text: string | Buffer,
  cuts: readonly number[] = [],
  rules: LineRules = RULES,
  modified?: number,
): Log {
  let log: Log | undefined;
  const sink = logSink({ file: 'logs/shop/cart-0/cart.log', modified }, owner, rules, (done) => {
    log = done;
  });
  const bytes = Buffer.from(text);
  let from = 0;
  for (const end of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    // A copy that is wiped afterwards, at every alignment: a sink must not hold on to a chunk.
    const chunk = Buffer.alloc(end - from + (from % 4)).subarray(from % 4);
    bytes.copy(chunk, 0, from, end);
    sink.chunk(chunk);
    chunk.fill(0);
    from = end;
  }
  sink.end(true);
  if (!log) throw new Error('the sink gave no log');
  return log;
}

/** All that a hit tells, when it is asked. */
const toldHit = ({ classifier, count, first, last, lines }: LogHit): LogHit => ({
  classifier,
  count,
  first,
  last,
  lines,
});

/** The hits as one plain expression after the other finds them in one line after the other. */
function plainHits(text: string, rules: readonly LineRule[]): Record<string, number[]> {
  const hits: Record<string, number[]> = {};
  const clean = stripVTControlCharacters(text).replaceAll('\0', '');
  clean.split('\n').forEach((line, i) => {
    const seen = saidIn(line.replace(/\r$/, ''));
    for (const { classifier, expressions } of rules)
      if (expressions.some((one) => one.match(seen))) hits[classifier] = [...(hits[classifier] ?? []), i + 1];
  });
  return hits;
}

test('lines that match are kept with their number, text and time, under their classifier', () => {
  const log = read(
    '2026-11-22T12:00:00.5Z starting\n' +
      '2026-11-22T12:00:01Z dial tcp 10.43.0.7:5432: connect: connection refused\r\n' +
      '2026-11-22T12:00:02Z \u001b[31mError: \u001b[0mcart is gone\n' +
      '2026-11-22T12:00:03Z panic: no cart',
  );
  expect(log).toMatchObject({ owner, lines: 4 });
  expect(log.ends.head()[0]?.time).toBe(Date.UTC(2026, 10, 22, 12, 0, 0, 500));
  expect(log.ends.last()).toBe(Date.UTC(2026, 10, 22, 12, 0, 3));
  expect(log.hits.map(toldHit)).toEqual([
    {
      classifier: 'network/refused',
      count: 1,
      first: Date.UTC(2026, 10, 22, 12, 0, 1),
      last: Date.UTC(2026, 10, 22, 12, 0, 1),
      lines: [
        {
          line: 2,
          text: 'dial tcp 10.43.0.7:5432: connect: connection refused',
          time: Date.UTC(2026, 10, 22, 12, 0, 1),
        },
      ],
    },
    expect.objectContaining({
      classifier: 'app/panic',
      lines: [expect.objectContaining({ text: 'panic: no cart' })],
    }),
    expect.objectContaining({
      classifier: 'app/error',
      lines: [expect.objectContaining({ text: 'Error: cart is gone' })],
    }),
  ]);
});

test('the first lines and the last lines are kept, and all are counted', () => {
  const all = Array.from({ length: 100 }, (_, i) => `line ${i + 1}`);
  const log = read(`${all.join('\n')}\n`, [7, 300]);
  expect(log).toMatchObject({ lines: 100, bytes: all.join('\n').length + 1 });
  expect(log.ends.head().map(({ line, text }) => [line, text])).toEqual(
    all.slice(0, 5).map((text, i) => [i + 1, text]),
  );
  expect(log.ends.tail().map(({ line, text }) => [line, text])).toEqual(
    all.slice(60).map((text, i) => [i + 61, text]),
  );
});

test('an empty log has no lines', () => {
  const log = read('');
  expect(log).toMatchObject({ lines: 0, bytes: 0, hits: [] });
  expect([log.ends.head(), log.ends.tail(), log.ends.last()]).toEqual([[], [], undefined]);
});

test('all matches are counted, and the newest lines are kept', () => {
  const lines = Array.from({ length: 20_500 }, (_, i) => `panic: number ${i + 1}`);
  const [hit] = read(lines.join('\n'), [70_000, 140_000]).hits;
  expect(hit?.count).toBe(20_500);
  expect(hit?.lines.map(({ line, text }) => [line, text])).toEqual(
    [20_496, 20_497, 20_498, 20_499, 20_500].map((i) => [i, `panic: number ${i}`]),
  );
});

test('lines that differ in their numbers only are not taken for one another where a rule asks for a number', () => {
  const rules = compileLineRules([
    rule('exit/137', 'worker exited with code 137'),
    rule('exit/any', 'worker exited with code [12]'),
    rule('cart/gone', 'HTTP (?:404|410): cart is gone'),
    rule('cart/dns', '^(?![^\\n]*:53:)[^\\n]*lookup failed'),
    rule('cart/v2', 'cart-v2 lost'),
    rule('cart/four', '\\x34 carts are gone'),
    rule('cart/api', 'refused by \\S+:6443'),
  ]);
  const codes = [7, 137, 138, 237, 1, 137].map((code) => `worker exited with code ${code}`);
  const answers = [404, 405, 410, 404].map((code) => `HTTP ${code}: cart is gone`);
  const gone = [3, 4, 5].map((count) => `${count} carts are gone`);
  const servers = [6442, 6443, 64430, 6444].map((port) => `refused by 10.0.0.1:${port}`);
  const ports = [54, 53, 54, 53].map((port) => `10.0.0.1:${port}: lookup failed`);
  const { hits } = read(
    [...codes, ...answers, ...ports, 'cart-v1 lost', 'cart-v2 lost', ...gone, ...servers].join('\n'),
    [],
    rules,
  );
  expect(hits.map(({ classifier, lines }) => [classifier, lines.map(({ line }) => line)])).toEqual([
    ['exit/137', [2, 6]],
    ['exit/any', [2, 3, 4, 5, 6]],
    ['cart/gone', [7, 9, 10]],
    ['cart/dns', [11, 13]],
    ['cart/v2', [16]],
    ['cart/four', [18]],
    ['cart/api', [21, 22]],
  ]);
});

test('a line without end is held in little memory and matched at its beginning', () => {
  const chunk = Buffer.alloc(1024 ** 2, 'x');
  let log: Log | undefined;
  const sink = logSink({ file: 'huge.log' }, owner, RULES, (done) => {
    log = done;
  });
  sink.chunk(Buffer.from('panic: '));
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 1024; i++) sink.chunk(chunk);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
  sink.chunk(Buffer.from(' ECONNREFUSED\nlast'));
  sink.end(true);
  expect(log).toMatchObject({ lines: 2, bytes: 1024 ** 3 + 7 + 18 });
  expect(log?.hits.map(({ classifier }) => classifier)).toEqual(['app/panic']);
});

test('an expression without a fixed text is refused by name', () => {
  expect(() => compileLineRules([rule('app/any', 'ok now', '\\d+ [a-z]+')])).toThrow(UserError);
  expect(() => compileLineRules([rule('app/any', '\\d+ [a-z]+')])).toThrow(
    /^app\/any: the expression \/\\d\+ \[a-z\]\+\//,
  );
  expect(() => compileLineRules([rule('app/short', 'oom')])).toThrow(/app\/short/);
});

const word = fc.constantFrom(
  'panic: ',
  'Panic: ',
  'Error: ',
  'error',
  'ERROR: x',
  'OOMKi',
  'oomk',
  'lled',
  'dial tcp 10.0.0.1:80: ',
  'connection',
  ' refused',
  'ECONNREFUSED',
  ' ',
  'Out of memory',
  'é',
  '\n',
  '\n',
  '\r\n',
  '\0',
  '\u001b[1;31m',
  '\u001b[0m',
  '2026-11-22T12:00:00Z ',
  'a',
  'b',
  '\u0430',
  ':53: ',
  ':54: ',
  'code 137',
  'code 138',
  ':137',
  ':1379',
  ' 42',
  'x509',
  '\\"',
  'x508',
  '0',
  '5',
);
const logText = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
/** The same lines come again, with other numbers. */
const repeatedText = fc
  .array(logText, { maxLength: 4 })
  .chain((texts) =>
    fc
      .array(fc.tuple(fc.nat(texts.length), fc.constantFrom('3', '4', '8', '')), { maxLength: 12 })
      .map((parts) =>
        parts.map(([i, digit]) => texts[i]?.replace(/\d(?=\D)/g, (old) => digit || old) ?? '').join('\n'),
      ),
  );

/** All that a log tells, when it is asked. */
const told = ({ ends, hits, ...log }: Log) => ({
  ...log,
  hits: hits.map(toldHit),
  head: ends.head(),
  tail: ends.tail(),
  last: ends.last(),
});

test('wherever a log is cut into chunks, the same is read', () => {
  fc.assert(
    fc.property(logText, fc.array(fc.nat(), { maxLength: 10 }), (text, cuts) => {
      expect(told(read(text, cuts))).toEqual(told(read(text)));
    }),
    { numRuns: 1000 },
  );
});

test('of long lines the beginnings are kept, up to 8 KiB at each end, wherever the log is cut', () => {
  const length = fc.oneof(
    fc.nat(30),
    fc.integer({ min: 2040, max: 2060 }),
    fc.integer({ min: 1, max: 5000 }),
  );
  fc.assert(
    fc.property(fc.array(length, { minLength: 1, maxLength: 50 }), fc.array(fc.nat()), (lengths, cuts) => {
      const lines = lengths.map((size, i) => `${i} ${'ü'.repeat(size / 2)}`);
      const { head, tail } = told(read(`${lines.join('\n')}\n`, cuts));
      const kept = lines.map((line) => Buffer.from(line).subarray(0, 2048));
      const last = kept.toReversed().filter((_, i, all) => {
        const size = all.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0);
        return i === 0 || (i < 40 && size <= 8192);
      });
      expect(tail.map(({ text }) => text)).toEqual(last.toReversed().map((line) => line.toString()));
      expect(head[0]?.text).toBe(kept[0]?.toString());
    }),
    { numRuns: 500 },
  );
});

const rules = fc.array(
  fc.tuple(
    fc.constantFrom('app/one', 'app/two', 'app/three'),
    fc.constantFrom(
      '^panic: ',
      '[Pp]anic',
      '[Ee]rror: \\w',
      'ERROR',
      'OOMKi(?:lled)?',
      '(?:connection|dial) ',
      'refused$',
      'ECONN(?:REFUSED|RESET)',
      'tcp [\\d.]+:\\d+: connection refused',
      'Out of (?:memory|disk)',
      'ababa',
      'aaaaa',
      ' refused',
      'é(?:panic|Error)',
      'memory.{0,3}Error',
      'n refuse',
      'code 13[0-7]',
      'panic: .*(?<!\\d)5',
      '^(?![^\\n]*:53:).*(?:Error|refused)',
      'x509[ab]|ERROR',
      'Error: [45]\\d? ?refused',
      'Error: \\x34',
      '(?:Error: |panic: )[^5]?5',
      'ECONN\\w+(?: 42|a4+)',
      'OOMKi.*(?:42|0{2})',
      'panic: .*37[ 4]?',
      'panic: .*[58]"',
      'Error: [\\w.:-]*(?:1379|:137|:137:)',
    ),
  ),
  { minLength: 1, maxLength: 6 },
);

/** The lines that a search tells, as numbers; each shape as the lines that are taken for the same. */
function searched(search: LineSearch, bytes: Buffer, from: number) {
  const places: string[] = [];
  const literals: (readonly number[])[] = [];
  const shapes = new Map<number, string[]>();
  const alike: string[][] = [];
  const lines = search.lines(bytes, from, bytes.length, (line, start, end, shape, isNew) => {
    places.push(`${line}: ${start}-${end}`);
    literals.push(search.literals(bytes, start, end + 1).toSorted((a, b) => a - b));
    const text = bytes.toString('latin1', start, end);
    if (shape === undefined) return;
    if (!isNew) return void shapes.get(shape)?.push(text);
    const group = [text];
    alike.push(group);
    shapes.set(shape, group);
  });
  return { lines, places, literals, alike };
}

test('with SIMD the lines are found that are found without, and lines of one shape differ in numbers only', () => {
  const sources = ['[Pp]anic', 'connection refused', 'ECONNREFUSED', ' refused', 'OOMKi', 'é(?:panic|Error)'];
  const grams = gramsOf([...sources, 'code 137', 'code 42'].flatMap(requiredLiterals));
  const mask = digitMask(['code 137']);
  const simd = simdSearch(grams, mask.told);
  if (!simd) throw new Error('this machine has no SIMD');
  fc.assert(
    fc.property(fc.oneof(logText, repeatedText), fc.nat(15), fc.nat(15), (text, before, from) => {
      // At every alignment, as often as all of it comes again in other groups of bytes.
      const line = `${text}\n`;
      const all = Buffer.from('x'.repeat(before) + line.repeat(Math.ceil(500 / line.length)));
      const bytes = Buffer.alloc(all.length + 4).subarray(before % 4);
      all.copy(bytes);
      const view = bytes.subarray(0, all.length);
      const start = Math.min(from, view.indexOf('\n'));
      const found = searched(simd, view, start);
      const plain = plainSearch(grams);
      const { lines, places, literals } = searched(plain, view, start);
      expect(found).toMatchObject({ lines, places, literals });
      // Asked for text that was not looked through just now.
      const [one, other] = [simd, plain].map((search) => new Set(search.literals(view, start, view.length)));
      expect(one).toEqual(other);
      for (const [first = '', ...others] of found.alike)
        for (const other of others) expect(mask.masked(other)).toBe(mask.masked(first));
    }),
    { numRuns: 1000 },
  );
});

/** What a line is made of: numbers of any length behind anything, and those that are asked for. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...' |:|x|Z|.|\u00e9| code |:6443|x509|[137]| 137|code 137|code 12A| 13'.split('|')),
    fc.stringMatching(/^[0-9]{1,20}$/),
    fc.stringMatching(/^[ -~]{1,20}$/),
  ),
  { minLength: 1, maxLength: 12 },
);
/** Other digits for some of a line's. */
const changes = fc.array(fc.record({ at: fc.nat(300), digit: fc.nat(9) }), { maxLength: 4 });

test('two lines are of one shape exactly when they differ only in numbers that nobody asks for', () => {
  const mask = digitMask(['code 137', ':6443', ' [137]']);
  fc.assert(
    fc.property(pieces, pieces, changes, (before, behind, changed) => {
      const simd = simdSearch(gramsOf(requiredLiterals('needle')), mask.told);
      if (!simd) throw new Error('this machine has no SIMD');
      const first = `${before.join('')}needle${behind.join('')}`;
      let second = first;
      for (const { at, digit } of changed)
        if (/\d/.test(second.charAt(at))) second = second.slice(0, at) + digit + second.slice(at + 1);
      const known: boolean[] = [];
      const bytes = Buffer.from(`${first}\n${second}\n`);
      simd.lines(bytes, 0, bytes.length, (_line, _from, _to, _shape, isNew) => void known.push(!isNew));
      const [one = '', other = ''] = [first, second].map((line) =>
        mask.masked(Buffer.from(line).toString('latin1')),
      );
      expect(known).toEqual([false, one === other]);
    }),
    { numRuns: 1000 },
  );
});

test('more lines than there are places for shapes are not taken for one another', () => {
  const simd = simdSearch(gramsOf(requiredLiterals('needle')), digitMask([]).told);
  if (!simd) throw new Error('this machine has no SIMD');
  const name = (i: number) => [...i.toString(8)].map((digit) => 'abcdefgh'.charAt(Number(digit))).join('');
  const lines = Array.from({ length: 20_000 }, (_, i) => `all begin alike, needle ${name(32_768 + i)}\n`);
  const bytes = Buffer.from(lines.join(''));
  const known: number[] = [];
  const count = simd.lines(bytes, 0, bytes.length, (line, _from, _to, _shape, isNew) => {
    if (!isNew) known.push(line);
  });
  expect(count).toBe(20_000);
  expect(known).toEqual([]);
});

test('what is larger than the memory of the search, and a line that is, is looked through in pieces', () => {
  const MiB = 1024 ** 2;
  const refused = 'dial tcp 10.0.0.1:80: connection refused\n';
  const text = `${refused}${'x'.repeat(3 * MiB)} panic: \n${'all is well\n'.repeat(MiB / 4)}panic: late\n${refused}`;
  const log = read(text);
  expect(log.lines).toBe(MiB / 4 + 4);
  expect(log.hits.map(({ classifier, lines }) => [classifier, lines.map(({ line }) => line)])).toEqual([
    ['network/refused', [1, MiB / 4 + 4]],
    ['app/panic', [MiB / 4 + 3]],
  ]);
});

test('the hits are those of plain expressions, line by line', () => {
  fc.assert(
    fc.property(
      fc.oneof(logText, repeatedText),
      rules,
      fc.array(fc.nat(), { maxLength: 4 }),
      (text, chosen, cuts) => {
        const lineRules = chosen.map(([classifier, source]) => rule(classifier, source));
        const found = read(text, cuts, compileLineRules(lineRules)).hits;
        const plain = plainHits(text, lineRules);
        expect(Object.fromEntries(found.map(({ classifier, count }) => [classifier, count]))).toEqual(
          Object.fromEntries(
            Object.entries(plain).map(([classifier, lines]) => [classifier, new Set(lines).size]),
          ),
        );
        for (const { classifier, lines } of found)
          expect(lines.map(({ line }) => line)).toEqual([...new Set(plain[classifier])].slice(-5));
      },
    ),
    { numRuns: 500 },
  );
});

test('what a line of JSON says in quotes is found as if it were said outside', () => {
  const rules = compileLineRules([rule('app/login', 'login failed for user "(?<user>\\w+)"')]);
  const line = String.raw`{"level":"error","msg":"FATAL: login failed for user \"orders\""}`;
  expect(read(`${line}\n`, [], rules).hits.map(({ classifier, count }) => [classifier, count])).toEqual([
    ['app/login', 1],
  ]);
});
