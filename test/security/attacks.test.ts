import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What a hostile bundle may try, and the test that holds the answer to it: a file, and words of its title. */
const ATTACKS: readonly (readonly [attack: string, file: string, title: string])[] = [
  ['a path with ../', 'hostile/archives.ts', 'a path that climbs out'],
  ['an absolute path, a drive, backslashes', 'hostile/archives.ts', 'a path with backslashes'],
  ['a symbolic or hard link, and a chain of them', 'hostile/archives.ts', 'a chain of links'],
  ['a device, a pipe, an unknown kind, a sparse file', 'hostile/archives.ts', 'a named pipe'],
  ['a gzip bomb', 'hostile/archives.ts', 'a gzip bomb of 2 GB'],
  ['archives in archives', 'hostile/archives.ts', '20 archives in one another'],
  ['an endless line', 'hostile/contents.ts', 'one line of 50 MB'],
  ['countless members', 'hostile/archives.ts', '100,000 empty files'],
  ['members of the same name', 'hostile/archives.ts', 'the same file twice'],
  ['a truncated gzip', 'fuzz/samples.test.ts', 'a sample that is cut anywhere'],
  ['a flipped bit', 'fuzz/samples.test.ts', 'a sample with a flipped bit'],
  ['a truncated tar', 'hostile/archives.ts', 'an end in the middle of a header'],
  ['data behind the end', 'hostile/archives.ts', 'a member behind the end'],
  ['PAX tricks', 'hostile/archives.ts', 'a PAX size that differs, to smuggle a member'],
  ['GNU long names', 'hostile/archives.ts', 'a long name of 50,000 folders'],
  ['sizes that are negative, huge or no number', 'hostile/archives.ts', 'a size of 2^63'],
  ['names of control and bidirectional characters', 'hostile/archives.ts', 'a name that turns its direction'],
  ['logs that are no text', 'hostile/contents.ts', 'UTF-16'],
  ['terminal sequences in output', 'security/promises.test.ts', 'none reaches'],
  [
    'terminal sequences against the stripper',
    'security/promises.test.ts',
    'a megabyte of them is made visible in linear time',
  ],
  ['lines against the rules', 'security/expressions.test.ts', 'no built-in expression takes long'],
  ['YAML aliases that expand', 'hostile/contents.ts', 'aliases that expand'],
  ['YAML that nests', 'hostile/contents.ts', '100,000 brackets, twice'],
  ['YAML merge keys', 'hostile/contents.ts', 'merge keys'],
  ['YAML tags', 'hostile/contents.ts', 'tags of other languages'],
  ['JSON __proto__', 'hostile/contents.ts', '__proto__ and constructor as fields'],
  ['JSON that nests', 'hostile/contents.ts', '5 million brackets'],
  ['huge numbers and strings', 'hostile/contents.ts', 'a string of 40 MB'],
  ['lists without end', 'hostile/contents.ts', '200,000 pods in one list'],
  ['templates from data', 'hostile/contents.ts', 'names with template marks'],
  ['triple braces and the like in templates', 'security/forbidden.test.ts', 'no template has'],
  ['attributes and addresses', 'report/html.test.ts', 'no style or event attribute and no address outside'],
  ['scripts in names and messages', 'fuzz/properties.test.ts', 'lets no text of a bundle become HTML'],
  ['the end of an embedded script', 'report/html.test.ts', 'no text ends the script or the data'],
  ['styles from data', 'report/html.test.ts', 'allows its own style and script by hash and nothing else'],
  ['a report that phones home', 'report/chromium.test.ts', 'is one request, also without a network'],
  ['formulas', 'security/promises.test.ts', 'begins like a formula'],
  ['Markdown, mentions and fences', 'report/markdown.test.ts', 'nobody is mentioned and no issue is linked'],
  ['the clipboard', 'security/promises.test.ts', 'no line end hides in a command'],
  ['a report that is too large', 'security/promises.test.ts', 'no larger than it may be'],
  ['times before and after all time', 'security/promises.test.ts', 'is a time or none'],
  ['a forged or altered bundle of ours', 'readers/integrity.test.ts', 'told by its checksum'],
  ['rules in a bundle', 'security/promises.test.ts', 'a bundle cannot bring rules'],
  [
    'an output that is a link or a foreign file',
    'security/write-output.test.ts',
    'that is a link is refused',
  ],
  [
    'archives that other programs see otherwise',
    'security/promises.test.ts',
    'two programs see the same files',
  ],
];

it('there are 45 attacks', () => {
  expect(ATTACKS).toHaveLength(45);
});

it.each(ATTACKS)('%s has its test', (_, file, title) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(title);
});
