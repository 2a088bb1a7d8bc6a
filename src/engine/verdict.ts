import { type Cluster, isBlank } from '../model/cluster.ts';
import { formatRef } from '../model/ref.ts';
import type { Incident } from '../model/report.ts';
import { count } from '../model/words.ts';
import type { Numbered } from './incidents.ts';

/** One sentence that a manager understands; it never says that all is well where something could not be seen. */
export function verdict(
  cluster: Cluster,
  findings: readonly Numbered[],
  incidents: readonly Incident[],
  unexplained: number,
  namespaces: readonly string[],
): string {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const failures = incidents.filter(({ cause }) => isFailure(byId.get(cause)));
  const blind = blindness(cluster);
  const where = namespaces.length > 0 ? ` in namespace ${namespaces.join(', ')}` : '';
  const [worst] = failures;
  const cause = worst && byId.get(worst.cause);
  if (!cause) {
    if (isBlank(cluster)) return wordNothing(cluster);
    const unsaid =
      unexplained > 0 ? `, but ${count(unexplained, 'object')} unwell without a known reason` : '';
    return `No failure was found${where}${unsaid}${blind}.`;
  }
  const reach = worst.effects.length > 0 ? `, with ${count(worst.effects.length, 'consequence')}` : '';
  const causes = `${count(failures.length, 'root cause')}${where}`;
  const lead = failures.length > 1 ? `${causes}; the worst: ` : where && `${causes}: `;
  return `${lead}${cause.title} — ${formatRef(cause.subject)}${reach}${blind}.`;
}

/** Nothing was seen, so nothing is said of failures. */
function wordNothing({ coverage }: Cluster): string {
  const said = coverage.find(({ detail }) => detail)?.detail?.replace(/\.+$/, '');
  return `Nothing of the cluster could be collected${said ? `: ${said}` : ''}.`;
}

/** Failures are what severity calls at least medium and what is no mere risk. */
function isFailure(finding: Numbered | undefined): boolean {
  return (
    finding !== undefined &&
    finding.stage !== 'practice' &&
    finding.severity !== 'info' &&
    finding.severity !== 'low'
  );
}

function blindness(cluster: Cluster): string {
  const unseen = cluster.coverage.filter(({ status }) => status !== 'ok' && status !== 'absent').length;
  if (cluster.objects.pods.extent === 'none') return '; the pods were not collected';
  return unseen > 0 ? `; ${count(unseen, 'thing')} could not be collected` : '';
}
