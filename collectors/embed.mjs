// Copies parts/ into the scripts, so that each script is one file that can be read and sent alone.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const read = (name) => readFileSync(new URL(name, here), 'utf8');
const redactor = read('parts/redact.awk');
const common = read('parts/common.sh');

/** The script with fresh copies of the parts between its marks. */
export function embed(script) {
  return script
    .replace(
      /(\nREDACTOR=')[\s\S]*?('\n# -{4} end of the redactor)/,
      (_, head, tail) => `${head}\n${redactor}${tail}`,
    )
    .replace(/\n# -{4} common: [\s\S]*\n# -{4} end of the common part[^\n]*\n/, () => `\n${common}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const name of ['collect.sh', 'node.sh']) {
    const file = new URL(name, here);
    writeFileSync(file, embed(read(name)));
  }
}
