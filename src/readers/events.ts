import type { ClusterEvent } from '../model/cluster.ts';
import type { Origin } from '../model/evidence.ts';
import type { RawEvent } from '../model/objects/event.ts';
import { type Ref, refTo } from '../model/ref.ts';
import { parseTime } from '../model/time.ts';

/**
 * Brings the two event APIs together: core/v1 (involvedObject, message, count, lastTimestamp) and events.k8s.io/v1
 * (regarding, note, series, eventTime). Newer controllers leave the old times null and count 0 in either.
 */
export function toClusterEvent(raw: RawEvent, origin: Origin): ClusterEvent | undefined {
  const object = raw.involvedObject.name ? raw.involvedObject : raw.regarding;
  const about = aboutWhat(raw, object);
  if (!about) return undefined;
  const times = timesOf(raw);
  const { component = raw.deprecatedSource.component, host = raw.deprecatedSource.host } = raw.source;
  const reporter = component ?? raw.reportingComponent ?? raw.reportingController ?? '';
  return {
    object: about,
    uid: object.uid,
    container: /^spec\.\w*[cC]ontainers\{(.+)\}$/.exec(object.fieldPath ?? '')?.[1],
    type: raw.type ?? '',
    reason: raw.reason ?? '',
    message: raw.message ?? raw.note ?? '',
    component: reporter,
    node: reporter === 'kubelet' ? host : undefined,
    count: raw.series.count || raw.count || raw.deprecatedCount || 1,
    first: times.length > 0 ? Math.min(...times) : undefined,
    last: times.length > 0 ? Math.max(...times) : undefined,
    origin,
  };
}

/** Some controllers name no object, or not its kind: all that is known is the namespace. */
function aboutWhat(raw: RawEvent, { kind, namespace, name }: RawEvent['involvedObject']): Ref | undefined {
  if (kind && name) return refTo(kind, namespace ?? namespaceOf(raw, kind), name);
  const where = namespace ?? raw.metadata.namespace;
  return where === undefined ? undefined : refTo('Namespace', undefined, where);
}

function timesOf(raw: RawEvent): number[] {
  const said = [
    raw.firstTimestamp,
    raw.deprecatedFirstTimestamp,
    raw.eventTime,
    raw.lastTimestamp,
    raw.deprecatedLastTimestamp,
    raw.series.lastObservedTime,
  ];
  const times = said.map(parseTime).filter((time) => time !== undefined);
  if (times.length > 0) return times;
  const created = parseTime(raw.metadata.creationTimestamp);
  return created === undefined ? [] : [created];
}

/** Events about cluster-wide objects are kept in namespace `default`; that is not the object's namespace. */
function namespaceOf(raw: RawEvent, kind: string): string | undefined {
  return kind === 'Node' || kind === 'PersistentVolume' || kind === 'Namespace'
    ? undefined
    : raw.metadata.namespace;
}
