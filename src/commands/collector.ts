import * as z from 'zod';
import { COLLECTORS } from './collectors.generated.ts';
import { writeOutput } from './write-output.ts';

const collectorOptions = z.object({ output: z.string().optional(), node: z.boolean().optional() });

/** `casefile collector`: prints the script that makes bundles, or writes it as an executable file. */
export function runCollector(given: object): void {
  const { output, node } = collectorOptions.parse(given);
  const script = COLLECTORS[node ? 'node.sh' : 'collect.sh'] ?? '';
  if (output) writeOutput(output, script, false, 0o755);
  else process.stdout.write(script);
}
