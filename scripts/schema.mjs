// Writes dist/report.schema.json: the JSON Schema of the JSON report, made from the schema that the program itself uses.
import { writeFileSync } from 'node:fs';
import { printedBy } from './run-source.mjs';

/** Writes the schema; called when the program is bundled. */
export async function writeSchema() {
  const schema = await printedBy(`
    import { reportJsonSchema } from './src/report/json-schema.ts';
    process.stdout.write(JSON.stringify(reportJsonSchema(), null, 2));`);
  writeFileSync('dist/report.schema.json', `${schema}\n`);
}
