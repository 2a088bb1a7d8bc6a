import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redact/redactor.ts';
import { casesOf, leaks, plant, withLineEnds } from './canaries.ts';

const SEEDS = [1, 2, 3, 4, 5];
const MUST_GO = [...casesOf('must-go.txt'), ...casesOf('must-go-analyser.txt')];
const MUST_STAY = casesOf('must-stay.txt');

/** The same text in the places where it turns up. */
const PLACES: Readonly<Record<string, (text: string) => { readonly path: string; readonly text: string }>> = {
  'a log': (text) => ({ path: 'cart.log', text }),
  'the message of an event': (text) => ({
    path: 'events.json',
    text: JSON.stringify({ kind: 'List', items: [{ message: text }] }),
  }),
  'a ConfigMap': (text) => ({
    path: 'configmaps.json',
    text: JSON.stringify({ kind: 'ConfigMap', data: { 'app.conf': `[cart]\n${text}\nport=1\n` } }, null, 4),
  }),
  'a script of a container': (text) => ({
    path: 'pods.json',
    text: JSON.stringify({ command: ['sh', '-c', `set -x\n${text}`] }, null, 4),
  }),
};

describe('what must go', () => {
  for (const [place, put] of Object.entries(PLACES))
    it.each(MUST_GO)(`leaves no piece in ${place}: %s`, (shape) => {
      for (const seed of SEEDS) {
        const canary = plant(shape, seed);
        const file = put(canary.text);
        const redacted = createRedactor().file(file.path, file.text);
        expect(leaks(canary, redacted), redacted).toEqual([]);
      }
    });

  it.each(MUST_GO)('is redacted once and for all: %s', (shape) => {
    const once = createRedactor().text(plant(shape, 1).text);
    expect(createRedactor().text(once)).toBe(once);
  });

  it.each(MUST_GO)('keeps the number of lines: %s', (shape) => {
    const { text } = plant(shape, 1);
    expect(createRedactor().text(text).split('\n')).toHaveLength(text.split('\n').length);
  });
});

it('a mark before a colon is left alone by a second look', () => {
  const once = createRedactor().text('--token:?:]');
  expect(createRedactor().text(once)).toBe(once);
});

it('a key that is letters alone goes, and names in capitals stay', () => {
  const { text } = createRedactor();
  expect(text('API_KEY_PROD=BrIhVvfPzTEuBInHyxVdvZkKHtyXqWaS')).toBe('API_KEY_PROD=[REDACTED-key-1]');
  const name = 'token_kind_of=ServiceAccountTokenVolumeProjection';
  expect(text(name)).toBe(name);
});

describe('what must stay', () => {
  for (const [place, put] of Object.entries(PLACES))
    it.each(MUST_STAY)(`comes out of ${place} as it went in: %s`, (shape) => {
      const file = put(withLineEnds(shape));
      expect(createRedactor().file(file.path, file.text)).toBe(file.text);
    });
});

const COLLECTOR = new URL('../../collectors/collect.sh', import.meta.url).pathname;

/** What the collector's filter makes of a text. */
function filtered(text: string): string {
  const run = spawnSync('sh', [COLLECTOR, '--redact'], { input: text, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout;
}

describe('the filter of the collector', () => {
  it.each(casesOf('must-go.txt'))('leaves no piece: %s', (shape) => {
    const canary = plant(shape, 7);
    expect(leaks(canary, filtered(`${canary.text}\n`))).toEqual([]);
  });

  it('lets through what must stay', () => {
    const lost = MUST_STAY.filter(
      (shape) => filtered(`${withLineEnds(shape)}\n`) !== `${withLineEnds(shape)}\n`,
    );
    expect(lost).toEqual([]);
  });
});

describe('marks', () => {
  it('are the same for the same secret and differ for another', () => {
    const text = createRedactor().text('password=hunter2hunter\ntoken=hunter2hunter\npassword=other7other');
    expect(text).toBe(
      'password=[REDACTED-password-1]\ntoken=[REDACTED-token-1]\npassword=[REDACTED-password-2]',
    );
  });

  it('are counted by kind', () => {
    const redactor = createRedactor();
    redactor.text('password=hunter2hunter\nurl=postgres://cart:hunter2hunter@pg/cart');
    expect(Object.fromEntries(redactor.marker.counts())).toEqual({ password: 2 });
  });
});

describe('objects', () => {
  it('lose every value of a Secret and keep its keys', () => {
    const redacted = createRedactor().value({
      kind: 'Secret',
      data: { user: 'Y2FydA==', password: 'aHVudGVyMg==' },
    });
    expect(redacted).toEqual({
      kind: 'Secret',
      data: { user: '[REDACTED-secret-1]', password: '[REDACTED-secret-2]' },
    });
  });

  it('that are items of a list of Secrets are Secrets without saying so', () => {
    const redacted = createRedactor().value({
      kind: 'SecretList',
      items: [{ metadata: { name: 'db' }, data: { a: 'Y2FydA==' } }],
    });
    expect(JSON.stringify(redacted)).not.toContain('Y2FydA==');
  });

  it('lose their copies in annotations', () => {
    const copy = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      stringData: { password: 'hunter2hunter' },
    });
    const redacted = createRedactor().value({
      metadata: { annotations: { 'example.io/copy': copy, 'checksum/secret': 'ab12'.repeat(16) } },
    });
    expect(redacted).toEqual({
      metadata: {
        annotations: {
          'example.io/copy': `[DROPPED-object-copy-${copy.length}-bytes]`,
          'checksum/secret': 'ab12'.repeat(16),
        },
      },
    });
  });

  it('keep `__proto__` as a field', () => {
    const value: unknown = JSON.parse('{"__proto__":{"password":"hunter2hunter"},"constructor":1}');
    expect(JSON.stringify(createRedactor().value(value))).toBe(
      '{"__proto__":{"password":"[REDACTED-password-1]"},"constructor":1}',
    );
  });

  it('that hold nothing secret are the same objects', () => {
    const pod = { kind: 'Pod', spec: { containers: [{ name: 'cart', image: 'reg.local/cart:1' }] } };
    expect(createRedactor().value(pod)).toBe(pod);
  });

  it('that were cut lose what stands under data', () => {
    const whole = JSON.stringify(
      {
        apiVersion: 'v1',
        data: { any: 'Y2FydGNhcnQ=', zz: 'eHh4eHh4eHg=' },
        kind: 'Secret',
        metadata: { name: 'db' },
      },
      null,
      4,
    );
    const redacted = createRedactor().file('secrets.json', whole.slice(0, -20));
    expect(redacted).not.toMatch(/Y2Fy|eHh4/);
  });
});

describe('lines of any length', () => {
  it.each([32 * 1024 - 5, 64 * 1024 - 15, 100_000, 12 * 1024 * 1024])('are redacted at byte %i', (at) => {
    const text = `${'z'.repeat(at)} password=Cn7hunter2hunter `;
    expect(createRedactor().text(text)).toBe(`${'z'.repeat(at)} password=[REDACTED-password-1] `);
  });

  it('hold secrets that are longer than what is looked at in one go', () => {
    const token = `eyJ${'a1B2'.repeat(20_000)}.eyJ${'c3D4'.repeat(20_000)}.sig`;
    const redacted = createRedactor().text(`raw=${token} end`);
    expect(redacted).not.toMatch(/a1B2|c3D4/);
    expect(redacted).toMatch(/ end$/);
  });
});
