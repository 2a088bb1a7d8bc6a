import { analyze } from '../analyze.ts';
import { builtinCatalogue } from '../catalogue/catalogue.ts';
import { withRules } from '../catalogue/rules.ts';
import { SEVERITIES } from '../model/report.ts';
import { analyzeOptions } from './options.ts';
import { say } from './say.ts';

/** `casefile analyze`: true when a finding reaches `--fail-on`. */
export async function runAnalyze(sources: readonly string[], given: object): Promise<boolean> {
  const options = analyzeOptions.parse(given);
  const catalogue = options.rules ? withRules(builtinCatalogue(), options.rules) : builtinCatalogue();
  const report = await analyze(sources, catalogue);
  say(report, options);
  if (!options.failOn) return false;
  const limit = SEVERITIES.indexOf(options.failOn);
  return report.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
}
