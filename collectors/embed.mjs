// Writes redact.awk into the scripts that carry a copy of it, so that each stays one readable file.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const redactor = readFileSync(new URL('redact.awk', here), 'utf8');
for (const name of ['collect.sh']) {
  const file = new URL(name, here);
  const text = readFileSync(file, 'utf8');
  const block = /(\n# -{4} the redactor [^\n]*\n[\s\S]*?REDACTOR=')[\s\S]*?('\n# -{4} end of the redactor)/;
  writeFileSync(
    file,
    text.replace(block, (_, head, tail) => `${head}\n${redactor}${tail}`),
  );
}
