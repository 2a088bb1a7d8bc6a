// Puts the whole program, its knowledge and its libraries into one readable file, dist/casefile.cjs: copied, it runs on Node alone.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { writeSchema } from './schema.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

await build({
  entryPoints: ['src/cli.ts'],
  outfile: 'dist/casefile.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
  define: { 'process.env.CASEFILE_VERSION': JSON.stringify(version) },
  legalComments: 'eof',
  logLevel: 'warning',
});

await writeSchema();
