import type { Cluster, Collected } from '../model/cluster.ts';
import type { Ref } from '../model/ref.ts';
import type { Incident } from '../model/report.ts';
import type { Numbered } from './incidents.ts';

/** Whether an object concerns one of the namespaces; every object does where none is named. */
export function concerns({ kind, namespace, name }: Ref, namespaces: readonly string[]): boolean {
  const place = kind === 'Namespace' ? name : namespace;
  return namespaces.length === 0 || (place !== undefined && namespaces.includes(place));
}

/**
 * The incidents that touch one of the namespaces. Their causes stay wherever they are; of the effects stay those that
 * concern the namespaces, and those through which these follow from the cause.
 */
export function concerning(
  incidents: readonly Incident[],
  findings: readonly Numbered[],
  namespaces: readonly string[],
): readonly Incident[] {
  if (namespaces.length === 0) return incidents;
  const concerned = new Set(
    findings
      .filter(({ subject, affected }) => [subject, ...affected].some((ref) => concerns(ref, namespaces)))
      .map(({ id }) => id),
  );
  return incidents.flatMap((incident) => {
    const touched = [incident.cause, ...incident.effects].filter((id) => concerned.has(id));
    return touched.length === 0 ? [] : [reduced(incident, touched)];
  });
}

function reduced(incident: Incident, touched: readonly string[]): Incident {
  const { cause, effects, links, circle } = incident;
  const causes = new Map(links.map((link) => [link.effect, link.cause]));
  const kept = new Set([cause]);
  for (const id of [...touched, ...(circle ? [circle.cause] : [])])
    for (let at: string | undefined = id; at !== undefined && !kept.has(at); at = causes.get(at))
      kept.add(at);
  return {
    ...incident,
    effects: effects.filter((id) => kept.has(id)),
    links: links.filter(({ effect }) => kept.has(effect)),
  };
}

/** The cluster with those pods, claims, ReplicaSets and events only that concern the namespaces; nodes stay. */
export function narrowed(cluster: Cluster, namespaces: readonly string[]): Cluster {
  const { pods, persistentvolumeclaims, replicasets } = cluster.objects;
  const within = <T extends { readonly metadata: { readonly namespace: string | undefined } }>(
    collected: Collected<T>,
  ) => only(collected, ({ metadata }) => namespaces.includes(metadata.namespace ?? ''));
  if (namespaces.length === 0) return cluster;
  return {
    ...cluster,
    objects: {
      ...cluster.objects,
      pods: within(pods),
      persistentvolumeclaims: within(persistentvolumeclaims),
      replicasets: within(replicasets),
    },
    events: only(
      cluster.events,
      ({ object }) => object.namespace === undefined || concerns(object, namespaces),
    ),
  };
}

function only<T>(collected: Collected<T>, fits: (item: T) => boolean): Collected<T> {
  return { ...collected, items: collected.items.filter(fits) };
}
