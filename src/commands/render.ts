import type { OutputOptions } from './options.ts';
import { readReport } from './read-report.ts';
import { say } from './say.ts';

/** `casefile render`: says a stored report anew. */
export async function runRender(source: string, options: OutputOptions): Promise<void> {
  await say(readReport(source), options);
}
