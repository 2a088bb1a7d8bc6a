import type { Catalogue, Class } from '../classifier.ts';
import type { Cluster, Collected } from '../model/cluster.ts';
import { stepsFor } from '../model/fix-steps.ts';
import { allowing, DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Report } from '../model/report.ts';
import { STAGES } from '../model/stages.ts';
import { formatTime } from '../model/time.ts';
import { timed } from '../model/timings.ts';
import { createChanges } from './changes.ts';
import { concerning, concerns, narrowed } from './concern.ts';
import { detect } from './detect.ts';
import { factsOf } from './facts.ts';
import { fill } from './fill.ts';
import { fold } from './fold.ts';
import { correlate, type Numbered } from './incidents.ts';
import { createJoins } from './joins.ts';
import { inventory } from './overview/inventory.ts';
import { namespaceRows } from './overview/namespaces.ts';
import { nodeRows } from './overview/nodes.ts';
import { timeline } from './overview/timeline.ts';
import { applyPrecedence, withoutEchoes } from './precedence.ts';
import { createQuote } from './quote.ts';
import { signalsOf } from './signals.ts';
import { unexplained } from './unexplained.ts';
import { verdict } from './verdict.ts';

/**
 * Judges a cluster by a catalogue: the whole report, or where namespaces are named what concerns these. Pure: the same
 * cluster gives the same report.
 */
export function judge(
  cluster: Cluster,
  catalogue: Catalogue,
  toolVersion: string,
  limits: Pick<Limits, 'findings' | 'evidence'> = DEFAULT_LIMITS,
  namespaces: readonly string[] = [],
): Report {
  const joins = createJoins(cluster);
  const signals = signalsOf(cluster, joins, catalogue.noise);
  const { found, skipped, problems } = detect(cluster, factsOf(cluster, joins, signals), catalogue);
  const folded = fold(applyPrecedence(withoutEchoes(found, joins), joins), joins, cluster, limits.evidence);
  const all: Numbered[] = folded
    .slice(0, limits.findings)
    .map((finding, position) => ({ id: `f${position + 1}`, ...finding }));
  const incidents = concerning(
    timed('correlate', () => correlate(all, joins, cluster, catalogue)),
    all,
    namespaces,
  );
  const told = new Set(incidents.flatMap(({ cause, effects }) => [cause, ...effects]));
  const findings = all.filter(({ id }) => told.has(id));
  const unwell = unexplained(cluster, joins, all).filter(({ subject }) => concerns(subject, namespaces));
  const quote = createQuote(cluster, catalogue);
  const here = narrowed(cluster, namespaces);
  return {
    version: 1,
    tool: { name: 'casefile', version: toolVersion },
    ...describeBundle(cluster),
    verdict: verdict(cluster, findings, incidents, unwell.length, namespaces),
    findings: findings.map(({ owner: _owner, values, ...finding }) => ({
      ...finding,
      evidence: finding.evidence.map((evidence) => quote({ ...finding, values }, evidence)),
    })),
    classes: describe(catalogue, findings),
    incidents: incidents.map(createChanges(cluster, joins, findings)),
    unexplained: unwell,
    skipped: skipped.map(({ classifier, missing }) => ({ classifier, missing: [...missing] })),
    checked: checked(catalogue, findings, new Set(skipped.map(({ classifier }) => classifier))),
    coverage: cluster.coverage.map(({ origin: _, ...told }) => told),
    problems: [
      ...cluster.problems,
      ...problems,
      ...leftOut(folded.length, limits.findings, cluster.bundle.name),
    ],
    unread: [...cluster.unread].map(([what, paths]) => ({ what, files: paths.length })),
    redacted: false,
    redactions: [],
    nodes: nodeRows(cluster, joins),
    namespaces: namespaceRows(here),
    inventory: inventory(here),
    timeline: timeline(here, joins, findings),
  };
}

/** Where the bundle comes from, and how large its cluster is. */
function describeBundle({
  bundle,
  version,
  distribution,
  objects,
}: Cluster): Pick<Report, 'bundle' | 'cluster'> {
  const { collectedAt, name, layout, bytes, files } = bundle;
  return {
    bundle: {
      name,
      layout,
      bytes,
      files,
      ...(collectedAt === undefined ? {} : { collectedAt: formatTime(collectedAt) }),
    },
    cluster: {
      ...(version ? { version } : {}),
      ...(distribution ? { distribution } : {}),
      ...counted('nodes', objects.nodes),
      ...counted('pods', objects.pods),
      ...counted('namespaces', objects.namespaces),
    },
  };
}

/** The worst findings are kept. */
function leftOut(found: number, most: number, file: string): Report['problems'] {
  if (found <= most) return [];
  return [
    {
      file,
      message: `${found} findings; the ${most} worst of them are in the report ${allowing('findings')}`,
    },
  ];
}

function counted<K extends string>(
  name: K,
  { extent, items }: Collected<unknown>,
): Partial<Record<K, number>> {
  // The key is the only one that the type allows.
  return extent === 'none' ? {} : ({ [name]: items.length } as Partial<Record<K, number>>);
}

/** What the classes that were found say of themselves, for the glossary. */
function describe(catalogue: Catalogue, findings: readonly Numbered[]): Report['classes'] {
  const used = new Set(findings.map(({ classifier }) => classifier));
  return catalogue.classes
    .filter(({ id }) => used.has(id))
    .map(({ id, title, stage, severity, cause, fix, tellApart }) => ({
      classifier: id,
      title,
      stage,
      severity,
      cause: fill(cause, {}),
      fix: stepsFor(fix).map((step) => fill(step, {})),
      ...(tellApart ? { tellApart } : {}),
    }));
}

function checked(
  catalogue: Catalogue,
  findings: readonly Numbered[],
  skipped: ReadonlySet<string>,
): Report['checked'] {
  const found = new Set(findings.map(({ classifier }) => classifier));
  return STAGES.flatMap((stage) => {
    const judged = catalogue.classes.filter(
      (known: Class) => known.stage === stage && !skipped.has(known.id),
    );
    if (judged.length === 0) return [];
    return [{ stage, classes: judged.length, clear: judged.filter(({ id }) => !found.has(id)).length }];
  });
}
