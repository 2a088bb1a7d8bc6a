import type { Report } from '../model/report.ts';
import { count, cutTo } from '../model/words.ts';
import { FULL, LEAN } from './limits.ts';
import { block, code, plain, prose, stepLines } from './markdown-text.ts';
import type { RenderOptions } from './options.ts';
import { incidentView, incidentViews, type Source, toSource } from './source.ts';
import type { EvidenceView, FindingView } from './view/finding.ts';
import type { ChangeView, IncidentView } from './view/incident.ts';
import { toView, type View } from './view.ts';

/** What a comment field of the usual ticket systems takes. */
export const MAX_CHARACTERS = 60_000;
const [EVIDENCE, EXCERPT, LISTED] = [2, 1200, 40];

/** The report to be pasted into a ticket; what does not fit is counted. */
export function toMarkdown(report: Report, options: RenderOptions = {}): string {
  const source = toSource(report);
  return summaryMarkdown(toView(source, options, incidentViews(source, LEAN)), source);
}

/** A report as Markdown of at most `MAX_CHARACTERS`: incidents in full while there is room, then in one line each. */
export function summaryMarkdown(view: View, source: Source): string {
  const head = [...heading(view), ...comparison(view), ...notSeen(view)].join('\n');
  const tail = [...unexplained(view), ...risks(view), ...checked(view)].join('\n');
  const room = MAX_CHARACTERS - head.length - tail.length - 200;
  return [head, '## Incidents', '', incidents(view, source, room), '', tail]
    .join('\n')
    .slice(0, MAX_CHARACTERS);
}

/** One incident as Markdown. */
export function incidentMarkdown(incident: IncidentView): string {
  const { cause, effects, changes, circle, severity, icon, lifeLine, beside, state, stateWord } = incident;
  const past = state === 'ongoing' ? '' : ` (${stateWord})`;
  const where = beside || lifeLine.map(({ stage, broke }) => (broke ? `**${stage}**` : stage)).join(' → ');
  const lines = [
    `### ${icon} ${severity}: ${code(cause.object)} ${plain(cause.title)}${past}`,
    '',
    plain(cause.message),
    '',
    `**Where:** ${where}`,
    '',
    `**Why:** ${prose(cause.details.cause)}`,
    '',
    ...(circle ? [`**Circle:** ${plain(circle)}.`, ''] : []),
    '**What to do**',
    '',
    ...cause.details.fix.flatMap(stepLines),
    '',
    '**Evidence**',
    '',
    ...proof(cause),
  ];
  if (changes.length > 0) lines.push('**Changed shortly before**', '', ...changes.map(changeLine), '');
  if (effects.length > 0) lines.push('**Effects**', '', ...effectLines(incident), '');
  return lines.join('\n');
}

function changeLine({ time, before, object, what }: ChangeView): string {
  return `- ${plain(time)} (${before} it was first seen) ${code(object)} ${plain(what)}`;
}

function effectLines({ effects }: IncidentView): string[] {
  const lines = effects.slice(0, LISTED).map(({ finding, from, reason }) => {
    const because = reason ? ` Follows from ${code(from)}: ${plain(reason)}.` : '';
    return `- ${finding.icon} ${code(finding.object)} ${plain(finding.title)}: ${plain(finding.message)}.${because}`;
  });
  if (effects.length > LISTED) lines.push(`- and ${count(effects.length - LISTED, 'more effect')}`);
  return lines;
}

function proof({ details: { evidence, moreEvidence } }: FindingView): string[] {
  const more = moreEvidence + Math.max(0, evidence.length - EVIDENCE);
  return [
    ...evidence.slice(0, EVIDENCE).flatMap(evidenceLines),
    ...(more > 0 ? [`and ${count(more, 'more place')}`, ''] : []),
  ];
}

function evidenceLines({ place, time, rows, more }: EvidenceView): string[] {
  const times = more > 0 ? `, and ${count(more, 'more place')} like it` : '';
  const excerpt = rows.map(({ head, match, tail }) => head + match + tail).join('\n');
  return [`${code(place)}${time ? ` ${plain(time)}` : ''}${times}`, '', block(cutTo(excerpt, EXCERPT)), ''];
}

