import type { Joins } from '../model/joins.ts';
import { refKey } from '../model/ref.ts';
import type { Detected } from './detect.ts';

/** Whether a class is named by one of the patterns: its id, or `group/*`. */
export function isNamedBy(id: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === id || pattern === '*' || (pattern.endsWith('/*') && id.startsWith(pattern.slice(0, -1))),
  );
}

/** Leaves out each detection whose class steps back for another class that was found at the same place. */
export function applyPrecedence(found: readonly Detected[], joins: Joins): Detected[] {
  const places = new Map<string, Set<string>>();
  for (const detected of found.filter(explains))
    for (const key of placesOf(detected, joins)) {
      const classes = places.get(key) ?? new Set();
      places.set(key, classes.add(detected.class.id));
    }
  return found.filter((detected) => {
    const { yieldsTo } = detected.class;
    if (!yieldsTo) return true;
    return !rivalsOf(detected, places, joins).some(
      (id) => id !== detected.class.id && isNamedBy(id, yieldsTo),
    );
  });
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
  places: ReadonlyMap<string, ReadonlySet<string>>,
  joins: Joins,
): string[] {
  const object = refKey(detected.subject);
  const at = (key: string) => [...(places.get(key) ?? [])];
  const workload = refKey(joins.ownerOf(detected.subject));
  if (detected.subject.kind !== 'Pod') return at(`workload ${workload}`);
  const above = at(`above the pods of ${workload}`);
  if (detected.container === undefined) return [...at(`${object}|*`), ...above];
  return [...at(`${object}|${detected.container}`), ...at(`${object}|${WHOLE}`), ...above];
}
