import type { Cluster } from '../model/cluster.ts';
import type { Evidence } from '../model/evidence.ts';
import { stepsFor } from '../model/fix-steps.ts';
import { groupBy } from '../model/group-by.ts';
import { registryOf } from '../model/image.ts';
import type { Joins } from '../model/joins.ts';
import { containerNamed } from '../model/joins.ts';
import { type Ref, refKey, refTo } from '../model/ref.ts';
import type { Finding } from '../model/report.ts';
import { SEVERITIES } from '../model/severities.ts';
import { formatTime } from '../model/time.ts';
import type { Detected } from './detect.ts';
import { fill } from './fill.ts';
import { severityOf, stateOf } from './state.ts';

/** A finding before it gets its number, with what incidents are made from. */
export type Folded = Omit<Finding, 'id'> & {
  /** The workload or object that the finding is about, as a key. */
  readonly owner: string;
  readonly values: Readonly<Record<string, string>>;
};

/** Brings detections that are the same failure of the same workload into one finding, worst first. */
export function fold(
  found: readonly Detected[],
  joins: Joins,
  cluster: Cluster,
  mostEvidence: number,
): Folded[] {
  const groups = groupBy(found, (detected) => foldingKey(detected, joins));
  return [...groups.values()]
    .flatMap(byCulprit)
    .map((group) => toFinding(group, joins, cluster, mostEvidence))
    .sort(byWeight);
}

function foldingKey(detected: Detected, joins: Joins): string {
  return [detected.class.id, refKey(joins.ownerOf(detected.subject)), detected.container ?? ''].join('|');
}

/** One group for each culprit; what names none speaks of the first that is named. */
function byCulprit(group: readonly Detected[]): Detected[][] {
  const groups = groupBy(group, ({ culprit }) => (culprit ? refKey(culprit) : ''));
  const unnamed = groups.get('') ?? [];
  groups.delete('');
  const [first, ...others] = groups.values();
  return first ? [[...first, ...unnamed], ...others] : [unnamed];
}

/** Those that fit, or all where none does. */
function preferred(group: readonly Detected[], fits: (detected: Detected) => boolean): readonly Detected[] {
  const fitting = group.filter(fits);
  return fitting.length > 0 ? fitting : group;
}

function toFinding(group: readonly Detected[], joins: Joins, cluster: Cluster, mostEvidence: number): Folded {
  const named = preferred(group, ({ culprit }) => culprit !== undefined);
  // A journal wraps what states and events say plainly.
  const newest = preferred(named, ({ place }) => place !== 'journal').reduce((best, detected) =>
    (detected.last ?? 0) > (best.last ?? 0) ? detected : best,
  );
  const subject = joins.ownerOf(newest.subject);
  const values = valuesOf(newest, subject, joins);
  const culprit = group.find((detected) => detected.culprit)?.culprit;
  const { title, cause, fix, stage, severity, id } = newest.class;
  const state = stage === 'practice' ? 'ongoing' : stateOf(group, joins, cluster.time);
  const worst = newest.severity ?? severity;
  const first = least(group.map((detected) => detected.first));
  const last = most(group.map((detected) => detected.last));
  return {
    fingerprint: fingerprintOf(id, subject, newest.container, culprit),
    classifier: id,
    severity: severityOf(worst, state),
    stage,
    title,
    subject,
    ...(newest.container === undefined ? {} : { container: newest.container }),
    affected: affectedBy(group, subject),
    ...(culprit ? { culprit } : {}),
    message: newest.message,
    cause: fill(cause, values),
    fix: stepsFor(fix, cluster.distribution).map((step) => fill(step, values)),
    evidence: evidenceOf(group, mostEvidence),
    ...(first === undefined ? {} : { first: formatTime(first) }),
    ...(last === undefined ? {} : { last: formatTime(last) }),
    state,
    owner: refKey(subject),
    values,
  };
}

/** What every placeholder may name: the object, its container, image, node and culprit, and the detection's own values. */
function valuesOf(detected: Detected, subject: Ref, joins: Joins): Record<string, string> {
  const pod =
    detected.subject.kind === 'Pod'
      ? joins.find('pods', detected.subject.namespace, detected.subject.name)
      : 'unknown';
  const spec = typeof pod === 'string' ? undefined : pod.spec;
  const container =
    detected.container ?? (spec?.containers.length === 1 ? spec.containers[0]?.name : undefined);
  const image = (spec && container && containerNamed(spec, container)?.image) || '';
  return {
    kind: subject.kind,
    name: subject.name,
    namespace: subject.namespace ?? '',
    workload: `${subject.kind.toLowerCase()}/${subject.name}`,
    pod: detected.subject.kind === 'Pod' ? detected.subject.name : '',
    container: container ?? '',
    image,
    registry: registryOf(image),
    node: (pod === 'unknown' ? nodeByEvents(detected.subject, joins) : spec?.nodeName) ?? '',
    culprit: detected.culprit?.name ?? '',
    ...detected.values,
  };
}

/** Where an object is that only its events tell of: at the node whose kubelet tells. */
function nodeByEvents(subject: Ref, joins: Joins): string | undefined {
  return joins.eventsOf(subject).findLast(({ node }) => node !== undefined)?.node;
}

function affectedBy(group: readonly Detected[], subject: Ref): Ref[] {
  const refs = new Map<string, Ref>();
  for (const detected of group)
    for (const ref of [detected.subject, ...(detected.affected ?? [])]) refs.set(refKey(ref), ref);
  refs.delete(refKey(subject));
  return [...refs.values()]
    .map(({ kind, namespace, name }) => refTo(kind, namespace, name))
    .sort((a, b) => compare(a.name, b.name));
}

/** The newest texts first, the same text of a file once; the places that are left out are counted. */
function evidenceOf(group: readonly Detected[], most: number): Evidence[] {
  const sorted = [...group].sort((a, b) => (b.last ?? 0) - (a.last ?? 0));
  const all = sorted.flatMap((detected) => detected.evidence);
  const alike = [...groupBy(all, ({ file, excerpt }) => `${file}|${excerpt}`).values()];
  const shown = alike.slice(0, most);
  const unseen = alike.slice(most).reduce((sum, same) => sum + placesOf(same), 0);
  return shown.flatMap((same, index) => {
    const more = placesOf(same) - 1 + (index === shown.length - 1 ? unseen : 0);
    return same.slice(0, 1).map((first) => (more > 0 ? { ...first, more } : first));
  });
}

function placesOf(same: readonly Evidence[]): number {
  return new Set(same.map(({ line, path }) => `${line ?? ''}|${path ?? ''}`)).size;
}

/** A short name of the failure that is the same in every bundle that shows it; collisions only confuse a link. */
function fingerprintOf(
  id: string,
  subject: Ref,
  container: string | undefined,
  culprit: Ref | undefined,
): string {
  const text = [id, refKey(subject), container ?? '', culprit ? refKey(culprit) : ''].join('|');
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  const slug = `${id.replace(/^.*\//, '')}-${subject.namespace ?? ''}-${subject.name}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `${slug.slice(0, 60)}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

function byWeight(a: Folded, b: Folded): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.classifier, b.classifier) ||
    compare(a.owner, b.owner) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function least(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? known.reduce((a, b) => Math.min(a, b)) : undefined;
}

function most(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? known.reduce((a, b) => Math.max(a, b)) : undefined;
}
