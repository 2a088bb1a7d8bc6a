import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { toText } from '../../src/report/text.ts';
import { shopReport } from './fixtures/shop-report.ts';

const text = toText(shopReport);

describe('the text for a terminal', () => {
  test('opens with the verdict', () => {
    expect(text.split('\n').slice(1, 3).join(' ')).toBe(shopReport.verdict);
  });

  test('names every finding by its object', () => {
    for (const { subject } of shopReport.findings) expect(text).toContain(`${subject.kind} `);
    for (const { subject } of shopReport.findings)
      expect(text).toContain(subject.namespace ? `${subject.namespace}/${subject.name}` : subject.name);
  });

  test('puts incidents worst first and effects below their cause', () => {
    const places = ['Node rke2-agent2:', 'data/data-db-0:', 'Service data/db:', 'payments/billing:'];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(Math.min(...found)).toBeGreaterThan(0);
  });

  test('says what was changed before, and how long', () => {
    expect(text).toContain('before   2026-11-20T08:40:41Z (28s before): StatefulSet data/db was created');
  });

  test('marks the broken stage on the life line', () => {
    expect(text.replace(/\s+/g, ' ')).toContain('controller > scheduler > kubelet > [container runtime] why');
  });

  test('says what was not seen', () => {
    expect(text).toContain('forbidden: secrets');
    expect(text).toContain('ends after 12 of 40 items');
  });

  test('never breaks a command over two lines', () => {
    for (const { fix } of shopReport.findings.filter(({ stage }) => stage === 'kernel'))
      for (const [, command = ''] of fix.join().matchAll(/`([^`]+)`/g)) expect(text).toContain(command);
  });

  test('keeps to the width, commands and places apart', () => {
    const narrow = toText(shopReport, { width: 72 }).split('\n');
    const long = narrow.filter((line) => line.length > 72 && !/[`/]/.test(line));
    expect(long).toEqual([]);
  });

  test('has colour only when told, and the same words with it', () => {
    expect(text).not.toContain('\u001b');
    const coloured = toText(shopReport, { color: true });
    expect(coloured).toContain('\u001b[31m');
    expect(stripVTControlCharacters(coloured)).toBe(text);
  });

  test('shows control and bidirectional characters as their numbers', () => {
    const hostile = toText({ ...shopReport, verdict: 'title \u001b]0;owned\u0007 and \u202etxt.exe' });
    expect(hostile).toContain('title \\x1b]0;owned\\x07 and \\u202etxt.exe');
  });
});
