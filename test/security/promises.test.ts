import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../src/bundle/open-bundle.ts';
import { judge } from '../../src/engine/judge.ts';
import type { Report } from '../../src/model/report.ts';
import { parseTime } from '../../src/model/time.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { toHtml } from '../../src/report/html.ts';
import { FORMATS } from '../../src/report/index.ts';
import { toStep } from '../../src/report/prose.ts';
import { toText } from '../../src/report/text.ts';
import { visibleReport, visibleText } from '../../src/report/visible.ts';
import { END, header, member, pax } from '../bundle/hand-made-tar.ts';
import { CATALOGUE, clusterOf } from '../support/cluster.ts';
import { need, temporaryFolder } from '../support/shells.ts';

const PLAIN = { color: false, width: 100 };

/** A report about a pod whose name, namespace and message somebody chose. */
function reportAbout(name: string, message: string, status: object = notPulled(message)): Report {
  const pod = {
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: [{ name: 'cart', image: 'reg.local/cart:1' }] },
    status,
  };
  return judge(clusterOf({ objects: JSON.stringify(pod) }), CATALOGUE, '0.0.0');
}

const notPulled = (message: string) => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'cart', restartCount: 0, state: { waiting: { reason: 'ErrImagePull', message } } },
  ],
});

const MISSING = 'manifest for reg.local/cart:1 not found: manifest unknown';

