import { amountsOf } from './amounts.ts';
import type { Of } from './cluster.ts';
import { type Evidence, fieldEvidence, type Proof } from './evidence.ts';
import type { Joins } from './joins.ts';
import { formatAmount, type Room, roomFor, wantedLabels } from './placement.ts';
import { type Ref, refTo } from './ref.ts';
import { alsoRefused, type Refused } from './unschedulable.ts';

/** What a pod wants of a resource held against what the nodes have, for people, with the places that prove it. */
type Shortage = {
  readonly wanted: string;
  /** A node would have it, were nobody else there. */
  readonly fits: boolean;
  readonly message: string;
  readonly evidence: readonly Evidence[];
};

const MOST_NODES = 3;

/** Says how much of a resource a pod wants and how much each node has left; nothing when the pod asks for none of it. */
export function shortageOf(pod: Of<'pods'>, resource: string, joins: Joins): Shortage | undefined {
  const amount = amountsOf(pod.spec, 'requests').get(resource);
  if (amount === undefined) return undefined;
  const wanted = `${formatAmount(resource, amount)} ${resource}`;
  const rooms = roomFor(resource, joins);
  const evidence = [
    ...requestEvidence(pod, resource),
    ...rooms.slice(0, MOST_NODES).map((room) => nodeEvidence(room, resource, joins)),
  ];
  const fits = rooms.some(({ allocatable }) => amount <= allocatable);
  return { wanted, fits, message: `wants ${wanted}${held(resource, amount, rooms, joins)}`, evidence };
}

/** A refusal of the scheduler told with what the pod wants of a resource and what the nodes have of it. */
type ToldShortage = {
  readonly subject: Ref;
  readonly culprit: Ref | undefined;
  readonly message: string;
  readonly evidence: Proof;
  readonly first: number | undefined;
  readonly last: number | undefined;
};

/** Tells one refusal for want of a resource. Pods that may use any node wait for the same thing: that there is more of it. */
export function toldShortage(found: Refused, resource: string, joins: Joins): ToldShortage {
  const { signal, refusal } = found;
  const shortage = signal.pod && shortageOf(signal.pod, resource, joins);
  const isAnywhere = signal.pod && wantedLabels(signal.pod.spec).length === 0;
  const said = shortage?.message ?? `${refusal.nodes ?? 'all'} nodes: ${refusal.why}`;
  return {
    subject: signal.object,
    culprit: shortage?.fits && isAnywhere ? refTo('Resource', undefined, resource) : undefined,
    message: `${said}${alsoRefused(found, joins)}`,
    evidence: [signal.evidence, ...(shortage?.evidence ?? [])],
    first: signal.first,
    last: signal.last,
  };
}

function held(resource: string, amount: number, rooms: readonly Room[], joins: Joins): string {
  const largest = rooms.reduce((most, { allocatable }) => Math.max(most, allocatable), 0);
  if (largest === 0) return joins.knowsAll('nodes') ? ', and no node offers any' : '';
  if (amount > largest)
    return `, more than any node has: ${listOf(rooms, ({ allocatable }) => allocatable, resource)}`;
  if (!joins.knowsAll('pods'))
    return `; nodes offer ${listOf(rooms, ({ allocatable }) => allocatable, resource)} in all`;
  return `; not yet requested by others: ${listOf(rooms, ({ free }) => free, resource)}`;
}

function listOf(rooms: readonly Room[], amountOf: (room: Room) => number, resource: string): string {
  const shown = rooms
    .slice(0, MOST_NODES)
    .map((room) => `${formatAmount(resource, amountOf(room))} on ${room.name}`);
  return rooms.length > MOST_NODES
    ? `${shown.join(', ')} and less on ${rooms.length - MOST_NODES} more`
    : shown.join(', ');
}

function requestEvidence({ spec, origin }: Of<'pods'>, resource: string): Evidence[] {
  const index = spec.containers.findIndex(
    ({ resources }) => resource in { ...resources.limits, ...resources.requests },
  );
  const container = spec.containers[index];
  if (!container) return [];
  const where = resource in container.resources.requests ? 'requests' : 'limits';
  const said = `${where}: ${resource}: ${container.resources[where][resource] ?? ''}`;
  return [fieldEvidence(origin, `spec.containers[${index}].resources.${where}`, said)];
}

/** What is left on a node is known only where the pods of all namespaces were collected. */
function nodeEvidence({ node, name, allocatable, free }: Room, resource: string, joins: Joins): Evidence {
  const left = joins.knowsAll('pods') ? `, of which ${formatAmount(resource, free)} is not requested` : '';
  const text = `${name}: allocatable ${resource} ${formatAmount(resource, allocatable)}${left}`;
  return fieldEvidence(node.origin, 'status.allocatable', text);
}