function heading(view: View): string[] {
  const found = view.counts
    .filter(({ incidents: number }) => number > 0)
    .map(({ icon, severity, incidents: number }) => `${icon} ${number} ${severity}`);
  return [
    `# ${view.ticket ? `${plain(view.ticket)}: ` : ''}${plain(view.title)}`,
    '',
    `**${plain(view.verdict)}**`,
    '',
    ...view.facts.map(({ name, value }) => `- ${name}: ${code(value)}`),
    `- Found: ${found.length > 0 ? `${found.join(', ')} (${count(view.findingCount, 'finding')})` : 'no failure'}`,
    `- Made by ${plain(view.tool)}`,
    '',
  ];
}

function comparison({ comparison: held }: View): string[] {
  if (!held) return [];
  const { bundle, fresh, freshCount, gone, goneCount, same } = held;
  return [
    `## Since ${code(bundle)}`,
    '',
    `${freshCount} new, ${goneCount} no longer found, ${same} as before.`,
    '',
    ...fresh
      .slice(0, LISTED)
      .map(({ icon, object, title }) => `- new: ${icon} ${code(object)} ${plain(title)}`),
    ...others(freshCount),
    ...gone
      .slice(0, LISTED)
      .map(
        ({ object, title, judged }) =>
          `- ${judged ? 'no longer found' : 'could not be judged this time'}: ${code(object)} ${plain(title)}`,
      ),
    ...others(goneCount),
    '',
  ];
}

function notSeen({ coverage, redactions }: View): string[] {
  const gaps = [
    ...coverage.gaps,
    ...redactions.map(
      ({ kind, count: number }) => `replaced before anything was judged: ${number} × ${kind}`,
    ),
  ];
  if (gaps.length === 0) return [];
  return ['## Not seen', '', ...gaps.map((gap) => `- ${plain(gap)}`), ''];
}

function incidents(view: View, source: Source, room: number): string {
  if (view.incidents.length === 0) return plain(view.nothing);
  const said: string[] = [];
  let left = room;
  let full = true;
  for (const [index, incident] of view.incidents.entries()) {
    const whole: string = full
      ? incidentMarkdown(incidentView(source, incident.number, FULL) ?? incident)
      : '';
    full &&= whole.length < left - Math.min(10_000, 90 * (view.incidents.length - index));
    const text = full ? whole : inOneLine(incident);
    if (text.length > left - 100) {
      said.push(
        `\nand ${count(view.incidents.length - index, 'more incident')}, for which there is no room here`,
      );
      break;
    }
    said.push(text);
    left -= text.length + 1;
  }
  return said.join('\n');
}

function inOneLine({ cause, effects, icon, severity }: IncidentView): string {
  const more = effects.length > 0 ? ` (${count(effects.length, 'effect')})` : '';
  return `- ${icon} ${severity}: ${code(cause.object)} ${plain(cause.title)}${more}`;
}

function unexplained(view: View): string[] {
  if (view.unexplained.length === 0) return [];
  const lines = view.unexplained
    .slice(0, LISTED)
    .map(({ object, state }) => `- ${code(object)}: ${plain(state)}`);
  return ['## Unexplained', '', ...lines, ...others(view.unexplained.length), ''];
}

function risks(view: View): string[] {
  if (view.risks.length === 0) return [];
  const lines = view.risks
    .slice(0, LISTED)
    .map(
      ({ cause, icon }) => `- ${icon} ${code(cause.object)} ${plain(cause.title)}: ${plain(cause.message)}`,
    );
  return ['## Risks', '', ...lines, ...others(view.risks.length), ''];
}

function others(number: number): string[] {
  return number > LISTED ? [`- and ${number - LISTED} more`] : [];
}

function checked({ checkedClasses, coverage }: View): string[] {
  const skipped = coverage.skippedCount > 0 ? `, ${coverage.skippedCount} could not be judged` : '';
  return ['## Checked', '', `${count(checkedClasses, 'class')} of failure were judged${skipped}.`, ''];
}
