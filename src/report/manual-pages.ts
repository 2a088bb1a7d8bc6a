import type { Classifier } from '../classifier.ts';
import { STAGES } from '../model/stages.ts';
import { toManualPage } from './manual-page.ts';
import { code, plain } from './markdown-text.ts';
import { ICONS } from './view/words.ts';

/** The manual as files: a page for each class, `image/not-found.md`, and an index of them by stage, `README.md`. */
export function manualPages(classes: readonly Classifier[]): Map<string, string> {
  const ids = new Set(classes.map(({ id }) => id));
  const linkTo = (id: string) => (ids.has(id) ? `../${id}.md` : undefined);
  return new Map([
    ['README.md', index(classes)],
    ...classes.map(
      (known) => [`${known.id}.md`, `${madeFrom(known)}\n\n${toManualPage(known, linkTo)}`] as const,
    ),
  ]);
}

function madeFrom({ id, by }: Classifier): string {
  return `<!-- Made by \`npm run manual\` from analyzers/${id}.${by === 'text' ? 'yaml' : 'ts'}; change it there. -->`;
}

function index(classes: readonly Classifier[]): string {
  const stages = STAGES.map((stage) => ({ stage, here: classes.filter((known) => known.stage === stage) }));
  const used = stages.filter(({ here }) => here.length > 0);
  const sections = used.flatMap(({ stage, here }) => [
    '',
    `## ${stage}`,
    '',
    ...here.map(
      ({ id, severity, title }) =>
        `- [${plain(title)}](${id}.md) · ${code(id)} · ${ICONS[severity]} ${severity}`,
    ),
  ]);
  return [
    '<!-- Made by `npm run manual` from the files in analyzers/. -->',
    '',
    '# Classes of failure',
    '',
    `${classes.length} classes, by the stage of a pod’s life at which it broke.`,
    '',
    '| Stage | Classes | Examples of it | Of what looks alike |',
    '| --- | ---: | ---: | ---: |',
    ...used.map(({ stage, here }) =>
      stageRow(`[${stage}](#${stage.replaceAll(' ', '-').toLowerCase()})`, here),
    ),
    stageRow('all', classes),
    ...sections,
    '',
  ].join('\n');
}

function stageRow(name: string, classes: readonly Classifier[]): string {
  const sum = (side: 'hit' | 'miss') =>
    classes.reduce((total, { examples }) => total + examples[side].length, 0);
  return `| ${name} | ${classes.length} | ${sum('hit')} | ${sum('miss')} |`;
}
