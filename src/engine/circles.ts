import type { Folded } from './fold.ts';
import type { Tie } from './relations.ts';

/** Whether a finding follows, over any number of ties, from another. */
export function leadsTo(from: Folded, target: Folded, causes: ReadonlyMap<Folded, Tie>): boolean {
  return pathUp(from, causes).includes(target);
}

/**
 * Finds causes that wait for their own effects: a webhook whose pods it keeps from being made. The worst finding of such a
 * circle, as the order of the findings has it, is made its cause; what is told for it is the tie that closes the circle.
 */
export function breakCircles(
  findings: readonly Folded[],
  causes: Map<Folded, Tie>,
  closing: ReadonlyMap<Folded, Tie>,
): Map<Folded, Tie> {
  const circles = new Map<Folded, Tie>();
  for (const [root, last] of closing) {
    const circle = pathUp(last.cause, causes);
    // Findings about one object say one thing in two ways: nothing waits there.
    if (causes.has(root) || !circle.includes(root) || new Set(circle.map(({ owner }) => owner)).size < 2)
      continue;
    const members = new Set(circle);
    const worst = findings.find((finding) => members.has(finding)) ?? root;
    const open = causes.get(worst);
    if (open) {
      causes.delete(worst);
      causes.set(root, last);
    }
    circles.set(worst, open ?? last);
  }
  return circles;
}

function pathUp(from: Folded, causes: ReadonlyMap<Folded, Tie>): Folded[] {
  const path: Folded[] = [];
  for (let at: Folded | undefined = from; at; at = causes.get(at)?.cause) path.push(at);
  return path;
}
