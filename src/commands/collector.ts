import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { COLLECTORS } from './collectors.generated.ts';

const collectorOptions = z.object({ output: z.string().optional(), node: z.boolean().optional() });

/** `casefile collector`: prints the script that makes bundles, or writes it as an executable file. */
export function runCollector(given: object): void {
  const { output, node } = collectorOptions.parse(given);
  const script = COLLECTORS[node ? 'node.sh' : 'collect.sh'] ?? '';
  if (output) writeFileSync(output, script, { mode: 0o755, flag: 'wx' });
  else process.stdout.write(script);
}
