import type { Report } from '../model/report.ts';
import { count, cutTo } from '../model/words.ts';
import type { RenderOptions } from './options.ts';
import { labelled, MARGIN, type Paper, steps, titleLines, toPaper, wrapTo } from './paper.ts';
import { toSource } from './source.ts';
import type { ChainLink } from './view/chain.ts';
import type { EvidenceRow, EvidenceView, FindingView } from './view/finding.ts';
import type { ChangeView, IncidentView } from './view/incident.ts';
import { toView, type View } from './view.ts';
import { wrap, wrapPieces } from './wrap.ts';

const EVIDENCE = 3;

/** The report for a terminal: verdict, incidents worst first, what is unexplained, not seen and clear. */
export function toText(report: Report, options: RenderOptions = {}): string {
  const view = toView(toSource(report), options);
  const paper = toPaper(options);
  const sections = [
    heading(view, paper),
    comparison(view, paper),
    ...incidents(view, paper),
    unexplained(view, paper),
    risks(view, paper),
    notSeen(view, paper),
    checked(view, paper),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading(view: View, paper: Paper): string[] {
  const title = [view.ticket, view.title].filter(Boolean).join(' · ');
  return [
    paper.paint('dim', title),
    ...wrap(view.verdict, paper.width).map((line) => paper.paint('bold', line)),
    '',
    ...view.facts
      .slice(0, 3)
      .flatMap(({ name, value }) => labelled(name.toLowerCase(), wrapTo(value, paper), paper)),
    ...labelled('found', [foundLine(view, paper)], paper),
  ];
}

function foundLine(view: View, { paint }: Paper): string {
  const found = view.counts
    .filter(({ incidents: number }) => number > 0)
    .map(({ severity, icon, incidents: number }) => paint(severity, `${icon} ${number} ${severity}`));
  return found.length > 0 ? `${found.join('  ')}  (${count(view.findingCount, 'finding')})` : 'no failure';
}

function comparison({ comparison: held }: View, paper: Paper): string[] {
  if (!held) return [];
  const { bundle, fresh, freshCount, gone, goneCount, same } = held;
  const lines = [
    ...fresh.map(({ icon, object, title }) => `new: ${icon} ${object}: ${title}`),
    ...gone.map(
      ({ object, title, judged }) =>
        `${judged ? 'no longer found' : 'could not be judged this time'}: ${object}: ${title}`,
    ),
  ];
  return [
    paper.paint(
      'bold',
      `Since ${bundle}: ${freshCount} new, ${goneCount} no longer found, ${same} as before`,
    ),
    ...lines.flatMap((line) => wrap(line, paper.width - 2).map((part) => `  ${part}`)),
  ];
}

function incidents(view: View, paper: Paper): string[][] {
  if (view.incidents.length > 0) return view.incidents.map((incident) => incidentLines(incident, paper));
  return [wrap(view.nothing, paper.width)];
}

function incidentLines(
  { cause, effects, changes, circle, severity, icon, lifeLine, beside, state, stateWord }: IncidentView,
  paper: Paper,
): string[] {
  const past = state === 'ongoing' ? '' : ` (${stateWord})`;
  const reached = lifeLine.filter(({ mark }) => mark === 'reached' || mark === 'broke');
  const where = beside || reached.map(({ stage, broke }) => (broke ? `[${stage}]` : stage)).join(' > ');
  return [
    ...titleLines(severity, icon, `${cause.object}: ${cause.title}${past}`, paper),
    ...labelled('what', wrapTo(cause.message, paper), paper),
    ...labelled('where', wrapTo(where, paper), paper),
    ...labelled('why', wrapPieces(cause.details.cause, paper.width - MARGIN), paper),
    ...labelled('circle', wrapTo(circle, paper), paper),
    ...labelled('do', steps(cause.details.fix, paper), paper),
    ...labelled('seen', proof(cause, paper), paper),
    ...labelled(
      'before',
      changes.flatMap((change) => wrapTo(changeLine(change), paper)),
      paper,
    ),
    ...labelled(
      'then',
      effects.flatMap((link) => effectLines(link, paper)),
      paper,
    ),
  ];
}

/** What was changed shortly before: a time, not a cause. */
function changeLine({ time, before, object, what }: ChangeView): string {
  return `${time} (${before}): ${object} ${what}`;
}

function proof({ details: { evidence, moreEvidence } }: FindingView, paper: Paper): string[] {
  const more = moreEvidence + Math.max(0, evidence.length - EVIDENCE);
  const lines = evidence.slice(0, EVIDENCE).flatMap((one) => evidenceLines(one, paper));
  return more > 0 ? [...lines, `and ${count(more, 'more place')}`] : lines;
}

function evidenceLines({ place, time, rows, more }: EvidenceView, paper: Paper): string[] {
  const said = rows
    .filter((row) => row.said)
    .slice(0, 3)
    .map((row) => rowText(row, 2 * (paper.width - MARGIN - 2)));
  const times = more > 0 ? ` (and ${more} more)` : '';
  return [
    `${place}${time ? paper.paint('dim', ` ${time}`) : ''}${times}`,
    ...said
      .filter((line) => line !== '')
      .flatMap((line) => wrap(line, paper.width - MARGIN - 2).map((part) => `  ${part}`)),
  ];
}

/** A row of evidence cut so that its decisive part, and above all the end of it, stays in sight. */
function rowText({ head, match, tail }: EvidenceRow, room: number): string {
  const lead = head.trimStart();
  const text = (lead + match + tail).trimEnd();
  if (!match || lead.length + match.length <= room) return cutTo(text, room);
  const start = Math.max(lead.length - Math.floor(room / 4), lead.length + match.length - room + 1);
  return cutTo(`…${text.slice(start)}`, room);
}

function effectLines({ finding, depth, reason }: ChainLink, paper: Paper): string[] {
  const indent = '  '.repeat(Math.min(depth, 6) - 1);
  const room = paper.width - MARGIN - indent.length - 4;
  const [first = '', ...rest] = wrap(`${finding.object}: ${finding.title}`, room);
  const because = reason ? wrap(`because ${reason}`, room).map((line) => paper.paint('dim', line)) : [];
  return [
    `${indent}└ ${paper.paint(finding.severity, finding.icon)} ${first}`,
    ...[...rest, ...wrap(finding.message, room), ...because, finding.place].map(
      (line) => `${indent}    ${line}`,
    ),
  ];
}

function unexplained(view: View, paper: Paper): string[] {
  if (view.unexplained.length === 0) return [];
  return [
    paper.paint('bold', 'Unexplained: unwell, and no class says why'),
    ...view.unexplained.flatMap(({ object, state, evidence }) => [
      ...wrap(`${object}: ${state}`, paper.width - 2).map((line) => `  ${line}`),
      ...evidence.slice(0, 1).flatMap((one) => evidenceLines(one, paper).map((line) => `    ${line}`)),
    ]),
  ];
}

function risks(view: View, paper: Paper): string[] {
  if (view.risks.length === 0) return [];
  return [
    paper.paint('bold', 'Risks: nothing here has failed yet'),
    ...view.risks.flatMap(({ cause, icon, severity }) => {
      const lines = wrap(`${cause.object}: ${cause.title}: ${cause.message}`, paper.width - 4);
      return lines.map((line, row) => `  ${row === 0 ? paper.paint(severity, icon) : ' '} ${line}`);
    }),
  ];
}

function notSeen({ coverage, redactions, redactionCount }: View, paper: Paper): string[] {
  const gaps = [
    ...coverage.gaps,
    ...coverage.problems.map(({ file, message }) => `${file}: ${message}`),
    ...coverage.skipped.map(({ missing, classes }) => `for want of ${missing}: ${classes}`),
  ];
  if (gaps.length === 0)
    gaps.push(
      coverage.asked > 0
        ? 'everything that was asked for came back'
        : 'the bundle does not say what was asked for',
    );
  if (coverage.unreadLine) gaps.push(coverage.unreadLine);
  if (redactionCount > 0)
    gaps.push(
      `replaced before anything was judged: ${redactions.map((one) => `${one.count} × ${one.kind}`).join(', ')}`,
    );
  return [
    paper.paint('bold', 'Not seen'),
    ...gaps.flatMap((gap) =>
      wrap(gap, paper.width - 4).map((line, row) => `  ${row === 0 ? '-' : ' '} ${line}`),
    ),
  ];
}

function checked({ checked: stages, checkedClasses }: View, paper: Paper): string[] {
  if (stages.length === 0) return [];
  const line = stages.map(({ stage, classes, clear }) => `${stage} ${clear}/${classes}`).join(', ');
  return [
    paper.paint('bold', `Checked and clear, of ${count(checkedClasses, 'class')} of failure`),
    ...wrap(line, paper.width - 2).map((part) => `  ${part}`),
  ];
}
