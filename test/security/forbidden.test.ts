import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

function textsOf(folder: string, ending: RegExp): { readonly file: string; readonly text: string }[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !file.endsWith('.generated.ts'))
    .map((file) => ({
      file: path.join(folder, file),
      text: readFileSync(path.join(ROOT, folder, file), 'utf8'),
    }));
}

const SOURCES = [...textsOf('src', /\.ts$/), ...textsOf('analyzers', /\.ts$/)];
const TEMPLATES = textsOf('templates', /\.(?:hbs|js|ts|css)$/);
const naming = (texts: typeof SOURCES, form: RegExp) =>
  texts.filter(({ text }) => form.test(text)).map(({ file }) => file);

it('sources and templates are found', () => {
  expect(SOURCES.length).toBeGreaterThan(50);
  expect(TEMPLATES.length).toBeGreaterThan(5);
});

it.each([
  ['start threads or load libraries', /worker_threads|node:cluster|process\.binding|dlopen/],
  [
    'open sockets',
    /from '(?:node:)?(?:net|http|https|http2|dgram|tls|dns|undici|inspector)(?:\/|')|\bfetch\(|WebSocket|XMLHttpRequest/,
  ],
  ['run text as code', /\beval\(|new Function\(|node:vm|setTimeout\(['"`]|import\([^'"]/],
  [
    'compile templates at run time',
    /Handlebars\.compile|import [^;]* from 'handlebars'(?<!import type [^;]*)|SafeString|noEscape|allowProto/,
  ],
])('no source can %s', (_, form) => {
  expect(naming(SOURCES, form)).toEqual([]);
});

it('one source starts a process: xz, with fixed arguments and without a shell', () => {
  expect(naming(SOURCES, /child_process/)).toEqual(['src/bundle/xz.ts']);
  const text = SOURCES.find(({ file }) => file === 'src/bundle/xz.ts')?.text ?? '';
  expect(text.match(/\b(?:spawn|exec|execFile|fork|spawnSync|execSync)\(.*/g)).toEqual([
    "spawn(program, options, { env: {}, shell: false, stdio: ['pipe', 'pipe', 'pipe'] });",
  ]);
  expect(text).toMatch(
    /const options = \['--decompress', '--stdout', '--threads=1', `--memlimit=\$\{MEMORY\}`\];/,
  );
});

it.each([
  ['triple braces', /\{\{\{/],
  ['markup that is put in as text', /innerHTML|outerHTML|insertAdjacentHTML|document\.write|SafeString/],
  ['code that is run from text', /\beval\(|new Function|javascript:/],
  ['addresses that are loaded', /(?:src|href)=["']https?:|url\(["']?https?:|@import|fetch\(|XMLHttpRequest/],
  ['attributes without quotes', /<[a-z]+[^>]*\s[a-z-]+=\{\{/],
  ['handlers in attributes', /\son[a-z]+=["']/],
])('no template has %s', (_, form) => {
  expect(naming(TEMPLATES, form)).toEqual([]);
});

it('files are written in one place only', () => {
  const writers = naming(
    SOURCES,
    /writeFileSync|createWriteStream|openSync\([^)]*['"](?:w|a)|mkdirSync|rmSync|renameSync|writeSync|import \{ write \}/,
  );
  expect(writers.sort()).toEqual([
    'src/bundle/pack.ts',
    'src/commands/spool.ts',
    'src/commands/write-output.ts',
  ]);
});

it('rules are loaded from the folder that the user names, never from a bundle', () => {
  expect(naming(SOURCES, /withRules\(/)).toEqual(['src/catalogue/rules.ts', 'src/commands/analyze.ts']);
});