describe('terminal sequences', () => {
  it('a megabyte of them is made visible in linear time', () => {
    const start = performance.now();
    expect(visibleText('\x1b['.repeat(500_000))).not.toContain('\x1b');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('a megabyte of them passes the redactor in linear time', () => {
    const start = performance.now();
    createRedactor().text('\x1b[0;'.repeat(250_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('none reaches %s', async (format) => {
    const toFormat = await FORMATS[format]();
    const text = toFormat(reportAbout('cart-0', `${MISSING} \x1b]52;c;ZXZpbA==\x07 \u202e \u009b31m`), PLAIN);
    expect(text).not.toMatch(/(?!\u200b)\p{Cf}|(?![\n\t])\p{Cc}/u);
  });
});

describe('what a reader copies', () => {
  it('commands have no name that a shell would read as more than a name', () => {
    const report = reportAbout("cart';rm -rf ~;'", MISSING);
    const commands = JSON.stringify(report.findings.flatMap(({ fix }) => fix)).match(/`kubectl[^`]*`/g) ?? [];
    expect(
      commands.filter((command) => /(?<!')cart';rm -rf/.test(command) && !/'cart'\\\\''/.test(command)),
    ).toEqual([]);
  });

  it('no line of it begins like a formula that the bundle wrote', () => {
    const report = visibleReport(reportAbout('cart-0', `=cmd|' /C calc'!A0 ${MISSING}`));
    expect(
      toText(report, PLAIN)
        .split('\n')
        .filter((line) => /^[=@]/.test(line)),
    ).toEqual([]);
  });

  it('no line end hides in a command', () => {
    const ended = { reason: 'Error', exitCode: 1, finishedAt: '2026-11-22T11:58:00Z' };
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    const status = {
      phase: 'Running',
      containerStatuses: [{ name: 'cart', restartCount: 9, state, lastState: { terminated: ended } }],
    };
    const report = visibleReport(reportAbout('cart-0\nrm -rf ~', '', status));
    const steps = report.findings.flatMap(({ fix }) => fix).map(toStep);
    const lines = steps.flatMap(({ lead, variants }) => [lead, ...variants]);
    const commands = lines.flat().filter(({ code }) => code);
    expect(commands.filter(({ text }) => text.includes('cart-0 rm -rf ~')).length).toBeGreaterThan(0);
    expect(commands.filter(({ text }) => /[\r\n]/.test(text))).toEqual([]);
    // Lines of a step are ours: none begins with what the bundle says.
    expect(lines.filter(([first]) => first?.text.startsWith('rm'))).toEqual([]);
  });
});

describe('time', () => {
  it.each([
    '0000-00-00T00:00:00Z',
    '9999-12-31T23:59:60Z',
    '-271821-04-20T00:00:00Z',
    '2026-02-30T25:61:61Z',
    'now',
    '1e309',
    '٢٠٢٦-١١-٢٢T٠٠:٠٠:٠٠Z',
  ])('%s is a time or none, and no exception', (text) => {
    const time = parseTime(text);
    expect(time === undefined || Number.isFinite(time)).toBe(true);
  });
});

describe('size', () => {
  it('a report about 3,000 failing pods is no larger than it may be', () => {
    const pods = Array.from({ length: 3000 }, (_, at) => ({
      kind: 'Pod',
      metadata: { name: `cart-${at}`, namespace: `shop-${at % 50}` },
      spec: { containers: [{ name: 'cart', image: `reg.local/cart:${at}` }] },
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'cart',
            restartCount: 0,
            state: { waiting: { reason: 'ErrImagePull', message: `${MISSING} ${'x'.repeat(2000)}` } },
          },
        ],
      },
    }));
    const report = judge(
      clusterOf({ files: { 'objects/pods.json': JSON.stringify({ kind: 'PodList', items: pods }) } }),
      CATALOGUE,
      '0.0.0',
    );
    expect(Buffer.byteLength(toHtml(report, PLAIN))).toBeLessThan(10_000_000);
  }, 120_000);
});

const ARCHIVES: Readonly<Record<string, Buffer>> = {
  plain: Buffer.concat([member('a/pods.json', '{}'), member('a/cart.log', 'x\n'), END]),
  'PAX path': Buffer.concat([pax({ path: 'a/long.log' }), member('short', 'x\n'), END]),
  'PAX size, true': Buffer.concat([
    pax({ size: '2' }),
    header({ name: 'a/x.log', size: 2 }),
    member('', '').subarray(0, 0),
    Buffer.concat([Buffer.from('x\n'), Buffer.alloc(510)]),
    END,
  ]),
  'long name': Buffer.concat([
    header({ name: '././@LongLink', size: 121, type: 'L' }),
    Buffer.concat([Buffer.from(`${'d/'.repeat(57)}x.log`.padEnd(120, 'y')), Buffer.alloc(392)]),
    member('short', 'x\n'),
    END,
  ]),
};

/** What GNU tar, bsdtar and Python see in it. */
const OTHERS: Readonly<Record<string, (file: string) => readonly [string, readonly string[]]>> = {
  'GNU tar': (file) => ['tar', ['-tf', file]],
  bsdtar: (file) => ['bsdtar', ['-tf', file]],
  Python: (file) => [
    'python3',
    ['-c', 'import sys, tarfile\nprint("\\n".join(m.name for m in tarfile.open(sys.argv[1])))', file],
  ],
};

describe('two programs see the same files', () => {
  for (const [kind, bytes] of Object.entries(ARCHIVES))
    it.for(Object.keys(OTHERS))(`${kind}: %s and the analyser`, async (other, context) => {
      const file = path.join(temporaryFolder(), 'bundle.tar');
      writeFileSync(file, bytes);
      const seen: string[] = [];
      await readBundle(file, {
        entry: ({ path: name }) => {
          seen.push(name);
          return undefined;
        },
        problem() {},
      });
      const [program, args] = OTHERS[other]?.(file) ?? ['false', []];
      need(context, program);
      expect(seen).toEqual(spawnSync(program, args, { encoding: 'utf8' }).stdout.trim().split('\n'));
    });
});

it('a bundle cannot bring rules', async () => {
  const rule =
    'title: Evil\nstage: node\nseverity: critical\ncause: evil\nfix: [evil]\ndetect: {in: [waiting], any: [manifest]}\nexamples: {hit: [a], miss: [b]}\n';
  const pods = JSON.stringify({
    kind: 'PodList',
    items: [{ metadata: { name: 'cart-0', namespace: 'shop' } }],
  });
  const file = path.join(temporaryFolder(), 'bundle.tar.gz');
  writeFileSync(
    file,
    gzipSync(
      Buffer.concat([
        member('casefile-x/analyzers/evil/rule.yaml', rule),
        member('casefile-x/objects/pods.json', pods),
        END,
      ]),
    ),
  );
  const { analyze } = await import('../../src/analyze.ts');
  const report = await analyze([file], CATALOGUE);
  expect(JSON.stringify(report)).not.toContain('Evil');
});
