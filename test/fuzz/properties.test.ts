import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startReading } from '../../src/bundle/reading.ts';
import { tarIntake } from '../../src/bundle/tar.ts';
import { unpack } from '../../src/bundle/unpack.ts';
import { judge } from '../../src/engine/judge.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { formatBytes, parseQuantity } from '../../src/model/quantity.ts';
import { reportSchema } from '../../src/model/report.ts';
import { parseDuration, parseTime } from '../../src/model/time.ts';
import { createClusterReader } from '../../src/readers/read-cluster.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { toHtml } from '../../src/report/html.ts';
import { toJson } from '../../src/report/json.ts';
import { toJunit } from '../../src/report/junit.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { toText } from '../../src/report/text.ts';
import { visibleLine } from '../../src/report/visible.ts';
import { header } from '../bundle/hand-made-tar.ts';
import { casesOf, leaks, plant, withLineEnds } from '../redact/canaries.ts';
import { CATALOGUE, clusterOf } from '../support/cluster.ts';

/** 2,000 in CI, 100,000 by `npm run fuzz`; what costs a whole reader or report runs a tenth as often. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const runs = (share = 1) => ({ numRuns: Math.max(1, Math.round(RUNS * share)) });

const TIME = Math.max(60_000, RUNS * 20);

/** Reads one file as a part of a bundle; with the log rules only where they are asked for. */
function read(
  path: string,
  content: string | Uint8Array,
  catalogue = { ...CATALOGUE, classes: [] as typeof CATALOGUE.classes },
) {
  const reader = createClusterReader(catalogue);
  const bytes = Buffer.from(content as string);
  const sink = reader.entry({ path: `casefile-shop/${path}`, size: bytes.length, modified: undefined });
  sink?.chunk(bytes);
  sink?.end(true);
  return reader.finish({ name: 'fuzz', bytes: bytes.length, files: 1 });
}

const NAMES = [
  '__proto__',
  'constructor',
  'metadata',
  'name',
  'namespace',
  'items',
  'kind',
  'status',
  'spec',
  'containers',
  'conditions',
  'state',
  'waiting',
  'reason',
  'message',
  'toString',
  '0',
  'ownerReferences',
  'labels',
];
const VALUES = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('Pod', 'PodList', 'List', 'True', 'CrashLoopBackOff', '2026-11-22T12:00:00Z', '__proto__'),
);
const { tree: OBJECT } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    VALUES,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie('tree'), { maxKeys: 6 }),
  ),
}));
const KINDS = [
  'Pod',
  'Node',
  'Deployment',
  'Service',
  'Event',
  'Job',
  'PersistentVolumeClaim',
  'Ingress',
  '__proto__',
  'constructor',
];

