import { expect, test } from 'vitest';
import { commandsIn, toPieces } from '../../src/report/prose.ts';
import { wrapPieces } from '../../src/report/wrap.ts';

test('prose is split at its backticks, and commands are told from names', () => {
  expect(toPieces('Set `replicas: 2`, then `kubectl -n shop get pods` and look')).toEqual([
    { text: 'Set ', code: false, command: false },
    { text: 'replicas: 2', code: true, command: false },
    { text: ', then ', code: false, command: false },
    { text: 'kubectl -n shop get pods', code: true, command: true },
    { text: ' and look', code: false, command: false },
  ]);
});

test('a backtick without its fellow is a backtick', () => {
  expect(
    toPieces('one ` left')
      .map(({ text }) => text)
      .join(''),
  ).toBe('one ` left');
});

test('the commands of a step can be had alone', () => {
  expect(commandsIn('Try `kubectl get nodes`, or `systemctl status k3s`')).toEqual([
    'kubectl get nodes',
    'systemctl status k3s',
  ]);
});

test('lines are broken between words, code stays whole and keeps what touches it', () => {
  expect(wrapPieces(toPieces('Look at them (`kubectl -n shop get pods`), then go on'), 24)).toEqual([
    'Look at them',
    '(`kubectl -n shop get pods`),',
    'then go on',
  ]);
});
