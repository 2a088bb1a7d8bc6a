import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/model/cluster.ts';
import { lastWords } from '../../src/model/last-words.ts';

function logOf(file: string, ...texts: string[]): Log {
  const lines = texts.map((text, index) => ({ line: index + 1, text, time: undefined }));
  return {
    file,
    owner: { of: 'container', namespace: 'shop', pod: 'cart-0', container: 'cart', previous: true },
    lines: lines.length,
    bytes: texts.join('\n').length,
    before: 0,
    ends: { head: () => [], tail: () => lines, last: () => undefined },
    hits: [],
  };
}

describe('the last words of a container', () => {
  it.each<[string, string[], string]>([
    ['a plain error', ['starting', 'Error: report template not found'], 'Error: report template not found'],
    [
      'the error above a stack of Node.js',
      [
        'Error: connect ECONNREFUSED, required',
        '    at Socket.connect (node:net:1)',
        '{',
        "  code: 'ERR'",
        '}',
        'Node.js v20.20.2',
      ],
      'Error: connect ECONNREFUSED, required',
    ],
    [
      'the error without the time that the program put before it',
      ['2026-11-22T13:10:22.000+0000 ERROR: relation "users" already exists.'],
      'ERROR: relation "users" already exists',
    ],
    ['the last of several', ['WARN cannot open cache', 'fatal: invalid licence'], 'fatal: invalid licence'],
  ])('are %s', (_about, texts, words) => {
    expect(lastWords([logOf('logs/shop/cart-0/cart.previous.log', ...texts)])?.text).toBe(words);
  });

  it('are none where the log tells of no error', () => {
    const log = logOf(
      'cart.log',
      'INFO no errors found; error_count=0',
      'level=info msg="0 failures"',
      'chunk 3',
    );
    expect(lastWords([log])).toBeUndefined();
  });

  it('come from the first log that has some, with the line to open', () => {
    const logs = [logOf('cart.previous.log', 'starting'), logOf('cart.log', 'starting', 'panic: no stock')];
    expect(lastWords(logs)?.evidence).toMatchObject({
      file: 'cart.log',
      line: 2,
      excerpt: 'panic: no stock',
    });
  });

  it('are cut where they are long', () => {
    expect(lastWords([logOf('cart.log', `error ${'x'.repeat(500)}`)])?.text).toHaveLength(240);
  });
});
