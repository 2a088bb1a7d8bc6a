import type { Joins } from './joins.ts';
import type { PodSpec } from './objects/pod-spec.ts';
import { formatTaints, untolerated } from './placement.ts';
import type { Signal } from './signal.ts';

/** One reason why a pod cannot be placed, and how many nodes it holds for; nodes is unknown when it holds for the pod itself. */
type Refusal = { readonly nodes: number | undefined; readonly why: string };

/** A text in which the scheduler refuses a pod for one reason that was asked for. */
export type Refused = {
  readonly signal: Signal;
  readonly refusal: Refusal;
  /** The other reasons of the same text. */
  readonly others: readonly Refusal[];
};

/** Reads why the scheduler places a pod nowhere; the whole text is one reason where it has another form. */
export function readRefusals(text: string): readonly Refusal[] {
  const counted = /\b\d+\/\d+ nodes are (?:un)?available: ([\s\S]*)/.exec(text)?.[1];
  if (counted !== undefined) return counted.split(/, (?=\d+ )/).map(readCounted);
  const predicates = /match all of the predicates: ([\s\S]*)/.exec(text)?.[1];
  if (predicates !== undefined) return predicates.split(', ').map(readPredicate);
  return [{ nodes: undefined, why: tidy(text) }];
}

/** The scheduler's texts that refuse a pod for a reason that the expression matches. */
export function* refused(signals: readonly Signal[], why: RegExp): Iterable<Refused> {
  for (const signal of signals) {
    if (!isOfScheduler(signal)) continue;
    const refusals = readRefusals(signal.text);
    for (const refusal of refusals)
      if (why.test(refusal.why))
        yield { signal, refusal, others: refusals.filter((other) => other !== refusal) };
  }
}

/** Whether the scheduler said this of a pod. */
function isOfScheduler({ place, reason, object }: Signal): boolean {
  if (object.kind !== 'Pod') return false;
  return (
    (place === 'event' && reason === 'FailedScheduling') ||
    (place === 'condition' && reason === 'Unschedulable')
  );
}

/** `; also …` with the other reasons of a refusal, or nothing; taints are named with their nodes where those are known. */
export function alsoRefused({ signal, others }: Refused, joins: Joins): string {
  if (others.length === 0) return '';
  const named = others.map(({ nodes, why }) => {
    const tainted = /\btaint/.test(why) && signal.pod ? taintedNodes(signal.pod.spec, joins) : '';
    return tainted || (nodes === undefined ? why : `${nodes} ${why}`);
  });
  return `; also ${named.join(', ')}`;
}

function taintedNodes(spec: PodSpec, joins: Joins): string {
  return joins
    .inNamespace('nodes', undefined)
    .map((node) => ({ name: node.metadata.name, taints: untolerated(spec, node) }))
    .filter(({ taints }) => taints.length > 0)
    .map(({ name, taints }) => `${name} has taint ${formatTaints(taints)}`)
    .join(', ');
}

function readCounted(part: string): Refusal {
  const [, nodes, why = part] = /^(\d+) ([\s\S]*)$/.exec(part) ?? [];
  return { nodes: nodes === undefined ? undefined : Number(nodes), why: tidy(why) };
}

function readPredicate(part: string): Refusal {
  const [, why = part, nodes] = /^(.*) \((\d+)\)\.?$/.exec(part) ?? [];
  return { nodes: nodes === undefined ? undefined : Number(nodes), why: tidy(why) };
}

function tidy(why: string): string {
  return why.trim().replace(/[.\s]+$/, '');
}
