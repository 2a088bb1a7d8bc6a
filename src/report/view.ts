import { formatBytes } from '../model/quantity.ts';
import { formatRef } from '../model/ref.ts';
import type { Finding, Report } from '../model/report.ts';
import { SEVERITIES, type Severity } from '../model/severities.ts';
import { count, groupDigits } from '../model/words.ts';
import { classAnchor } from './anchors.ts';
import { FULL, LEAN, ROWS, SHORT } from './limits.ts';
import type { RenderOptions } from './options.ts';
import { type Piece, type Step, toPieces, toStep } from './prose.ts';
import { findingView, incidentView, incidentViews, type Source } from './source.ts';
import { type NamespaceRow, type NodeRow, toNamespaceRows, toNodeRows } from './view/capacity.ts';
import { type Comparison, compare } from './view/comparison.ts';
import { type CoverageView, toCoverageView } from './view/coverage.ts';
import { type EvidenceView, type FindingView, namespaceOf, toEvidenceView } from './view/finding.ts';
import type { IncidentView } from './view/incident.ts';
import { type InventoryList, toInventory } from './view/inventory.ts';
import { type TimelineView, toTimelineView } from './view/timeline.ts';
import { ICONS } from './view/words.ts';
import { visibleLine, visibleReport } from './visible.ts';

/** Everything that any format says, computed once: order, counts, anchors, geometry. */
export type View = {
  readonly title: string;
  readonly ticket: string;
  readonly tool: string;
  readonly verdict: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly counts: readonly {
    readonly severity: Severity;
    readonly icon: string;
    readonly incidents: number;
  }[];
  /** What goes on or went on, risks apart. */
  readonly incidents: readonly IncidentView[];
  readonly top: readonly IncidentView[];
  readonly moreTop: number;
  readonly risks: readonly IncidentView[];
  /** What is said when there is no incident. */
  readonly nothing: string;
  readonly findingCount: number;
  readonly namespaceNames: readonly string[];
  readonly timeline: TimelineView | undefined;
  readonly nodes: readonly NodeRow[];
  readonly moreNodes: number;
  readonly namespaces: readonly NamespaceRow[];
  readonly moreNamespaces: number;
  readonly unfitting: readonly FindingView[];
  readonly inventory: readonly InventoryList[];
  readonly unexplained: readonly {
    readonly object: string;
    readonly state: string;
    readonly evidence: readonly EvidenceView[];
  }[];
  readonly unexplainedCount: number;
  readonly moreUnexplained: number;
  readonly coverage: CoverageView;
  readonly checked: Report['checked'];
  readonly checkedClasses: number;
  /** Whether the report may hold secrets, because none were looked for. */
  readonly unredacted: boolean;
  readonly redactions: Report['redactions'];
  readonly redactionCount: number;
  /** `18 values were replaced`. */
  readonly redactionSaid: string;
  readonly glossary: readonly GlossaryEntry[];
  /** Only when an earlier report was given. */
  readonly comparison: Comparison | undefined;
  /** The findings as JSON for other programs, without excerpts; empty unless asked for. */
  readonly embedded: string;
};

/** A class of failure as the glossary tells it. */
type GlossaryEntry = {
  readonly classifier: string;
  readonly anchor: string;
  readonly title: string;
  readonly stage: string;
  readonly severity: Severity;
  readonly icon: string;
  readonly cause: readonly Piece[];
  readonly fix: readonly Step[];
  readonly tellApart: readonly Piece[];
};

const TOP = 5;

