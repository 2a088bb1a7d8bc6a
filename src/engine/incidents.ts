import type { Catalogue, CausedBy } from '../classifier.ts';
import type { Cluster } from '../model/cluster.ts';
import { groupBy } from '../model/group-by.ts';
import type { Joins } from '../model/joins.ts';
import { formatRef, refKey } from '../model/ref.ts';
import type { Incident } from '../model/report.ts';
import { SEVERITIES } from '../model/severities.ts';
import { breakCircles, leadsTo } from './circles.ts';
import type { Folded } from './fold.ts';
import { isNamedBy } from './named-by.ts';
import { createRelations, type Tie } from './relations.ts';

/** A finding with its number. */
export type Numbered = Folded & { readonly id: string };

/** Ties findings to what explains them; each finding is in exactly one incident, whose cause is the deepest one proven. */
export function correlate(
  findings: readonly Numbered[],
  joins: Joins,
  cluster: Cluster,
  catalogue: Catalogue,
): Incident[] {
  const causedBy = new Map(catalogue.classes.map((known) => [known.id, known.causedBy ?? []]));
  const relations = createRelations(findings, joins, cluster);
  const causes = new Map<Folded, Tie>();
  const closing = new Map<Folded, Tie>();
  for (const effect of findings)
    for (const tie of tiesOf(effect, causedBy.get(effect.classifier) ?? [], relations)) {
      if (!leadsTo(tie.cause, effect, causes)) {
        causes.set(effect, tie);
        break;
      }
      if (!closing.has(effect)) closing.set(effect, tie);
    }
  const circles = breakCircles(findings, causes, closing);
  tieEquals(findings, causes);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const members = groupBy(findings, (finding) => rootOf(finding, causes).id);
  return [...members]
    .flatMap(([id, group]) => {
      const root = byId.get(id);
      return root ? [toIncident(root, group, causes, circles)] : [];
    })
    .sort(byReach(byId, findings));
}

/** What may explain a finding, the best first: the first relation that holds decides. */
function* tiesOf(
  effect: Numbered,
  causedBy: readonly CausedBy[],
  relations: ReturnType<typeof createRelations>,
): Iterable<Tie> {
  for (const { classes, by } of causedBy)
    for (const tie of relations[by](effect)) {
      const { classifier, stage } = tie.cause;
      if (tie.cause === effect || areEqual(tie.cause, effect) || stage === 'practice') continue;
      if (isNamedBy(classifier, classes)) yield tie;
    }
}

/** Failures of one class with one culprit are equals: none of them explains another. */
function areEqual(one: Folded, other: Folded): boolean {
  const { classifier, culprit } = one;
  if (!culprit || !other.culprit || classifier !== other.classifier) return false;
  return refKey(culprit) === refKey(other.culprit);
}

/** Equals that nothing else explains have one cause: the finding that hits most objects stands for it. */
function tieEquals(findings: readonly Numbered[], causes: Map<Folded, Tie>): void {
  const alone = findings.filter((finding) => finding.culprit && !causes.has(finding));
  const groups = groupBy(
    alone,
    ({ classifier, culprit }) => `${classifier}|${culprit ? refKey(culprit) : ''}`,
  );
  for (const group of groups.values()) {
    const [first, ...others] = group;
    if (!first?.culprit || others.length === 0) continue;
    const widest = others.reduce((a, b) => (b.affected.length > a.affected.length ? b : a), first);
    const reason = `the same ${formatRef(first.culprit)}`;
    for (const finding of group) if (finding !== widest) causes.set(finding, { cause: widest, reason });
  }
}

function rootOf(finding: Numbered, causes: ReadonlyMap<Folded, Tie>): Numbered {
  let root: Folded = finding;
  for (let tie = causes.get(root); tie; tie = causes.get(root)) root = tie.cause;
  // Ties are made between the numbered findings only.
  return root as Numbered;
}

function toIncident(
  root: Numbered,
  members: readonly Numbered[],
  causes: ReadonlyMap<Folded, Tie>,
  circles: ReadonlyMap<Folded, Tie>,
): Incident {
  const effects = members.filter((member) => member !== root);
  const circle = circles.get(root);
  return {
    cause: root.id,
    effects: effects.map(({ id }) => id),
    links: effects.flatMap((effect) => {
      const tie = causes.get(effect);
      return tie ? [toLink(tie, effect)] : [];
    }),
    ...(circle ? { circle: toLink(circle, root) } : {}),
    state: root.state,
  };
}

function toLink({ cause, reason }: Tie, effect: Numbered): Incident['links'][number] {
  return { cause: (cause as Numbered).id, effect: effect.id, reason };
}

/** Failures before risks, worst first, then those that hit more objects. */
function byReach(
  byId: ReadonlyMap<string, Numbered>,
  findings: readonly Numbered[],
): (a: Incident, b: Incident) => number {
  const order = new Map(findings.map(({ id }, position) => [id, position]));
  const weigh = (incident: Incident) => {
    const members = [incident.cause, ...incident.effects]
      .map((id) => byId.get(id))
      .filter((member) => member !== undefined);
    const objects = new Set(members.flatMap(({ subject, affected }) => [subject, ...affected].map(refKey)));
    const worst = Math.min(...members.map(({ severity }) => SEVERITIES.indexOf(severity)));
    return { risk: Number(byId.get(incident.cause)?.stage === 'practice'), worst, reach: objects.size };
  };
  const weights = new Map<Incident, ReturnType<typeof weigh>>();
  const weightOf = (incident: Incident) => {
    const weight = weights.get(incident) ?? weigh(incident);
    weights.set(incident, weight);
    return weight;
  };
  return (a, b) => {
    const [left, right] = [weightOf(a), weightOf(b)];
    return (
      left.risk - right.risk ||
      left.worst - right.worst ||
      right.reach - left.reach ||
      (order.get(a.cause) ?? 0) - (order.get(b.cause) ?? 0)
    );
  };
}
