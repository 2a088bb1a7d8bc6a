import { formatBytes } from '../model/quantity.ts';
import { formatRef } from '../model/ref.ts';
import { type Finding, type Report, SEVERITIES, type Severity } from '../model/report.ts';
import { classAnchor, findingAnchors } from './anchors.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { RenderOptions } from './options.ts';
import { count, groupDigits, type Piece, toPieces } from './prose.ts';
import { type NamespaceRow, type NodeRow, toNamespaceRows, toNodeRows } from './view/capacity.ts';
import { type Comparison, compare } from './view/comparison.ts';
import { type CoverageView, toCoverageView } from './view/coverage.ts';
import {
  type EvidenceView,
  type FindingView,
  type Setting,
  toEvidenceView,
  toFindingView,
} from './view/finding.ts';
import { type IncidentView, toIncidentViews } from './view/incident.ts';
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
  readonly namespaces: readonly NamespaceRow[];
  readonly unfitting: readonly FindingView[];
  readonly inventory: readonly InventoryList[];
  readonly unexplained: readonly {
    readonly object: string;
    readonly state: string;
    readonly evidence: readonly EvidenceView[];
  }[];
  readonly coverage: CoverageView;
  readonly checked: Report['checked'];
  readonly checkedClasses: number;
  readonly redactions: Report['redactions'];
  readonly redactionCount: number;
  readonly glossary: readonly GlossaryEntry[];
  /** Only when an earlier report was given. */
  readonly comparison: Comparison | undefined;
  /** The findings as JSON for other programs, without excerpts; empty unless asked for. */
  readonly embedded: string;
};

/** A class of failure as the glossary tells it. */
export type GlossaryEntry = {
  readonly classifier: string;
  readonly anchor: string;
  readonly title: string;
  readonly stage: string;
  readonly severity: Severity;
  readonly icon: string;
  readonly cause: readonly Piece[];
  readonly fix: readonly (readonly Piece[])[];
  readonly tellApart: readonly Piece[];
};

const TOP = 5;

/** Makes a report ready to be said in any format. */
export function toView(hidden: Report, options: RenderOptions = {}, limits: Limits = LIMITS[0]): View {
  const report = visibleReport(hidden);
  const setting: Setting = {
    collectedAt: report.bundle.collectedAt,
    anchors: findingAnchors(report),
    limits,
  };
  const findings = new Map(report.findings.map((finding) => [finding.id, toFindingView(finding, setting)]));
  const all = toIncidentViews(report, findings, limits);
  const incidents = all.filter(({ cause }) => cause.stage !== 'practice');
  const ongoing = incidents.filter(({ state }) => state === 'ongoing');
  const coverage = toCoverageView(report);
  const checkedClasses = report.checked.reduce((sum, { classes }) => sum + classes, 0);
  return {
    title: visibleLine(options.title ?? report.bundle.name),
    ticket: visibleLine(options.ticket ?? ''),
    tool: `${report.tool.name} ${report.tool.version}`,
    verdict: report.verdict,
    facts: toFacts(report),
    counts: toCounts(incidents),
    incidents,
    top: ongoing.slice(0, TOP),
    moreTop: Math.max(0, ongoing.length - TOP),
    risks: all.filter(({ cause }) => cause.stage === 'practice'),
    nothing: nothingFound(checkedClasses, coverage, report.unexplained.length),
    findingCount: report.findings.length,
    namespaceNames: namespaceNames(findings),
    timeline: toTimelineView(report, setting),
    nodes: toNodeRows(report),
    namespaces: toNamespaceRows(report),
    unfitting: [...findings.values()].filter(({ stage }) => stage === 'scheduler'),
    inventory: toInventory(report, limits),
    unexplained: report.unexplained.map(({ subject, state, evidence }) => ({
      object: formatRef(subject),
      state,
      evidence: evidence.slice(0, limits.evidence).map((one) => toEvidenceView(one, setting)),
    })),
    coverage,
    checked: report.checked,
    checkedClasses,
    redactions: report.redactions,
    redactionCount: report.redactions.reduce((sum, one) => sum + one.count, 0),
    glossary: report.classes.map(toGlossaryEntry),
    comparison: options.before && compare(visibleReport(options.before), report, findings),
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

function namespaceNames(findings: ReadonlyMap<string, FindingView>): string[] {
  const names = new Set(
    [...findings.values()].map(({ namespace }) => namespace).filter((name) => name !== ''),
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
    fix: described.fix.map(toPieces),
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
