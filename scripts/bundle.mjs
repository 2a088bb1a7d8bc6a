// Puts the whole program, its knowledge and its libraries into one readable file, dist/casefile.cjs: copied, it runs on Node alone.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build, transform } from 'esbuild';
import { writeSchema } from './schema.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The messages of zod in fifty languages, which nothing asks for: reading past them takes time at every start. */
const withoutLanguages = {
  name: 'without-languages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]\w/ }, ({ path }) =>
      /(?:en|index)\.js$/.test(path) ? undefined : { contents: 'export default () => ({});' },
    );
  },
};

/** commander asks for what starts processes although none of our commands is a program of its own: it costs at every start. */
const withoutPrograms = {
  name: 'without-programs',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace("require('node:child_process')", '{}'),
    }));
  },
};

const target = 'node20';
const { outputFiles } = await build({
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  plugins: [withoutLanguages, withoutPrograms],
  bundle: true,
  splitting: true,
  platform: 'node',
  target,
  format: 'esm',
  write: false,
  define: { 'process.env.CASEFILE_VERSION': JSON.stringify(version) },
  legalComments: 'eof',
  logLevel: 'warning',
});

/** How the end of a comment is written inside the comment that a piece stands in. */
const END = '*~/';

/** A piece of the program, which asks for others by `require`. */
async function pieceOf({ path, text }) {
  const { code } = await transform(text, { format: 'cjs', supported: { 'dynamic-import': false }, target });
  if (code.includes(END)) throw new Error(`${path} holds ${END}, which stands for the end of a comment`);
  // A single character beyond ASCII, if only in a comment, makes Node hold and read all of the text at twice its size.
  const ascii = code.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { name: `./${basename(path)}`, text: ascii.trimEnd().replaceAll('*/', END) };
}

const LOADER = `#!/usr/bin/env node
'use strict';
const { compileFunction } = require('node:vm');

/**
 * Gives what a piece of the program exports. Each stands in a comment until it is asked for, because to compile them all
 * would take most of a start; it is run as lines of this file, so that a fault is told with its place.
 */
function load(name) {
  const piece = pieces[name];
  if (!piece) return require(name);
  if (piece.module) return piece.module.exports;
  piece.module = { exports: {} };
  const text = piece.inComment.toString().slice('() => {/*'.length, -'*/}'.length).replaceAll('${END}', '*/');
  const place = { filename: __filename, lineOffset: piece.line };
  compileFunction(text, ['module', 'require'], place)(piece.module, load);
  return piece.module.exports;
}

const pieces = {`;

const parts = [LOADER];
for (const { name, text } of await Promise.all(outputFiles.map(pieceOf))) {
  const line = parts.join('\n').split('\n').length;
  parts.push(`'${name}': { line: ${line}, inComment: () => {/*`, text, '*/} },');
}
parts.push('};', "load('./cli.js');", '');
mkdirSync('dist', { recursive: true });
writeFileSync('dist/casefile.cjs', parts.join('\n'));

await writeSchema();
