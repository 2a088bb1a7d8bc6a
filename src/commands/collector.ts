import { COLLECTORS } from './collectors.generated.ts';
import type { CollectorOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

/** `casefile collector`: prints the script that makes bundles, or writes it as an executable file. */
export function runCollector({ output, node }: CollectorOptions): void {
  const script = COLLECTORS[node ? 'node.sh' : 'collect.sh'] ?? '';
  if (output) writeOutput(output, script, false, 0o755);
  else process.stdout.write(script);
}
