// Writes the git-ignored `*.generated.ts` files: the knowledge in analyzers/, templates/ and collectors/ as modules, so that
// the compiler, the tests and the bundled program all read the same thing and nothing is looked up on disk at run time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { printedBy } from './run-source.mjs';
import { generateTemplates } from './templates.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const banner = '// Written by scripts/generate.mjs.\n';

/** Parses one of our YAML files or stops with its place. */
function readYaml(path) {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: true });
  if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0].message}`);
  return document.toJS();
}

function write(path, text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
}

function generateCatalogue() {
  const folder = join(root, 'analyzers');
  const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const text = {};
  const code = [];
  for (const group of groups.map(({ name }) => name).sort())
    for (const file of readdirSync(join(folder, group)).sort()) {
      const id = `${group}/${file.replace(/\.(yaml|ts)$/, '')}`;
      if (file.endsWith('.yaml')) text[id] = readYaml(join(folder, group, file));
      else if (file.endsWith('.ts')) code.push(id);
    }
  const imports = code.map((id, index) => `import c${index} from '../../analyzers/${id}.ts';`);
  const entries = code.map((id, index) => `  ${JSON.stringify(id)}: c${index},`);
  write(
    'src/catalogue/builtin.generated.ts',
    [
      `${banner}import type { CodeClassifier } from '../classifier.ts';`,
      ...imports,
      `export const TEXT_CLASSES: Readonly<Record<string, unknown>> = ${JSON.stringify(text, null, 1)};`,
      'export const CODE_CLASSES: Readonly<Record<string, CodeClassifier>> = {',
      ...entries,
      '};',
      `export const NOISE: unknown = ${JSON.stringify(readYaml(join(folder, 'noise.yaml')), null, 1)};`,
      `export const GROUPS: unknown = ${JSON.stringify(readYaml(join(folder, 'groups.yaml')), null, 1)};`,
      '',
    ].join('\n'),
  );
}

function generateCollectors() {
  const folder = join(root, 'collectors');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));
  const texts = Object.fromEntries(
    scripts.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  write(
    'src/commands/collectors.generated.ts',
    `${banner}export const COLLECTORS: Readonly<Record<string, string>> = ${JSON.stringify(texts, null, 1)};\n`,
  );
}

/** Compiles the search in the lines of logs; an unchanged one is left as it is. */
async function generateLineSearch() {
  const source = readFileSync(join(root, 'src/readers/wasm/line-search.ts'), 'utf8');
  const first = `// Written by scripts/generate.mjs from ${createHash('sha256').update(source).digest('hex')}.\n`;
  const target = 'src/readers/line-search.generated.ts';
  if (existsSync(join(root, target)) && readFileSync(join(root, target), 'utf8').startsWith(first)) return;
  const { main } = await import('assemblyscript/asc');
  const options = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--outFile', 'out.wasm'];
  let code = '';
  const { error, stderr } = await main(['source.ts', ...options], {
    readFile: (name) => (name === 'source.ts' ? source : null),
    writeFile: (_, content) => {
      code = Buffer.from(content).toString('base64');
    },
  });
  if (error) throw new Error(`src/readers/wasm/line-search.ts: ${stderr}`);
  write(target, `${first}export const LINE_SEARCH = '${code}';\n`);
}

/** What the built-in expressions ask of a text, as src/catalogue/builtin-expression.ts reads it. */
async function generateAsked() {
  const asked = await printedBy(`
    import { CODE_CLASSES, GROUPS, NOISE, TEXT_CLASSES } from './src/catalogue/builtin.generated.ts';
    import { askedBy } from './src/model/expression.ts';
    const sources = [
      ...Object.values(TEXT_CLASSES).flatMap(({ detect }) => detect.any ?? []),
      ...Object.values(CODE_CLASSES).flatMap(({ lines }) => lines ?? []),
      ...NOISE.flatMap(({ any }) => any),
      ...Object.values(GROUPS.contexts),
      ...Object.values(GROUPS.groups).flatMap(({ needs }) => needs ?? []),
    ];
    process.stdout.write(JSON.stringify(sources.map((source) => [source, askedBy(source)])));`);
  write(
    'src/catalogue/asked.generated.ts',
    `${banner}export const BUILTIN_ASKED = ${JSON.stringify(asked)};\n`,
  );
}

generateCatalogue();
await generateAsked();
generateCollectors();
generateTemplates();
await generateLineSearch();