describe('readers never throw and keep to the model', () => {
  it(
    'tar headers of any content',
    async () => {
      const field = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes));
      const member = fc.record({
        name: fc.string(),
        type: fc.constantFrom('0', '5', '1', '2', 'x', 'g', 'L', 'K', 'S', 'Z', '\0'),
        size: fc.nat(2000),
        sizeField: fc.option(field, { nil: undefined }),
        junk: fc.uint8Array({ maxLength: 1500 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(member, { maxLength: 6 }), fc.nat(3000), async (members, cut) => {
          const bytes = Buffer.concat(
            members.flatMap(({ junk, sizeField, ...said }) => [
              header({ ...said, ...(sizeField ? { sizeField } : {}) }),
              Buffer.from(junk),
            ]),
          );
          const told: string[] = [];
          const reading = startReading(
            { entry: () => ({ chunk() {}, end() {} }), problem: (_, message) => void told.push(message) },
            DEFAULT_LIMITS,
            unpack,
          );
          const intake = tarIntake({ path: 'fuzz.tar', prefix: '', level: 0 }, reading);
          for (let at = 0; at < bytes.length; at += cut + 1)
            await intake.chunk(bytes.subarray(at, at + cut + 1));
          await intake.end(true);
          reading.close();
        }),
      );
    },
    TIME,
  );

  it(
    'JSON of any shape under any kind',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...KINDS), fc.array(OBJECT, { maxLength: 4 }), (kind, items) => {
          const cluster = read(
            'objects/pods.json',
            JSON.stringify({
              kind: `${kind}List`,
              items: items.map((item) => ({
                kind,
                ...(typeof item === 'object' ? item : {}),
                metadata: { name: 'a', namespace: 'b', ...(typeof item === 'object' ? item : {}) },
              })),
            }),
          );
          expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
          expect(cluster.problems.every(({ message }) => message.length > 0)).toBe(true);
        }),
        runs(),
      );
    },
    TIME,
  );

  it(
    'JSON texts that are cut and altered anywhere',
    () => {
      const sound = JSON.stringify({
        kind: 'PodList',
        items: [{ metadata: { name: 'cart-0', namespace: 'shop' }, status: { phase: 'Failed' } }],
      });
      fc.assert(
        fc.property(
          fc.nat(sound.length),
          fc.string(),
          (at, inserted) =>
            void read('objects/pods.json', sound.slice(0, at) + inserted + sound.slice(at + 1)),
        ),
        runs(),
      );
    },
    TIME,
  );

  it(
    'YAML of any tokens',
    () => {
      const token = fc.oneof(
        fc.constantFrom(
          '- ',
          'a: ',
          '? ',
          '&a ',
          '*a ',
          '!!str ',
          '| \n',
          '> \n',
          '[',
          ']',
          '{',
          '}',
          '"',
          "'",
          '\n',
          '\n  ',
          '---\n',
          '<<: ',
          '#',
          '\t',
          'kind: Pod\n',
          'items:\n',
          'metadata:\n  name: a\n',
          '%YAML 1.2\n',
          ', ',
          ': ',
        ),
        fc.string({ maxLength: 4 }),
      );
      fc.assert(
        fc.property(
          fc.array(token, { maxLength: 60 }),
          (tokens) => void read('cluster-resources/pods/shop.yaml', tokens.join('')),
        ),
        runs(),
      );
    },
    TIME,
  );

  it(
    'describe texts of any lines',
    () => {
      const line = fc.tuple(
        fc.nat(12),
        fc.constantFrom(
          'Name:',
          'Namespace:',
          'Containers:',
          'State:',
          'Reason:',
          'Events:',
          'Conditions:',
          'Type',
          '----',
          '__proto__:',
          'Labels:',
          'Node:',
          'Last State:',
          'Exit Code:',
          'Mounts:',
        ),
        fc.oneof(
          fc.string(),
          fc.constantFrom('cart-0', 'Waiting', '<none>', '137', 'Mon, 22 Nov 2026 12:00:00 +0000'),
        ),
      );
      fc.assert(
        fc.property(
          fc.array(line, { maxLength: 40 }),
          (lines) =>
            void read(
              'describe/shop/pods.txt',
              lines.map(([indent, key, value]) => `${' '.repeat(indent)}${key}  ${value}`).join('\n'),
            ),
        ),
        runs(),
      );
    },
    TIME,
  );

  it(
    'logs of any bytes',
    () => {
      const piece = fc.oneof(
        fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        fc.constantFrom(
          '2026-11-22T12:00:00Z ',
          'panic: runtime error\n',
          '\0',
          '\r\n',
          '\x1b[31m',
          'Traceback (most recent call last):\n',
          'exec format error\n',
        ),
      );
      fc.assert(
        fc.property(
          fc.array(piece, { maxLength: 20 }),
          (pieces) =>
            void read('logs/shop/cart-0/cart.log', Buffer.from(pieces.join(''), 'latin1'), CATALOGUE),
        ),
        runs(0.1),
      );
    },
    TIME,
  );

  it(
    'quantities, times and durations of any text',
    () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string(),
            fc.stringMatching(/^[+-]?\d{0,30}\.?\d{0,5}([eE][+-]?\d{1,6}|[KMGTPE]i?|m)?$/),
          ),
          (text) => {
            for (const value of [parseQuantity(text), parseTime(text), parseDuration(text)])
              expect(value === undefined || typeof value === 'number').toBe(true);
            expect(typeof formatBytes(parseQuantity(text) ?? 0)).toBe('string');
          },
        ),
        runs(),
      );
    },
    TIME,
  );
});

const MUST_GO = [...casesOf('must-go.txt'), ...casesOf('must-go-analyser.txt')];
const MUST_STAY = casesOf('must-stay.txt');
const AROUND = fc.array(
  fc.constantFrom(
    '2026-11-22T12:00:00Z INFO ready',
    'GET /healthz 200',
    '',
    '{"level":"info"}',
    ...MUST_STAY.filter((line) => !line.includes('-----')),
  ),
  { maxLength: 4 },
);

