import { expect, test } from 'vitest';
import { timedLine } from '../../src/readers/log-time.ts';

const NOON = Date.UTC(2026, 10, 22, 12, 34, 37, 702);
const MODIFIED = Date.UTC(2026, 10, 22, 13);

test.each([
  ['kubectl logs --timestamps', '2026-11-22T12:34:37.702228123Z cart is ready', 'cart is ready', NOON],
  ['kubectl with a zone', '2026-11-22T13:34:37.702228123+01:00 cart is ready', 'cart is ready', NOON],
  ['an empty line', '2026-11-22T12:34:37.702228123Z', '', NOON],
  ['the container runtime', '2026-11-22T12:34:37.702228123Z stderr F cart is ready', 'cart is ready', NOON],
  ['journalctl', 'Nov 22 12:34:37 node-1 kubelet[812]: cart is ready', 'cart is ready', NOON - 702],
  ['the kernel', 'Nov 22 12:34:37 node-1 kernel: cart is ready', 'cart is ready', NOON - 702],
  [
    'journalctl -o short-iso',
    '2026-11-22T12:34:37+0000 node-1 rke2[81]: cart is ready',
    'cart is ready',
    NOON - 702,
  ],
  ['dmesg -T', '[Sun Nov 22 12:34:37 2026] cart is ready', 'cart is ready', NOON - 702],
])('what %s puts before a line is taken off and its time is read', (_, line, text, time) => {
  expect(timedLine(line, MODIFIED)).toEqual({ text, time });
});

test.each([
  ['klog', 'E1122 12:34:37.702228   1 server.go:1] cart is gone', NOON],
  ['logfmt', 'time="2026-11-22T12:34:37.702Z" level=info msg="cart is ready"', NOON],
  ['JSON', '{"level":"info","ts":"2026-11-22T12:34:37.702Z","msg":"cart is ready"}', NOON],
  ['a Java program', '2026-11-22 12:34:37,702 ERROR cart is gone', NOON],
  ['nothing', 'cart is ready: nothing to do', undefined],
])('what %s writes itself stays and tells the time', (_, line, time) => {
  expect(timedLine(line, MODIFIED)).toEqual({ text: line, time });
});

test('a word and a colon behind a timestamp are not taken for a host and a unit', () => {
  expect(timedLine('2026-11-22T12:34:37Z connection refused: cart', undefined).text).toBe(
    'connection refused: cart',
  );
});

test('a time without a year is the last one before the file was written', () => {
  const newYear = Date.UTC(2026, 0, 1, 0, 10);
  expect(timedLine('Dec 31 23:59:00 node-1 kubelet[812]: late', newYear).time).toBe(
    Date.UTC(2025, 11, 31, 23, 59),
  );
  expect(timedLine('Dec 31 23:59:00 node-1 kubelet[812]: late', undefined).time).toBeUndefined();
});
