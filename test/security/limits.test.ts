import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { limitsFrom, limitsText } from '../../src/commands/limits.ts';
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName } from '../../src/model/limits.ts';
import type { Report } from '../../src/model/report.ts';
import { toHtml } from '../../src/report/html.ts';
import { toJson } from '../../src/report/json.ts';
import { body, END, header, member } from '../bundle/hand-made-tar.ts';
import { podList, SOUND_POD } from '../hostile/input.ts';
import { casefile } from '../support/casefile.ts';
import { CATALOGUE } from '../support/cluster.ts';

const PODS = member('casefile-x/objects/pods.json', podList());
const bundle = (...parts: readonly Buffer[]) => Buffer.concat([PODS, ...parts, END]);
const yaml = (text: string) => bundle(member('casefile-x/extra/carts.yaml', text));

/** Failing pods of as many workloads as names, or of one. */
function failing(names: readonly string[], owner?: string): string {
  return podList(
    ...names.map((name) => ({
      ...SOUND_POD,
      metadata: {
        name,
        namespace: 'shop',
        ...(owner
          ? { ownerReferences: [{ kind: 'StatefulSet', name: owner, uid: '1', controller: true }] }
          : {}),
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'cart',
            restartCount: 0,
            state: {
              waiting: {
                reason: 'ErrImagePull',
                message: `manifest for reg.local/${name}:1 not found: manifest unknown`,
              },
            },
          },
        ],
      },
    })),
  );
}

const NAMES = ['basket', 'checkout', 'orders', 'payments', 'search', 'stock', 'users', 'wishes', 'zips'];
const podsOnly = (text: string) => Buffer.concat([member('casefile-x/objects/pods.json', text), END]);

type Case = { readonly bytes: () => Buffer; readonly most?: number; readonly told: RegExp };

/** What reaches each limit, set so low where the default would need much, and what the report says then. */
const CASES: Readonly<Record<LimitName, Case>> = {
  entries: {
    bytes: () => bundle(member('casefile-x/logs/a.log', 'x\n')),
    most: 1,
    told: /more than 1 files; the rest is not read/,
  },
  entry: {
    bytes: () => bundle(member('casefile-x/logs/shop/cart-0/cart.log', 'cart failed\n'.repeat(1000))),
    most: 8000,
    told: /larger than 8000 bytes; its rest is not read/,
  },
  size: {
    bytes: () => bundle(member('casefile-x/a.log', 'x'), Buffer.alloc(9000)),
    most: 8000,
    told: /more than 8000 bytes; the rest is not read/,
  },
  ratio: {
    bytes: () =>
      Buffer.concat([
        gzipSync(PODS),
        ...Array.from({ length: 2 }, () => gzipSync(Buffer.alloc(64 * 1024 ** 2))),
      ]),
    told: /inflates to more than 200 times its size; the rest is not read/,
  },
  packed: {
    bytes: () => {
      const log = gzipSync(Buffer.from('cart failed\n'.repeat(1000)));
      const name = 'casefile-x/logs/shop/cart-0/cart.log.gz';
      return bundle(header({ name, size: log.length }), body(log));
    },
    most: 30,
    told: /packed, and larger than 30 bytes, not read/,
  },
  path: {
    bytes: () => bundle(member(`casefile-x/${'c'.repeat(60)}.log`, 'x')),
    most: 50,
    told: /a path of more than 50 bytes, not read/,
  },
  folders: {
    bytes: () => bundle(member(`casefile-x/${'c/'.repeat(40)}a.log`, 'x')),
    most: 30,
    told: /a path of more than 30 folders, not read/,
  },
  object: {
    bytes: () => podsOnly(podList({ kind: 'Pod', metadata: { name: 'x'.repeat(3000) } })),
    most: 2000,
    told: /items\[1\] is larger than 2000 bytes and is not read/,
  },
  depth: {
    bytes: () => podsOnly(podList({ kind: 'Pod', spec: JSON.parse('['.repeat(300) + ']'.repeat(300)) })),
    told: /items\[1\] is nested deeper than 200 and is not read/,
  },
  aliases: {
    bytes: () => yaml(`kind: Pod\na: &a cart\nb: [${Array.from({ length: 21 }, () => '*a').join(', ')}]\n`),
    told: /has more than 20 aliases and is not read/,
  },
  text: {
    bytes: () => bundle(member('casefile-x/describe/nodes.txt', `Name: a\n${'Labels: b\n'.repeat(500)}`)),
    most: 1000,
    told: /larger than 1000 bytes; its rest is not read/,
  },
  line: {
    bytes: () => bundle(member('casefile-x/logs/shop/cart-0/cart.log', `${'x'.repeat(20_000)}\nok\n`)),
    told: /one line is longer than 16384 bytes; failures are looked for in the beginning/,
  },
  items: {
    bytes: () => podsOnly(failing(NAMES)),
    most: 3,
    told: /more than 3 objects; the rest is not read/,
  },
  findings: {
    bytes: () => podsOnly(failing(NAMES)),
    most: 3,
    told: /1\d findings; the 3 worst of them are in the report/,
  },
  evidence: {
    bytes: () => podsOnly(failing(NAMES, 'shop')),
    told: /"more": ?\d/,
  },
  time: {
    bytes: () =>
      bundle(
        ...Array.from({ length: 500 }, (_, i) => member(`casefile-x/logs/shop/cart-${i}/cart.log`, 'x\n')),
      ),
    most: 10,
    told: /reading took more than 10 seconds; the rest is not read/,
  },
};

