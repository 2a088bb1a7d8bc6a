import { type Of, type Resource, resourceOfKind } from '../model/cluster.ts';
import { type Evidence, fieldEvidence } from '../model/evidence.ts';
import type { Joins } from '../model/joins.ts';
import { type Ref, refOf, refTo } from '../model/ref.ts';
import { parseTime } from '../model/time.ts';
import { cleanText, headline } from './clean.ts';

/** One thing that was done to an object, and when. */
export type Moment = {
  readonly at: number;
  readonly subject: Ref;
  readonly what: string;
  readonly evidence: Evidence;
};

/** What controllers still write just after an object was made is no change of its own. */
const SETTLING = 60_000;
/** Kinds whose own controllers or kubelets write more than their status all the time. */
const RESTLESS = new Set(['Node', 'Lease', 'Endpoints', 'EndpointSlice', 'Pod', 'Namespace', 'Job']);

/** When an object was made or changed, and when its ReplicaSets were made. */
export function objectMoments(ref: Ref, joins: Joins, replicaSets: readonly Of<'replicasets'>[]): Moment[] {
  const resource = resourceOfKind(ref.kind);
  const object = resource ? joins.find(resource, ref.namespace, ref.name) : 'unknown';
  if (typeof object === 'string') return [];
  const made = createdAt(object);
  const revisions = revisionMoments(ref, replicaSets).filter(({ at }) => !isClose(at, made));
  const { managedFields: changed = '', creationTimestamp: created = '' } = object.metadata;
  const at = RESTLESS.has(ref.kind) ? undefined : parseTime(changed);
  const known = [made, ...revisions.map((revision) => revision.at)];
  const evidence = (field: string, said: string) =>
    fieldEvidence(object.origin, `metadata.${field}`, said, said);
  return [
    ...(made === undefined
      ? []
      : [{ at: made, subject: ref, what: 'was created', evidence: evidence('creationTimestamp', created) }]),
    ...(at === undefined || known.some((time) => isClose(at, time))
      ? []
      : [{ at, subject: ref, what: 'was changed', evidence: evidence('managedFields', changed) }]),
    ...revisions,
  ];
}

function isClose(a: number, b: number | undefined): boolean {
  return b !== undefined && Math.abs(a - b) <= SETTLING;
}

function createdAt({ metadata }: Of<Resource>): number | undefined {
  return parseTime(metadata.creationTimestamp);
}

/** The ReplicaSets of a Deployment as they were made, with the images that the one before did not have. */
function revisionMoments(subject: Ref, replicaSets: readonly Of<'replicasets'>[]): Moment[] {
  const sets = replicaSets
    .flatMap((set) => {
      const at = createdAt(set);
      return at === undefined ? [] : [{ set, at }];
    })
    .sort((a, b) => a.at - b.at);
  return sets.map(({ set: { metadata, spec, origin }, at }, index) => {
    const revision = metadata.annotations['deployment.kubernetes.io/revision'];
    const before = new Set(sets[index - 1]?.set.spec.template.spec.containers.map(({ image }) => image));
    const images = spec.template.spec.containers
      .map(({ image }) => image)
      .filter((image) => before.size > 0 && image && !before.has(image));
    const what = `got ReplicaSet ${metadata.name}${revision ? `, now revision ${revision}` : ''}${
      images.length > 0 ? `, with image ${images.join(', ')}` : ''
    }`;
    const said = metadata.creationTimestamp ?? '';
    return {
      at,
      subject,
      what,
      evidence: fieldEvidence(origin, 'metadata.creationTimestamp', said, said),
    };
  });
}

const NODE_EVENTS =
  /^(?:Rebooted|Starting|NodeNotReady|NodeNotSchedulable|NodeSchedulable|NodeHas\w+|EvictionThresholdMet|SystemOOM)$/;

/** What became of a node: its conditions as they are since their last change, and events about it. */
export function nodeMoments(ref: Ref, joins: Joins): Moment[] {
  const node = joins.find('nodes', undefined, ref.name);
  const made = typeof node === 'string' ? undefined : createdAt(node);
  const conditions = typeof node === 'string' ? [] : conditionMoments(node);
  const events = joins
    .eventsOf(refTo('Node', undefined, ref.name))
    .flatMap(({ reason, message, first, origin }) =>
      first === undefined || !NODE_EVENTS.test(reason)
        ? []
        : [
            {
              at: first,
              subject: ref,
              what: `${reason}: ${headline(cleanText(message), 120)}`,
              evidence: fieldEvidence(origin, 'message', message),
            },
          ],
    );
  return [...conditions, ...events].filter(({ at }) => !isClose(at, made));
}

function conditionMoments(node: Of<'nodes'>): Moment[] {
  const subject = refOf(node);
  return node.status.conditions.flatMap(
    ({ type = '', status: is = '', reason = '', lastTransitionTime }, index) => {
      const at = parseTime(lastTransitionTime);
      if (at === undefined) return [];
      const what = `condition ${type} became ${is}${reason ? ` (${reason})` : ''}`;
      const evidence = fieldEvidence(
        node.origin,
        `status.conditions[${index}]`,
        `${type}=${is} ${reason}`.trim(),
        lastTransitionTime,
      );
      return [{ at, subject, what, evidence }];
    },
  );
}
