import { analyze } from '../analyze.ts';
import { builtinCatalogue } from '../catalogue/catalogue.ts';
import { withRules } from '../catalogue/rules.ts';
import type { Cluster } from '../model/cluster.ts';
import { type Report, SEVERITIES } from '../model/report.ts';
import { recordTimings, type Timings, timed } from '../model/timings.ts';
import { flawAt } from '../readers/line-rules.ts';
import { createRedactor } from '../redact/redactor.ts';
import { redactReport } from '../redact/report.ts';
import { visibleLine } from '../report/visible.ts';
import { limitsFrom } from './limits.ts';
import { analyzeOptions } from './options.ts';
import { say } from './say.ts';

/** `casefile analyze`: true when a finding reaches `--fail-on`. */
export async function runAnalyze(sources: readonly string[], given: object): Promise<boolean> {
  const options = analyzeOptions.parse(given);
  const catalogue = options.rules ? withRules(builtinCatalogue(), options.rules, flawAt) : builtinCatalogue();
  const timings = options.timings ? recordTimings() : undefined;
  const found = await analyze(
    sources,
    catalogue,
    limitsFrom(options.limit),
    options.verbose ? tellUnread : undefined,
  );
  const report = options.redact ? redactReport(found) : withBanner(found);
  timed('render', () => say(report, options));
  if (timings) process.stderr.write(timesText(timings()));
  if (!options.failOn) return false;
  const limit = SEVERITIES.indexOf(options.failOn);
  return report.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
}

/** Names the files that nothing reads; names come from the bundle, so they are redacted and made visible. */
function tellUnread(unread: Cluster['unread']): void {
  const redactor = createRedactor();
  for (const [what, files] of unread)
    for (const file of files)
      process.stderr.write(
        `not read (${visibleLine(redactor.text(what))}): ${visibleLine(redactor.text(file))}\n`,
      );
}

function timesText(timings: Timings): string {
  const lines = [...timings].map(([part, ms]) => `${part.padEnd(28)} ${ms.toFixed(0).padStart(8)} ms`);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${[...lines, `${'peak memory'.padEnd(28)} ${String(peak).padStart(8)} MiB`].join('\n')}\n`;
}

/** Every format begins with the verdict: whoever sees the report is warned. */
function withBanner(report: Report): Report {
  return { ...report, verdict: `NOT REDACTED, do not pass on. ${report.verdict}` };
}