async function analyzed(bytes: Buffer, limits: Partial<Record<LimitName, number>>): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 'casefile-limits-'));
  const file = path.join(folder, 'bundle.tar.gz');
  writeFileSync(file, bytes);
  const report = await analyze([file], CATALOGUE, { ...DEFAULT_LIMITS, ...limits });
  rmSync(folder, { recursive: true });
  return report;
}

/** Makes the time pass by what is done, not by how fast a machine does it. */
function everyLookAtTheClockTakes(seconds: number): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += seconds * 1000;
    return now;
  });
}

describe('a limit that is reached is told in the report, and what was read before is judged', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(LIMIT_NAMES)(
    '%s',
    async (name) => {
      const { bytes, most, told } = CASES[name];
      if (name === 'time') everyLookAtTheClockTakes(0.1);
      const report = await analyzed(bytes(), most === undefined ? {} : { [name]: most });
      const json = toJson(report);
      expect(told.test(json)).toBe(true);
      expect(json).toContain('image/not-found');
      if (name === 'evidence') return;
      const hint = `(--limit ${name}=N allows more)`;
      expect(report.problems.map(({ message }) => message).join('\n')).toContain(hint);
      const html = toHtml(report, { color: false, width: 100 }).replaceAll('&#x3D;', '=');
      expect(html.includes(hint)).toBe(true);
    },
    60_000,
  );

  it('a list that was cut by a limit is not called complete', async () => {
    const { coverage, skipped, cluster } = await analyzed(podsOnly(failing(NAMES)), { items: 3 });
    expect(cluster.pods).toBe(3);
    expect([coverage, skipped]).not.toEqual([[], []]);
  });
});

describe('--limit', () => {
  it('takes sizes, times and numbers', () => {
    const limits = limitsFrom([
      'size=2GiB',
      'entry=500MB',
      'object=4096',
      'time=5m',
      'entries=7',
      'time=90s',
    ]);
    expect(limits).toEqual({
      ...DEFAULT_LIMITS,
      size: 2 * 1024 ** 3,
      entry: 500_000_000,
      object: 4096,
      entries: 7,
      time: 90,
    });
  });

  it.each([
    ['speed=3', /^--limit speed: no such limit; there are entries, entry, size, .*, time$/],
    ['__proto__=3', /^--limit __proto__: no such limit/],
    ['time', /^--limit time: write it as --limit time=N, where N is 90s, 5m or 1h$/],
    ['size=-1', /^--limit size=-1: write it as --limit size=N, where N is 2GiB, 500MB or a number of bytes$/],
    ['depth=1e9', /^--limit depth=1e9: write it as --limit depth=N, where N is a whole number$/],
  ])('%s is refused in one line', (given, message) => {
    expect(() => limitsFrom([given])).toThrow(message);
  });

  it('is listed by --help with all names and defaults', () => {
    const { stdout } = casefile(['analyze', '--help']);
    expect(stdout).toContain(limitsText().trim());
    for (const name of LIMIT_NAMES) expect(stdout).toMatch(new RegExp(`^  ${name} +\\d`, 'm'));
  });

  it('is heard by the program', () => {
    const { status, stdout } = casefile([
      'analyze',
      'samples/leftovers.tar.gz',
      '--limit',
      'entries=9',
      '-f',
      'json',
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('more than 9 files; the rest is not read (--limit entries=N allows more)');
    const refused = casefile(['analyze', 'samples/leftovers.tar.gz', '--limit', 'speed=9']);
    expect([refused.status, refused.stderr.trim().split('\n').length]).toEqual([2, 1]);
  });
});
