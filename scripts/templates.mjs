// Turns templates/ into src/report/templates.generated.ts: precompiled, with style and script inside and their
// hashes in the policy, so that nothing is compiled and nothing is hashed when a report is made.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'templates');
const target = join(root, 'src', 'report', 'templates.generated.ts');

/** Helpers that src/report/html.ts registers; any other name in a template is a field of the view. */
const HELPERS = ['markdown'];
const FORBIDDEN = /\{\{\{|\{\{&|\bstyle=|\son[a-z]+=/i;

/** What is told thousands of times has no white space between its tags, which the browser would keep as nodes. */
const DENSE = /-(?:lean|bare)\.hbs$/;

/** Writes the generated module. */
export function generateTemplates() {
  const style = readFileSync(join(folder, 'report.css'), 'utf8');
  const script = readFileSync(join(folder, 'report.js'), 'utf8');
  const partials = { style: inline(style), script: inline(script), policy: policyFor(style, script) };
  for (const file of readdirSync(join(folder, 'partials')).sort()) {
    if (!file.endsWith('.hbs')) continue;
    partials[file.replace(/\.hbs$/, '')] = readTemplate(join('partials', file));
  }
  const lines = [
    '// @ts-nocheck: written by scripts/templates.mjs from templates/; change it there.',
    `export const report = ${precompile(readTemplate('report.hbs'))};`,
    'export const partials = {',
    ...Object.entries(partials).map(([name, text]) => `${JSON.stringify(name)}: ${precompile(text)},`),
    '};',
    '',
  ];
  writeFileSync(target, lines.join('\n'));
}

function policyFor(style, script) {
  return [
    "default-src 'none'",
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function inline(text) {
  if (/\{\{|<\/|<!--/.test(text))
    throw new Error('templates/report.css and report.js may not hold {{, </ or <!--');
  return text;
}

function readTemplate(path) {
  const text = readFileSync(join(folder, path), 'utf8');
  const found = FORBIDDEN.exec(text);
  if (found) throw new Error(`templates/${path}: '${found[0].trim()}' is not allowed, see CONTRIBUTING.md`);
  const trimmed = text
    .replace(/^[ \t]+/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trimEnd();
  return DENSE.test(path) ? trimmed.replaceAll('\n', '') : trimmed;
}

function precompile(text) {
  const knownHelpers = Object.fromEntries(HELPERS.map((name) => [name, true]));
  return Handlebars.precompile(text, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers,
    preventIndent: true,
    // No `@first` and the like: their frames cost more than they are worth.
    data: false,
  });
}
