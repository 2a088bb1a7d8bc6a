import type { Finding, Report } from '../model/report.ts';
import { findingAnchors } from './anchors.ts';
import { LEAN, type Limits } from './limits.ts';
import { type FindingView, type Setting, toFindingView } from './view/finding.ts';
import { type IncidentView, toIncidentView } from './view/incident.ts';
import { visibleReport } from './visible.ts';

/** A report that hides nothing, with what is looked up in it over and over. */
export type Source = {
  readonly report: Report;
  readonly setting: Setting;
  readonly findings: ReadonlyMap<string, Finding>;
};

/** Prepares a report to be said. */
export function toSource(hidden: Report): Source {
  const report = visibleReport(hidden);
  return {
    report,
    setting: { collectedAt: report.bundle.collectedAt, anchors: findingAnchors(report) },
    findings: new Map(report.findings.map((finding) => [finding.id, finding])),
  };
}

/** A finding, as much of it as the limits allow. */
export function findingView(
  { findings, setting }: Source,
  id: string,
  limits: Limits,
): FindingView | undefined {
  const finding = findings.get(id);
  return finding && toFindingView(finding, setting, limits);
}

/** All incidents in the order of the report, as much of each as the limits allow. */
export function incidentViews(source: Source, limits: Limits): IncidentView[] {
  return source.report.incidents.flatMap((_, index) => incidentView(source, index + 1, limits) ?? []);
}

/** One incident by its number, from 1. */
export function incidentView(source: Source, number: number, limits: Limits): IncidentView | undefined {
  const incident = source.report.incidents[number - 1];
  const toView = (id: string, place: number) =>
    findingView(source, id, place <= limits.effects ? limits : LEAN);
  return incident && toIncidentView(incident, number, toView, limits);
}
