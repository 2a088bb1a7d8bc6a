import { outputOptions } from './options.ts';
import { readReport } from './read-report.ts';
import { say } from './say.ts';

/** `casefile render`: says a stored report anew. */
export async function runRender(source: string, given: object): Promise<void> {
  say(readReport(source), outputOptions.parse(given));
}
