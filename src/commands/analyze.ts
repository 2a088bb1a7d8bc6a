import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { analyze } from '../analyze.ts';
import { builtinCatalogue } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../classifier.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Report } from '../model/report.ts';
import { SEVERITIES } from '../model/severities.ts';
import { recordTimings, type Timings, timed } from '../model/timings.ts';
import { flawAt } from '../readers/line-rules.ts';
import { createRedactor } from '../redact/redactor.ts';
import { redactReport } from '../redact/report.ts';
import { visibleLine } from '../report/visible.ts';
import { limitsFrom } from './limits.ts';
import type { AnalyzeOptions } from './options.ts';
import { say } from './say.ts';

/** `casefile analyze`: true when a finding reaches `--fail-on`. */
export async function runAnalyze(sources: readonly string[], options: AnalyzeOptions): Promise<boolean> {
  if (sources.every(isSmall)) optimizeLate();
  const catalogue = await catalogueWith(options.rules);
  const timings = options.timings ? recordTimings() : undefined;
  const found = await analyze(
    sources,
    catalogue,
    limitsFrom(options.limit),
    options.namespace,
    options.verbose ? tellUnread : undefined,
  );
  const report = options.redact ? timed('redact', () => redactReport(found)) : withBanner(found);
  await say(report, options);
  if (timings) process.stderr.write(timesText(timings()));
  if (!options.failOn) return false;
  const limit = SEVERITIES.indexOf(options.failOn);
  return report.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
}

/** A bundle of so many bytes is read before it pays to optimize most of what reads it. */
const SMALL = 4 * 1024 ** 2;

function isSmall(source: string): boolean {
  try {
    const stat = statSync(source);
    return stat.isFile() && stat.size <= SMALL;
  } catch {
    return false; // whoever reads it says why it cannot
  }
}

/** The compiler of Node 20 spends a sixth of a small bundle's time; later ones do not, and complain of the flag. */
function optimizeLate(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=300000');
}

/** The built-in classes and a site's own; what reads those takes long to start, and most have none. */
async function catalogueWith(rules: string | undefined): Promise<Catalogue> {
  if (!rules) return builtinCatalogue();
  const { withRules } = await import('../catalogue/rules.ts');
  return withRules(builtinCatalogue(), rules, flawAt);
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
