import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { casefile } from '../support/casefile.ts';
import { temporaryFolder } from '../support/shells.ts';

const SAMPLE = 'samples/shop.tar.gz';

describe('casefile analyze', () => {
  it('says the same twice, to the byte', () => {
    const once = casefile(['analyze', SAMPLE, '-f', 'html']);
    expect(once.status).toBe(0);
    expect(casefile(['analyze', SAMPLE, '-f', 'html']).stdout).toBe(once.stdout);
  });

  it('prints no colour and no progress where nobody looks at a terminal', () => {
    const { stdout, stderr } = casefile(['analyze', SAMPLE]);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  it('takes - for standard output', () => {
    const { stdout } = casefile(['analyze', SAMPLE, '-f', 'md']);
    expect(casefile(['analyze', SAMPLE, '-f', 'md', '-o', '-'])).toMatchObject({ status: 0, stdout });
    expect(readdirSync('.')).not.toContain('-');
  });

  it('names the files that nothing reads with --verbose, where the report counts them', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'pods.json'), '{"kind":"PodList","apiVersion":"v1","items":[]}');
    writeFileSync(
      path.join(folder, 'events.json'),
      '{"kind":"EventList","apiVersion":"v1","items":[{"metadata":{"name":"a"},"involvedObject":{"kind":"Pod","name":"cart-0","namespace":"shop"},"reason":"BackOff","message":"Back-off","type":"Warning"}]}',
    );
    writeFileSync(path.join(folder, 'page.html'), '<!DOCTYPE html>\n<p>hello</p>\n');
    writeFileSync(path.join(folder, 'mood\u202e.txt'), 'we are well\n');
    const { stdout, stderr } = casefile(['analyze', folder, '--verbose']);
    expect(stdout).toContain('2 files were not read: 1 other texts, 1 web pages');
    expect(stderr).toBe('not read (other texts): mood\\u202e.txt\nnot read (web pages): page.html\n');
    expect(casefile(['analyze', folder]).stderr).toBe('');
  });

  it('exits with 1 when a finding is as severe as --fail-on, and prints the report all the same', () => {
    const { status, stdout } = casefile(['analyze', SAMPLE, '--fail-on', 'high']);
    expect(status).toBe(1);
    expect(stdout).toContain('Image is not in the registry');
  });

  it('writes several formats beside each other', () => {
    const folder = temporaryFolder();
    expect(
      casefile(['analyze', SAMPLE, '-f', 'html', '-f', 'json,text', '-o', path.join(folder, 'ticket')])
        .status,
    ).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['ticket.html', 'ticket.json', 'ticket.txt']);
  });

  it('adds the classes of a site', () => {
    const rules = temporaryFolder();
    writeFileSync(
      path.join(rules, 'shop-license.yaml'),
      `title: The shop's license has run out
stage: application
severity: high
cause: The shop refuses to start without a license.
fix: ['Ask the shop team for a license file.']
detect: { in: [waiting], any: ['CrashLoopBackOff: back-off (?<delay>\\S+) restarting failed container'] }
examples: { hit: [x], miss: [y] }
`,
    );
    const { stdout } = casefile(['analyze', SAMPLE, '-f', 'json', '--rules', rules]);
    const { findings } = JSON.parse(stdout) as { findings: { classifier: string }[] };
    expect(findings.map(({ classifier }) => classifier)).toContain('shop-license');
  });

  it('names the file, the line and the mistake of a site’s class that does not fit', () => {
    const rules = temporaryFolder();
    writeFileSync(path.join(rules, 'late.yaml'), 'title: Late\nstage: kitchen\n');
    const { status, stderr } = casefile(['analyze', SAMPLE, '--rules', rules]);
    expect(stderr).toMatch(/late\.yaml:2: stage: /);
    expect(status).toBe(2);
  });

  it('refuses a site’s expression that cannot be used before it opens the bundle', () => {
    for (const [expression, why] of [
      ['lic(ense', /^casefile: .*late\.yaml:8: detect\.any\.0: .*missing closing \)[^\n]*\n$/],
      ['\\d+ \\w+', /^casefile: .*late\.yaml:8: detect\.any\.0: .*a fixed text of 5 characters[^\n]*\n$/],
    ] as const) {
      const rules = temporaryFolder();
      writeFileSync(
        path.join(rules, 'late.yaml'),
        `title: The shop is late
stage: application
severity: high
cause: The shop opens late.
fix: ['Wake the shop team.']
detect:
  in: [log]
  any: ['${expression}']
examples: { hit: [x], miss: [y] }
`,
      );
      const { status, stderr } = casefile(['analyze', path.join(rules, 'no-such-bundle'), '--rules', rules]);
      expect(stderr).toMatch(why);
      expect(status).toBe(2);
    }
  });
});

describe('casefile render', () => {
  it('makes of the stored JSON what analyze makes of the bundle', () => {
    const stored = path.join(temporaryFolder(), 'report.json');
    casefile(['analyze', SAMPLE, '-f', 'json', '-o', stored]);
    for (const format of ['html', 'text', 'json'])
      expect(casefile(['render', stored, '-f', format]).stdout).toBe(
        casefile(['analyze', SAMPLE, '-f', format]).stdout,
      );
  });
});

describe('casefile list, explain and collector', () => {
  it('list names every class under its stage', () => {
    const { stdout } = casefile(['list']);
    expect(stdout).toMatch(
      /container runtime\n(?: {2}.*\n)* {2}image\/not-found +high +Image is not in the registry/,
    );
  });

  it('explain shows the manual page of a class', () => {
    expect(casefile(['explain', 'image/not-found']).stdout).toContain('Image is not in the registry');
  });

  it('explain of an unknown class suggests near ones', () => {
    const { status, stderr } = casefile(['explain', 'imagee/not-found']);
    expect(stderr).toMatch(/do you mean image\/not-found\?/);
    expect(status).toBe(2);
  });

  it('collector prints the script as it is in the repository', () => {
    expect(casefile(['collector']).stdout).toBe(readFileSync('collectors/collect.sh', 'utf8'));
  });
});
