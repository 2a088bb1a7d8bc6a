import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeOutput } from '../../src/commands/write-output.ts';
import type { Report } from '../../src/model/report.ts';
import { FORMATS, type Format } from '../../src/report/index.ts';
import { temporaryFolder } from '../support/shells.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
const at = (name: string) => path.join(folder, name);

const REPORT: Report = {
  version: 1,
  tool: { name: 'casefile', version: '0.0.0' },
  bundle: { name: 'shop', layout: 'casefile 1', bytes: 1, files: 1 },
  cluster: {},
  verdict: 'nothing found',
  findings: [],
  classes: [],
  incidents: [],
  unexplained: [],
  skipped: [],
  checked: [],
  coverage: [],
  problems: [],
  unread: [],
  redactions: [],
  nodes: [],
  namespaces: [],
  inventory: {},
  timeline: [],
};

describe('an output file', () => {
  it('is written whole and leaves nothing beside it', () => {
    writeOutput(at('report.html'), 'text');
    expect(readFileSync(at('report.html'), 'utf8')).toBe('text');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  it('that is a link is refused, and what it leads to stays as it is', () => {
    writeFileSync(at('kubeconfig'), 'precious');
    symlinkSync(at('kubeconfig'), at('report.html'));
    expect(() => writeOutput(at('report.html'), 'text', true)).toThrow(/is a link/);
    expect(readFileSync(at('kubeconfig'), 'utf8')).toBe('precious');
  });

  it('that is a link to nowhere is refused', () => {
    symlinkSync(at('nowhere'), at('report.html'));
    expect(() => writeOutput(at('report.html'), 'text')).toThrow(/is a link/);
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  it('that is not a report of ours is refused without --force', () => {
    writeFileSync(at('notes.md'), '# Notes on casefile\n');
    expect(() => writeOutput(at('notes.md'), 'text')).toThrow(/is no report of ours/);
    writeOutput(at('notes.md'), 'text', true);
    expect(readFileSync(at('notes.md'), 'utf8')).toBe('text');
  });

  it.each(Object.keys(FORMATS) as Format[])('that is a report of ours is replaced: %s', async (format) => {
    const toFormat = await FORMATS[format]();
    writeFileSync(at('report'), toFormat(REPORT, { color: false, width: 100 }));
    writeOutput(at('report'), 'text');
    expect(readFileSync(at('report'), 'utf8')).toBe('text');
  });

  it('in a folder that is not there is one clear line', () => {
    expect(() => writeOutput(at('missing/report.html'), 'text')).toThrow(/its folder does not exist$/);
  });

  it('that is a folder is refused', () => {
    expect(() => writeOutput(folder, 'text', true)).toThrow(/is no regular file/);
  });
});
