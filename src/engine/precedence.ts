import type { Class } from '../classifier.ts';
import type { Of } from '../model/cluster.ts';
import { containersOf } from '../model/containers.ts';
import { groupBy } from '../model/group-by.ts';
import type { Joins } from '../model/joins.ts';
import { refKey, refOf } from '../model/ref.ts';
import type { Detected } from './detect.ts';
import { isNamedBy } from './named-by.ts';

/** What a class says of itself when it is asked whether it steps back. */
type Rival = Pick<Class, 'id' | 'yieldsTo'>;

/**
 * Whether a class steps back for another one. Two that step back for each other would both be lost: of those only one that names
 * the other by its id steps back, not one that names its group.
 */
export function stepsBackFor(one: Rival, other: Rival): boolean {
  const { yieldsTo = [] } = one;
  if (one.id === other.id || !isNamedBy(other.id, yieldsTo)) return false;
  const theirs = other.yieldsTo ?? [];
  return !isNamedBy(one.id, theirs) || (yieldsTo.includes(other.id) && !theirs.includes(one.id));
}

/** Leaves out each detection whose class steps back for another class that was found at the same place. */
export function applyPrecedence(found: readonly Detected[], joins: Joins): Detected[] {
  const places = new Map<string, Set<Class>>();
  for (const detected of found.filter(explains))
    for (const key of placesOf(detected, joins)) {
      const classes = places.get(key) ?? new Set();
      places.set(key, classes.add(detected.class));
    }
  return found.filter(
    (detected) =>
      !detected.class.yieldsTo ||
      !rivalsOf(detected, places, joins).some((rival) => stepsBackFor(detected.class, rival)),
  );
}

/** What happens to a pod on its node, which is why the node's journal tells of it too. */
const OF_PODS = /^(?:image|sandbox|cni|runtime|volume|exit)$/;

/**
 * Leaves out what a node's journal says of pods where something nearer explains them: the journal is long, holds what is over, and
 * says once more what states and events say. A line that names no pod stays where a pod of the node waits without an explanation.
 */
export function withoutEchoes(found: readonly Detected[], joins: Joins): Detected[] {
  const near = groupBy(
    found.filter((detected) => detected.place !== 'journal' && explains(detected)),
    ({ subject }) => refKey(subject),
  );
  const nearOn = (node: string) =>
    joins.podsOn(node).map((pod) => ({ pod, told: near.get(refKey(refOf(pod))) ?? [] }));
  return found.filter(({ place, subject, class: { id, group } }) => {
    if (place !== 'journal' || !OF_PODS.test(group)) return true;
    if (subject.kind === 'Pod') return !isExplained(near.get(refKey(subject)) ?? [], group);
    const pods = nearOn(subject.name);
    return (
      !pods.some(({ told }) => told.some((one) => one.class.id === id)) &&
      pods.some(({ pod, told }) => isWaiting(pod) && !isExplained(told, group))
    );
  });
}

/** What steps back for a whole group is a symptom of it. */
function isExplained(near: readonly Detected[], group: string): boolean {
  return near.some(({ class: { yieldsTo = [] } }) => !yieldsTo.includes(`${group}/*`));
}

function isWaiting(pod: Of<'pods'>): boolean {
  return containersOf(pod).some(({ state }) => state === 'waiting');
}

/** Risks and what is only told explain no failure, so nothing steps back for them. */
function explains({ class: { stage, severity } }: Detected): boolean {
  return stage !== 'practice' && severity !== 'info';
}

const WHOLE = '';

/** Where a detection stands: at its object and container, within its workload, and above the workload's pods. */
function placesOf(detected: Detected, joins: Joins): string[] {
  const object = refKey(detected.subject);
  const workload = refKey(joins.ownerOf(detected.subject));
  return [
    `${object}|${detected.container ?? WHOLE}`,
    `${object}|*`,
    `workload ${workload}`,
    ...(detected.subject.kind === 'Pod' ? [] : [`above the pods of ${workload}`]),
  ];
}

/** The classes at the same container, the whole pod or its workload; for a workload, those anywhere in it. */
function rivalsOf(
  detected: Detected,
  places: ReadonlyMap<string, ReadonlySet<Class>>,
  joins: Joins,
): Class[] {
  const object = refKey(detected.subject);
  const at = (key: string) => [...(places.get(key) ?? [])];
  const workload = refKey(joins.ownerOf(detected.subject));
  if (detected.subject.kind !== 'Pod') return at(`workload ${workload}`);
  const above = at(`above the pods of ${workload}`);
  if (detected.container === undefined) return [...at(`${object}|*`), ...above];
  return [...at(`${object}|${detected.container}`), ...at(`${object}|${WHOLE}`), ...above];
}
