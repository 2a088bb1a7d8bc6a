import type { Classifier, FixStep } from '../classifier.ts';
import { labelled, proseTo, steps, titleLines, toPaper, wrapTo } from './paper.ts';
import { toStep } from './prose.ts';
import { ICONS } from './view/words.ts';
import { visibleLine, visibleText } from './visible.ts';

const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  rke2: 'RKE2',
  k3s: 'k3s',
  kubeadm: 'kubeadm',
  openshift: 'OpenShift',
};

/** What the manual says of a class, as prose. */
type Manual = {
  readonly cause: string;
  readonly fix: readonly string[];
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
    ...labelled('do', steps(manual.fix.map(toStep), paper), paper),
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
    fix: fix.map(stepText),
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

function stepText(step: FixStep): string {
  return typeof step === 'string' ? named(step) : ['By distribution:', ...stepsOf(step)].join('\n');
}

/** A step as prose, or one for each distribution where they differ. */
export function stepsOf(step: FixStep): string[] {
  if (typeof step === 'string') return [named(step)];
  return Object.entries(step).map(
    ([distribution, text]) => `On ${DISTRIBUTIONS[distribution]}: ${named(text)}`,
  );
}

/** Text with its placeholders as a reader fills them in himself: `<namespace>`. */
export function named(template: string): string {
  const text = template.replace(/\{\{\s*(\w+)\s*\}\}/g, '<$1>');
  return visibleLine(text.trim().replace(/\s+/g, ' '));
}
