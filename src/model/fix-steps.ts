import { DISTRIBUTION_NAMES, type Distribution } from './cluster.ts';

/** One step of a fix: the same everywhere, or one command a distribution. */
export type FixStep = string | { readonly [D in Distribution]?: string };

/** The steps of a fix: what differs between distributions as this one needs it, or as one step that tells them apart. */
export function stepsFor(fix: readonly FixStep[], distribution?: Distribution): string[] {
  return fix.map((step) => {
    if (typeof step === 'string') return step;
    return (distribution && step[distribution]) ?? withVariants(step);
  });
}

/** A line for all, `Start it again:`, and one for each distribution: ``On k3s: `systemctl restart k3s-agent`.`` */
function withVariants(step: Exclude<FixStep, string>): string {
  const texts = Object.values(step);
  const lead = texts.length > 1 ? commonLead(texts) : '';
  const variants = Object.entries(step).map(
    // The keys of a step are distributions by its schema.
    ([distribution, text]) =>
      `On ${DISTRIBUTION_NAMES[distribution as Distribution]}: ${text.slice(lead.length)}`,
  );
  return [lead.trim() || 'By distribution:', ...variants].join('\n');
}

/** What all begin with, up to a colon: `Start it again: `. */
function commonLead(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = 0;
  while (length < first.length && others.every((text) => text[length] === first[length])) length++;
  return /^[^`]*: /.exec(first.slice(0, length))?.[0] ?? '';
}
