import type { Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import { formatRef } from '../model/ref.ts';
import type { Finding, Report } from '../model/report.ts';
import type { Severity } from '../model/severities.ts';
import { visibleReport } from './visible.ts';

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What code-scanning sites sort by, from 0 to 10. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.0',
  low: '2.0',
  info: '0.5',
};

/** The findings as a SARIF 2.1.0 log: classes are rules, places in the bundle are locations. */
export function toSarif(hidden: Report): string {
  const report = visibleReport(hidden);
  const rules = new Map(report.classes.map(({ classifier }, index) => [classifier, index]));
  const causes = new Map(
    report.incidents.flatMap(({ cause, effects }) => [cause, ...effects].map((id) => [id, cause] as const)),
  );
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            rules: report.classes.map(toRule),
          },
        },
        originalUriBaseIds: { BUNDLE: { description: { text: `The bundle ${report.bundle.name}` } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.problems.map(({ file, message }) => ({
              level: 'warning',
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: toArtifact(file) } }],
            })),
          },
        ],
        results: report.findings.map((finding) => toResult(finding, rules, causes.get(finding.id))),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toRule({
  classifier,
  title,
  cause,
  fix,
  severity,
  stage,
}: Report['classes'][number]): ReportingDescriptor {
  return {
    id: classifier,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: cause },
    help: { text: fix.map((step, index) => `${index + 1}. ${step}`).join('\n') || cause },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [stage], 'security-severity': SCORES[severity] },
  };
}

function toResult(finding: Finding, rules: ReadonlyMap<string, number>, cause: string | undefined): Result {
  const index = rules.get(finding.classifier);
  return {
    ruleId: finding.classifier,
    ...(index === undefined ? {} : { ruleIndex: index }),
    kind: 'fail',
    level: LEVELS[finding.severity],
    message: { text: `${formatRef(finding.subject)}: ${finding.title}: ${finding.message}.` },
    locations: finding.evidence.slice(0, 1).map((evidence) => ({
      physicalLocation: toPlace(evidence),
      logicalLocations: [{ fullyQualifiedName: formatRef(finding.subject), kind: 'resource' }],
    })),
    relatedLocations: finding.evidence.slice(1, 10).map((evidence, id) => ({
      id: id + 1,
      physicalLocation: toPlace(evidence),
      message: { text: evidence.path ?? evidence.excerpt.slice(0, 200) },
    })),
    partialFingerprints: { 'casefile/v1': finding.fingerprint },
    properties: {
      severity: finding.severity,
      stage: finding.stage,
      state: finding.state,
      id: finding.id,
      ...(cause === undefined || cause === finding.id ? {} : { followsFrom: cause }),
    },
  };
}

/** A field of an object file has no line that we know; the field path is told beside the file. */
function toPlace({ file, line, path, excerpt }: Finding['evidence'][number]): PhysicalLocation {
  const place: PhysicalLocation = { artifactLocation: toArtifact(file) };
  const snippet = { text: excerpt.slice(0, 2000) };
  if (line !== undefined) place.region = { startLine: line, snippet };
  else if (path) place.properties = { path, excerpt: snippet.text };
  return place;
}

function toArtifact(file: string): { uri: string; uriBaseId: string } {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'BUNDLE' };
}
