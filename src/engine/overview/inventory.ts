import type { Cluster, ClusterEvent } from '../../model/cluster.ts';
import { containersOf, isFinished, isReady } from '../../model/containers.ts';
import { refOf } from '../../model/ref.ts';
import type { Report } from '../../model/report.ts';
import { formatTime } from '../../model/time.ts';
import { cleanText, headline } from '../clean.ts';
import { podStatus, readyCount } from './pod-status.ts';

type Inventory = Report['inventory'];

const MOST_ROWS = 500;
const MOST_EVENTS = 40;

/** Lists to look things up in; a list is absent when its kind was not collected. */
export function inventory(cluster: Cluster): Inventory {
  const { pods, persistentvolumeclaims } = cluster.objects;
  return {
    ...(pods.extent === 'none' ? {} : { pods: podRows(cluster) }),
    ...(persistentvolumeclaims.extent === 'none' ? {} : { claims: claimRows(cluster) }),
    ...(cluster.certificates.extent === 'none' ? {} : { certificates: certificateRows(cluster) }),
    ...(cluster.events.extent === 'none' ? {} : { events: eventRows(cluster.events.items) }),
  };
}

function podRows(cluster: Cluster): NonNullable<Inventory['pods']> {
  return cluster.objects.pods.items
    .map((pod) => ({ pod, restarts: containersOf(pod).reduce((sum, one) => sum + one.restarts, 0) }))
    .filter(({ pod, restarts }) => restarts > 0 || (!isReady(pod) && !isFinished(pod)))
    .sort((a, b) => Number(isReady(a.pod)) - Number(isReady(b.pod)) || b.restarts - a.restarts)
    .slice(0, MOST_ROWS)
    .map(({ pod, restarts }) => ({
      subject: refOf(pod),
      status: podStatus(pod),
      ready: readyCount(pod),
      restarts,
      ...(pod.spec.nodeName ? { node: pod.spec.nodeName } : {}),
      ...(pod.metadata.creationTimestamp ? { created: pod.metadata.creationTimestamp } : {}),
    }));
}

function claimRows(cluster: Cluster): NonNullable<Inventory['claims']> {
  return cluster.objects.persistentvolumeclaims.items
    .filter(({ status }) => status.phase !== 'Bound')
    .slice(0, MOST_ROWS)
    .map((claim) => ({
      subject: refOf(claim),
      status: claim.status.phase ?? 'unknown',
      ...(claim.spec.storageClassName ? { storageClass: claim.spec.storageClassName } : {}),
    }));
}

function certificateRows(cluster: Cluster): NonNullable<Inventory['certificates']> {
  return cluster.certificates.items
    .flatMap(({ node, path, subject, notAfter }) =>
      notAfter === undefined ? [] : [{ node, path, subject, notAfter }],
    )
    .sort((a, b) => a.notAfter - b.notAfter)
    .slice(0, MOST_ROWS)
    .map((row) => ({ ...row, notAfter: formatTime(row.notAfter) }));
}

function eventRows(events: readonly ClusterEvent[]): NonNullable<Inventory['events']> {
  const rows = new Map<string, { count: number; newest: ClusterEvent }>();
  for (const event of events) {
    if (event.type !== 'Warning') continue;
    const key = `${event.reason}|${event.object.kind}`;
    const row = rows.get(key);
    rows.set(key, { count: (row?.count ?? 0) + event.count, newest: event });
  }
  return [...rows.values()]
    .sort((a, b) => b.count - a.count || (a.newest.reason < b.newest.reason ? -1 : 1))
    .slice(0, MOST_EVENTS)
    .map(({ count, newest }) => ({
      reason: newest.reason,
      kind: newest.object.kind,
      count,
      ...(newest.last === undefined ? {} : { last: formatTime(newest.last) }),
      message: headline(cleanText(newest.message)),
    }));
}
