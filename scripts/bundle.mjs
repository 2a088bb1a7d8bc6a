// Puts the whole program, its knowledge and its libraries into one readable file, dist/casefile.cjs: copied, it runs on Node alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
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

const outfile = 'dist/casefile.cjs';
await build({
  entryPoints: ['src/cli.ts'],
  outfile,
  plugins: [withoutLanguages, withoutPrograms],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
  define: { 'process.env.CASEFILE_VERSION': JSON.stringify(version) },
  legalComments: 'eof',
  logLevel: 'warning',
});

// A single character beyond ASCII, if only in a comment, makes Node hold and read all of the text at twice its size.
const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
writeFileSync(outfile, readFileSync(outfile, 'utf8').replace(/[^\0-\x7f]/g, escaped));

await writeSchema();
