import type { Classifier } from '../classifier.ts';
import { type FixStep, stepsFor } from '../model/fix-steps.ts';
import { labelled, proseTo, steps, titleLines, toPaper, wrapTo } from './paper.ts';
import { type Step, toStep } from './prose.ts';
import { ICONS } from './view/words.ts';
import { visibleLine, visibleText } from './visible.ts';

/** What the manual says of a class, as prose. */
type Manual = {
  readonly cause: string;
  readonly fix: readonly Step[];
  readonly tellApart: string;
  readonly judgedBy: string;
  readonly yieldsTo: string;
  readonly followsFrom: string;
  readonly example: string;
};

/** A class of failure as text for a terminal. */
export function toManualText(
  classifier: Classifier,
  options: { readonly width?: number; readonly color?: boolean } = {},
): string {
  const { id, severity, title, stage } = classifier;
  const paper = toPaper(options);
  const manual = toManual(classifier);
  const lines = [
    ...titleLines(severity, ICONS[severity], visibleLine(title), paper),
    ...labelled('class', [id], paper),
    ...labelled('stage', [stage], paper),
    ...labelled('why', proseTo(manual.cause, paper), paper),
    ...labelled('do', steps(manual.fix, paper), paper),
    ...labelled('apart', proseTo(manual.tellApart, paper), paper),
    ...labelled('from', wrapTo(manual.followsFrom, paper), paper),
    ...labelled('yields', wrapTo(manual.yieldsTo, paper), paper),
    ...labelled('judged', wrapTo(manual.judgedBy, paper), paper),
    ...labelled('e.g.', wrapTo(manual.example, paper), paper),
  ];
  return `${lines.join('\n')}\n`;
}

function toManual(classifier: Classifier): Manual {
  const { cause, fix, tellApart, yieldsTo, causedBy } = classifier;
  return {
    cause: named(cause),
    fix: manualSteps(fix),
    tellApart: named(tellApart ?? ''),
    yieldsTo: (yieldsTo ?? []).join(', '),
    followsFrom: (causedBy ?? []).map(({ classes, by }) => `${classes.join(', ')} (by ${by})`).join('; '),
    judgedBy:
      classifier.by === 'text'
        ? `texts of ${classifier.detect.in.join(', ')}`
        : [...classifier.needs, ...(classifier.uses ?? [])].join(', '),
    example: classifier.by === 'text' ? visibleText(classifier.examples.hit[0] ?? '') : '',
  };
}

/** The steps of a fix where the distribution is not known, as a reader fills them in himself. */
export function manualSteps(fix: readonly FixStep[]): Step[] {
  return stepsFor(fix).map((step) => toStep(step.split('\n').map(named).join('\n')));
}

/** Text with its placeholders as a reader fills them in himself: `<namespace>`. */
export function named(template: string): string {
  const text = template.replace(/\{\{\s*(\w+)\s*\}\}/g, '<$1>');
  return visibleLine(text.trim().replace(/\s+/g, ' '));
}
