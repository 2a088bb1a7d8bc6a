import { formatRef } from '../model/ref.ts';
import type { Finding, Report } from '../model/report.ts';
import { STAGES } from '../model/stages.ts';
import { visibleReport } from './visible.ts';

type Suite = {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly cases: readonly string[];
};

/**
 * The report as JUnit: a suite for each stage with a case for each finding. What goes on fails; risks and what is over
 * pass and say what they are; classes that could not be judged are skipped.
 */
export function toJunit(hidden: Report): string {
  const report = visibleReport(hidden);
  const suites = [...STAGES.map((stage) => toStageSuite(stage, report)), toSkippedSuite(report)].filter(
    ({ tests }) => tests > 0,
  );
  const sum = (field: 'tests' | 'failures' | 'skipped') =>
    suites.reduce((total, suite) => total + suite[field], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({
      name: `${report.tool.name} ${report.bundle.name}`,
      tests: sum('tests'),
      failures: sum('failures'),
      errors: 0,
      skipped: sum('skipped'),
    })}>`,
    ...suites.flatMap((suite) => suiteLines(suite, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function toStageSuite(stage: string, report: Report): Suite {
  const findings = report.findings.filter((finding) => finding.stage === stage);
  const clear = report.checked.find((one) => one.stage === stage)?.clear ?? 0;
  const clearCase = `<testcase ${attributes({ classname: stage, name: `${clear} classes judged, nothing found` })}/>`;
  return {
    name: stage,
    tests: findings.length + (clear > 0 ? 1 : 0),
    failures: findings.filter(isFailure).length,
    skipped: 0,
    cases: [...findings.map(toCase), ...(clear > 0 ? [clearCase] : [])],
  };
}

function isFailure({ stage, state }: Finding): boolean {
  return stage !== 'practice' && state === 'ongoing';
}

function toCase(finding: Finding): string {
  const name = `${formatRef(finding.subject)}: ${finding.title}`;
  const start = `<testcase ${attributes({ classname: finding.classifier, name })}>`;
  const text = escaped(wholeText(finding));
  const inside = isFailure(finding)
    ? `<failure ${attributes({ type: finding.severity, message: finding.message })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `${start}${inside}</testcase>`;
}

function wholeText({ message, state, cause, fix, evidence }: Finding): string {
  return [
    `${message} (${state})`,
    cause,
    ...fix.map((step, index) => `${index + 1}. ${step}`),
    ...evidence
      .slice(0, 5)
      .map(
        ({ file, line, path, excerpt }) =>
          `${file}${line ? `:${line}` : path ? ` ${path}` : ''}\n  ${excerpt}`,
      ),
  ].join('\n');
}

function toSkippedSuite({ skipped }: Report): Suite {
  return {
    name: 'not judged',
    tests: skipped.length,
    failures: 0,
    skipped: skipped.length,
    cases: skipped.map(({ classifier, missing }) => {
      const message = `not collected: ${missing.join(', ')}`;
      const name = 'could not be judged';
      return `<testcase ${attributes({ classname: classifier, name })}><skipped ${attributes({ message })}/></testcase>`;
    }),
  };
}

function suiteLines({ name, tests, failures, skipped, cases }: Suite, { bundle }: Report): string[] {
  const timestamp = bundle.collectedAt ? { timestamp: bundle.collectedAt } : {};
  return [
    `<testsuite ${attributes({ name, tests, failures, errors: 0, skipped, ...timestamp })}>`,
    ...cases,
    '</testsuite>',
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}="${escaped(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 forbids are already numbers: the report is made visible first. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}
