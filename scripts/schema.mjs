// Writes dist/report.schema.json: the JSON Schema of the JSON report, made from the schema that the program itself uses.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Writes the schema; called when the program is bundled. */
export async function writeSchema() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { reportJsonSchema } from './src/report/json-schema.ts';
        process.stdout.write(JSON.stringify(reportJsonSchema(), null, 2));`,
      resolveDir: '.',
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    logLevel: 'warning',
  });
  const schema = execFileSync(process.execPath, ['-'], { input: outputFiles[0].text, encoding: 'utf8' });
  writeFileSync('dist/report.schema.json', `${schema}\n`);
}