/** Makes a report ready to be said, its incidents as they are given, tables of at most so many rows. */
export function toView(
  source: Source,
  options: RenderOptions = {},
  all: readonly IncidentView[] = incidentViews(source, FULL),
  rows: number = ROWS[0],
): View {
  const { report, setting } = source;
  const mention = ({ id }: { readonly id: string }) => findingView(source, id, LEAN) ?? [];
  const unfitting = report.findings.filter(({ stage }) => stage === 'scheduler');
  const incidents = all.filter(isFailure);
  const ongoing = incidents.filter(({ state }) => state === 'ongoing');
  const coverage = toCoverageView(report, rows);
  const redactionCount = report.redactions.reduce((sum, one) => sum + one.count, 0);
  const checkedClasses = report.checked.reduce((sum, { classes }) => sum + classes, 0);
  return {
    title: visibleLine(options.title ?? report.bundle.name),
    ticket: visibleLine(options.ticket ?? ''),
    tool: `${report.tool.name} ${report.tool.version}`,
    verdict: report.verdict,
    facts: toFacts(report),
    counts: toCounts(incidents),
    incidents,
    top: ongoing.slice(0, TOP).flatMap(({ number }) => incidentView(source, number, FULL) ?? []),
    moreTop: Math.max(0, ongoing.length - TOP),
    risks: all.filter((incident) => !isFailure(incident)),
    nothing: nothingFound(checkedClasses, coverage, report.unexplained.length),
    findingCount: report.findings.length,
    namespaceNames: namespaceNames(report),
    timeline: toTimelineView(report, setting, rows),
    nodes: toNodeRows(report).slice(0, rows),
    moreNodes: Math.max(0, report.nodes.length - rows),
    namespaces: toNamespaceRows(report).slice(0, rows),
    moreNamespaces: Math.max(0, report.namespaces.length - rows),
    unfitting: unfitting.slice(0, rows).flatMap(mention),
    inventory: toInventory(report, rows),
    unexplained: report.unexplained.slice(0, rows).map(({ subject, state, evidence }) => ({
      object: formatRef(subject),
      state,
      evidence: evidence.slice(0, SHORT.evidence).map((one) => toEvidenceView(one, setting, SHORT)),
    })),
    unexplainedCount: report.unexplained.length,
    moreUnexplained: Math.max(0, report.unexplained.length - rows),
    coverage,
    checked: report.checked,
    checkedClasses,
    unredacted: report.redacted === false,
    redactions: report.redactions,
    redactionCount,
    redactionSaid: `${count(redactionCount, 'value')} ${redactionCount === 1 ? 'was' : 'were'} replaced`,
    glossary: report.classes.map(toGlossaryEntry),
    comparison: options.before && compare(visibleReport(options.before), report, mention, rows),
    embedded: options.embed ? JSON.stringify(report.findings.map(withoutExcerpts)) : '',
  };
}

function withoutExcerpts(finding: Finding): object {
  const evidence = finding.evidence.map(({ file, line, path, time }) => ({ file, line, path, time }));
  return { ...finding, evidence };
}

function toFacts({ bundle, cluster }: Report): View['facts'] {
  const size = [
    cluster.nodes === undefined ? 'nodes not collected' : count(cluster.nodes, 'node'),
    cluster.pods === undefined ? 'pods not collected' : count(cluster.pods, 'pod'),
    cluster.namespaces === undefined ? 'namespaces not collected' : count(cluster.namespaces, 'namespace'),
  ];
  return [
    { name: 'Taken', value: bundle.collectedAt ?? 'at an unknown time' },
    {
      name: 'Cluster',
      value: [cluster.version ?? 'unknown version', cluster.distribution ?? ''].filter(Boolean).join(', '),
    },
    { name: 'Size', value: size.join(', ') },
    {
      name: 'Bundle',
      value: `${bundle.name}, ${formatBytes(bundle.bytes)}B, ${groupDigits(bundle.files)} files, layout ${bundle.layout}`,
    },
  ];
}

function toCounts(incidents: readonly IncidentView[]): View['counts'] {
  return SEVERITIES.map((severity) => ({
    severity,
    icon: ICONS[severity],
    incidents: incidents.filter((incident) => incident.severity === severity).length,
  }));
}

/** Whether an incident is a failure, now or before, and not a risk. */
export function isFailure({ cause }: IncidentView): boolean {
  return cause.stage !== 'practice';
}

function namespaceNames(report: Report): string[] {
  const names = new Set(
    report.findings.map(({ subject }) => namespaceOf(subject)).filter((name) => name !== ''),
  );
  return [...names].sort();
}

function toGlossaryEntry(described: Report['classes'][number]): GlossaryEntry {
  return {
    classifier: described.classifier,
    anchor: classAnchor(described.classifier),
    title: described.title,
    stage: described.stage,
    severity: described.severity,
    icon: ICONS[described.severity],
    cause: toPieces(described.cause),
    fix: described.fix.map(toStep),
    tellApart: toPieces(described.tellApart ?? ''),
  };
}

/** Never that all is well: only what was judged, and what could not be. */
function nothingFound(checked: number, { skippedCount, gaps }: CoverageView, unwell: number): string {
  const said = [`No failure was found by ${count(checked, 'class')} that were judged.`];
  if (skippedCount > 0)
    said.push(
      `${count(skippedCount, 'class')} could not be judged, because what they need was not collected.`,
    );
  if (unwell > 0) said.push(`Unwell without an explanation: ${count(unwell, 'object')}.`);
  if (gaps.length > 0) said.push('This is no proof of health: not everything was seen.');
  return said.join(' ');
}