describe('redaction', () => {
  it(
    'leaves no piece of a secret, whatever stands around it',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...MUST_GO),
          fc.integer({ min: 1, max: 1e6 }),
          AROUND,
          AROUND,
          (shape, seed, before, after) => {
            const canary = plant(shape, seed);
            const text = [...before, canary.text, ...after].join('\n');
            const bystanders = [...before, ...after].join('\n');
            const left = leaks(canary, createRedactor().text(text)).filter(
              (piece) => !bystanders.includes(piece),
            );
            expect(left, shape).toEqual([]);
          },
        ),
        runs(),
      );
    },
    TIME,
  );

  it(
    'never changes a look-alike, whatever stands around it',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...MUST_STAY), AROUND, AROUND, (shape, before, after) => {
          const text = [...before, withLineEnds(shape), ...after].join('\n');
          expect(createRedactor().text(text)).toBe(text);
        }),
        runs(),
      );
    },
    TIME,
  );

  it(
    'is done once and for all, in any text',
    () => {
      const word = fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom(
          'password',
          '=',
          ':',
          '"',
          "'",
          ' ',
          '--token',
          'https://',
          '@',
          'Bearer ',
          '\\',
          '[',
          ']',
          '{',
          '}',
          ',',
          'secret',
          'abc123XYZ789abc',
          '\n',
          '-----BEGIN PRIVATE KEY-----',
          'key',
          '[REDACTED-password-1]',
          '/',
          '&',
        ),
      );
      fc.assert(
        fc.property(fc.array(word, { maxLength: 25 }), (words) => {
          const once = createRedactor().text(words.join(''));
          expect(once.split('\n')).toHaveLength(words.join('').split('\n').length);
          expect(createRedactor().text(once)).toBe(once);
        }),
        runs(),
      );
    },
    TIME,
  );

  it(
    'never throws on objects and keeps their shape',
    () => {
      fc.assert(
        fc.property(OBJECT, (value) => {
          const redacted = createRedactor().value(value);
          expect(Array.isArray(redacted)).toBe(Array.isArray(value));
        }),
        runs(),
      );
    },
    TIME,
  );
});

describe('escaping', () => {
  const EVIL = [
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    '"onmouseover="alert(1)',
    "javascript:alert('1')",
    '{{constructor}}',
    '\u202e',
    '\x1b]52;c;x\x07',
    '\u2028',
    '`',
    '```',
    '@all',
    '=1+1',
    '<!--',
    '&lt;',
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ maxLength: 8 })), { maxLength: 5 })
    .map((parts) => parts.join(''));

  it(
    'makes every hidden character visible',
    () => {
      fc.assert(
        fc.property(
          fc.oneof(fc.string({ unit: 'binary' }), text),
          (hidden) => void expect(visibleLine(hidden)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u),
        ),
        runs(),
      );
    },
    TIME,
  );

  it(
    'lets no text of a bundle become HTML, in any format',
    () => {
      const pods = (name: string, message: string) =>
        `kind: Pod\nmetadata: {name: ${JSON.stringify(name)}, namespace: shop}\nspec: {containers: [{name: cart, image: x}]}\nstatus: {phase: Pending, containerStatuses: [{name: cart, restartCount: 0, state: {waiting: {reason: ErrImagePull, message: ${JSON.stringify(`manifest unknown: ${message}`)}}}}]}\n`;
      fc.assert(
        fc.property(text, text, (name, message) => {
          const report = judge(
            clusterOf({
              objects: pods(
                `cart${JSON.stringify(name)
                  .slice(1, -1)
                  .replace(/[^\x20-\x7e]/g, '?')}`,
                JSON.stringify(message)
                  .slice(1, -1)
                  .replace(/[^\x20-\x7e]/g, '?'),
              ),
            }),
            CATALOGUE,
            '0',
          );
          expect(reportSchema.safeParse(report).success).toBe(true);
          const html = toHtml(report, { color: false, width: 100 });
          expect(html).not.toMatch(/<img src=x|<script>alert|"onmouseover=|<!--<|href="javascript/);
          expect((html.match(/<script/g) ?? []).length).toBeLessThanOrEqual(2);
          for (const toFormat of [toText, toMarkdown, toSarif, toJunit, toJson])
            expect(toFormat(report, { color: false, width: 100 })).not.toMatch(
              /(?!\u200b)\p{Cf}|(?![\n\t])\p{Cc}/u,
            );
        }),
        runs(0.02),
      );
    },
    TIME,
  );
});
