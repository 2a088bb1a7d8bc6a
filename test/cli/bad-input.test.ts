import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.ts';
import { casefile } from '../support/casefile.ts';
import { temporaryFolder } from '../support/shells.ts';

const SAMPLE = 'samples/shop.tar.gz';

function fileOf(name: string, content: string | Buffer): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** One line for a person, nothing on standard output, no stack. */
function expectRefusal(source: string, why: RegExp): void {
  const { status, stdout, stderr } = casefile(['analyze', source]);
  expect(stderr).toMatch(why);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(2);
}

function reportOf(source: string) {
  const { status, stdout, stderr } = casefile(['analyze', source, '-f', 'json']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return reportSchema.parse(JSON.parse(stdout));
}

describe('where nothing can be analysed, one line says so', () => {
  it('no such file', () => expectRefusal('/nowhere/bundle.tar.gz', /nowhere\/bundle\.tar\.gz: no such file/));
  it('an empty file', () => expectRefusal(fileOf('empty.tar.gz', ''), /empty\.tar\.gz: /));
  it('a letter', () =>
    expectRefusal(fileOf('letter.txt', 'Dear support,\nnothing works.\n'), /letter\.txt: /));
  it('a folder without anything known', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'holiday.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
    expectRefusal(folder, /nothing/);
  });
  it('an unknown option', () => expect(casefile(['analyze', SAMPLE, '--frmat', 'html']).status).toBe(2));
  it('an unknown format', () => expectUsage(['analyze', SAMPLE, '-f', 'pdf'], /-f pdf: no such format/));
  it('several formats without a place', () =>
    expectUsage(['analyze', SAMPLE, '-f', 'html,json'], /add -o FILE/));
  it('a namespace that is nowhere in the bundle', () =>
    expectUsage(
      ['analyze', SAMPLE, '--namespace', 'payment'],
      /--namespace payment: .* do you mean payments\?/,
    ));
  it('a report that is none', () =>
    expectUsage(['render', fileOf('x.json', '{"version": 2}')], /x\.json: is no casefile report/));
});

function expectUsage(args: readonly string[], why: RegExp): void {
  const { status, stdout, stderr } = casefile(args);
  expect(stderr).toMatch(why);
  expect(stdout).toBe('');
  expect(status).toBe(2);
}

describe('what can be read is analysed, and the rest is told', () => {
  it('a truncated gzip is analysed up to the cut', () => {
    const whole = readFileSync(SAMPLE);
    const { problems, cluster } = reportOf(
      fileOf('cut.tar.gz', whole.subarray(0, Math.floor(whole.length * 0.8))),
    );
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/cut|truncated|ends/i);
    expect(cluster.pods).toBeGreaterThan(0);
  });

  it('one broken JSON member is a problem, and the others count', () => {
    const folder = path.join(temporaryFolder(), 'casefile-shop');
    mkdirSync(folder);
    execFileSync('tar', ['-xzf', SAMPLE, '-C', folder, '--strip-components=1']);
    writeFileSync(
      path.join(folder, 'objects/services.json'),
      '{"kind": "ServiceList", "items": [{"metadata": {"name": "cart"',
    );
    const archive = path.join(path.dirname(folder), 'broken.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', path.dirname(folder), 'casefile-shop']);
    const { problems, cluster, findings } = reportOf(archive);
    expect(problems.map(({ file }) => file)).toContain('objects/services.json');
    expect(cluster.pods).toBeGreaterThan(0);
    expect(findings.map(({ classifier }) => classifier)).toContain('image/not-found');
  });
});

describe('one bundle in any wrapping gives one report', () => {
  const findingsOf = (source: string) => reportOf(source).findings;
  const expected = findingsOf(SAMPLE);
  const tar = gunzipSync(readFileSync(SAMPLE));

  it('whatever its name', () =>
    expect(findingsOf(fileOf('bundle.bin', readFileSync(SAMPLE)))).toEqual(expected));
  it('a plain tar', () => expect(findingsOf(fileOf('bundle.tar', tar))).toEqual(expected));
  it('a gzip of several members', () => {
    const half = Math.floor(tar.length / 2);
    const members = Buffer.concat([gzipSync(tar.subarray(0, half)), gzipSync(tar.subarray(half))]);
    expect(findingsOf(fileOf('bundle.tgz', members))).toEqual(expected);
  });
  it('a folder', () => {
    const folder = temporaryFolder();
    execFileSync('tar', ['-xzf', SAMPLE, '-C', folder]);
    expect(findingsOf(folder)).toEqual(expected);
  });
  it('standard input', () => {
    const { stdout } = casefile(['analyze', '-', '-f', 'json'], { input: readFileSync(SAMPLE) });
    expect(reportSchema.parse(JSON.parse(stdout)).findings).toEqual(expected);
  });
});
