import {
  type Cluster,
  type ClusterEvent,
  type Collected,
  type ContainerUsage,
  type Coverage,
  type Distribution,
  type Log,
  type NodeCertificate,
  type NodeClock,
  type NodeFilesystem,
  type NodeUsage,
  type Of,
  RESOURCES,
  type Resource,
  resourceOfKind,
  type Stored,
} from '../model/cluster.ts';
import type { Origin } from '../model/evidence.ts';
import { allowing, type Limits } from '../model/limits.ts';
import type { Metadata } from '../model/objects/metadata.ts';
import { isKind, type Kind, SHAPES } from '../model/objects.ts';
import { parseTime } from '../model/time.ts';
import { distributionOf } from './distribution.ts';
import { toClusterEvent } from './events.ts';
import { createProblems } from './problems.ts';

/** Where facts about an object come from, best first: what ranks higher replaces what ranks lower. */
export const SOURCES = ['object', 'describe', 'table'] as const;
export type Source = (typeof SOURCES)[number];

/** What the model holds beside objects and events. */
type Extras = {
  readonly logs: Log;
  readonly containerUsage: ContainerUsage;
  readonly nodeUsage: NodeUsage;
  readonly certificates: NodeCertificate;
  readonly filesystems: NodeFilesystem;
  readonly clocks: NodeClock;
};

/** What a bundle says of itself and of the cluster. */
export type About = {
  readonly layout: string;
  /** Milliseconds since 1970. */
  readonly collectedAt: number;
  readonly version: string;
  readonly distribution: Distribution;
};

/** A file that holds the whole list of a resource. */
export type Claim = {
  readonly resource: Resource | 'events';
  readonly file: string;
  /** Where the list is that of one namespace. */
  readonly namespace?: string | undefined;
  /** Where a layout says so: it counts once the bundle has shown to be of that layout. */
  readonly layout?: string | undefined;
  /** A layout whose own paths tell better: in a bundle of that layout the claim does not count. */
  readonly notOf?: string | undefined;
  /** The file with the rest of the list: without it the list is not whole. */
  readonly next?: string | undefined;
};

/** Takes facts from the readers in any order and makes the cluster of them. */
export type Builder = {
  /** An object as the API would give it, with the place where it was read. */
  object(kind: string, value: unknown, origin: Origin, source: Source): void;
  /** Whether the API itself has told of an object by that name. */
  isKnown(kind: string, namespace: string | undefined, name: string | undefined): boolean;
  /** An event as either API would give it, or as `describe` shows it. */
  event(value: unknown, origin: Origin, source: Source): void;
  /** A file claims to hold the whole list of a resource. */
  listed(claim: Claim): void;
  /** The bundle is of a layout. */
  confirm(layout: string): void;
  /** The command that wrote this file failed: whatever the file claims to be, it is not the whole list. */
  failed(file: string): void;
  /** Something beside objects: a log, usage, a certificate; `undefined` says that it was asked for and there is none. */
  add<F extends keyof Extras>(fact: F, value: Extras[F] | undefined): void;
  coverage(coverage: Coverage): void;
  problem(file: string, message: string): void;
  /** A file that nothing reads, by what it seems to be. */
  unread(what: string, file: string): void;
  /** The first to say something is believed. */
  about(about: Partial<About>): void;
  /** The time that the bundle gives itself, as far as it is known by now: ages in texts count back from it. */
  collectedAt(): number | undefined;
  finish(bundle: { readonly name: string; readonly bytes: number; readonly files: number }): Cluster;
};

type Held<T> = { readonly value: T; readonly source: Source };

/** The resource that holds objects of a kind. */
export function resourceOf(kind: string): Resource | 'events' | undefined {
  return kind === 'Event' ? 'events' : resourceOfKind(kind);
}

/** So many commands are listed, and as many that failed: nobody reads more, and a forged ledger could hold any number. */
const MOST_COVERAGE = 20_000;

/** An empty cluster that readers fill. */
export function createBuilder({ items: mostItems }: Pick<Limits, 'items'>): Builder {
  const objects = new Map<Kind, Map<string, Held<Stored<unknown>>>>();
  const events = new Map<string, Held<ClusterEvent>>();
  const printedEvents = new Map<string, Held<ClusterEvent>>();
  const layouts = new Set<string>();
  const claims: Claim[] = [];
  const failedFiles = new Set<string>();
  const extras = {
    logs: [],
    containerUsage: [],
    nodeUsage: [],
    certificates: [],
    filesystems: [],
    clocks: [],
  } as {
    readonly [F in keyof Extras]: Extras[F][];
  };
  const asked = new Set<keyof Extras>();
  const coverage: Coverage[] = [];
  const tried = { succeeded: 0, failed: 0 };
  const problems = createProblems();
  const unread = new Map<string, string[]>();
  let about: Partial<About> = {};
  let items = 0;

  function object(kind: string, value: unknown, origin: Origin, source: Source): void {
    if (++items > mostItems) {
      failedFiles.add(origin.file);
      if (items === mostItems + 1)
        problems.add(
          origin.file,
          `more than ${mostItems} objects; the rest is not read ${allowing('items')}`,
        );
    } else if (kind === 'Event') event(value, origin, source);
    else if (isKind(kind)) known(kind, value, origin, source);
    else unreadFile(`objects of kind ${kind}`, origin.file);
  }

  /** A file counts once, however many objects it holds. */
  function unreadFile(what: string, file: string): void {
    if (unread.get(what)?.at(-1) !== file) push(unread, what, file);
  }

  function known(kind: Kind, value: unknown, origin: Origin, source: Source): void {
    const shaped = SHAPES[kind](value);
    const { name, namespace, uid } = shaped.metadata;
    if (!name) {
      problems.add(origin.file, `a ${kind} at ${origin.path} has no name`);
      return;
    }
    const table = tableOf(objects, kind);
    const byName = nameKey(namespace, name);
    const other = isOther(table.get(byName)?.value, shaped.metadata);
    // What was shaped here belongs to nobody else; spreading it would take several times longer. It has a name, as seen above.
    const stored = Object.assign(shaped, { kind, origin }) as Stored<unknown>;
    keepBetter(table, other ? `${byName} ${uid}` : byName, stored, source);
  }

  function isKnown(kind: string, namespace: string | undefined, name: string | undefined): boolean {
    return isKind(kind) && objects.get(kind)?.get(nameKey(namespace, name))?.source === 'object';
  }

  function event(value: unknown, origin: Origin, source: Source): void {
    const raw = SHAPES.Event(value);
    const read = toClusterEvent(raw, origin);
    if (!read) return;
    const { uid } = raw.metadata;
    if (source === 'object')
      keepBetter(events, uid ?? `${eventKey(read)}\n${read.container}\n${read.last}`, read, source);
    else keepBetter(printedEvents, eventKey(read), read, source);
  }

  function collected<T>(items: readonly T[], resource: Resource | 'events'): Collected<T> {
    return withExtent(
      items,
      claims.filter((claim) => claim.resource === resource && holds(claim)),
    );
  }

  function holds({ file, layout, notOf, next }: Claim): boolean {
    if (failedFiles.has(file) || (layout !== undefined && !layouts.has(layout))) return false;
    if (notOf !== undefined && layouts.has(notOf)) return false;
    return next === undefined || claims.some((claim) => claim.file === next && holds(claim));
  }

  function fact<F extends keyof Extras>(name: F): Collected<Extras[F]> {
    return { extent: asked.has(name) ? 'all' : 'none', items: extras[name] };
  }

  return {
    object,
    isKnown,
    event,
    listed: (claim) => void claims.push(claim),
    confirm: (layout) => void layouts.add(layout),
    failed: (file) => void failedFiles.add(file),
    add(name, value) {
      asked.add(name);
      if (value !== undefined) extras[name].push(value);
    },
    coverage(entry) {
      const outcome = entry.status === 'ok' ? 'succeeded' : 'failed';
      if (tried[outcome]++ < MOST_COVERAGE) coverage.push(entry);
    },
    problem: problems.add,
    unread: unreadFile,
    about(said) {
      about = { ...said, ...about };
    },
    collectedAt: () => about.collectedAt,
    finish(bundle) {
      const resources = Object.keys(RESOURCES) as Resource[];
      const values = (resource: Resource) => valuesOf(objects.get(RESOURCES[resource]));
      const happened = [...valuesOf(events), ...onlyPrinted(events, printedEvents)].sort(
        (a, b) => (a.last ?? 0) - (b.last ?? 0),
      );
      return {
        bundle: {
          ...bundle,
          layout: about.layout ?? 'unknown',
          collectedAt: about.collectedAt ?? happened.at(-1)?.last,
        },
        time: newestTime(happened, values('leases'), values('nodes')) ?? about.collectedAt,
        version: about.version,
        distribution:
          about.distribution ??
          distributionOf(
            about.version,
            values('nodes') as Of<'nodes'>[],
            values('configmaps') as Of<'configmaps'>[],
          ),
        // Each table holds objects of its own kind: only `object` fills it.
        objects: Object.fromEntries(
          resources.map((resource) => [resource, collected(values(resource), resource)]),
        ) as unknown as { readonly [R in Resource]: Collected<Of<R>> },
        events: collected(happened, 'events'),
        logs: fact('logs'),
        containerUsage: fact('containerUsage'),
        nodeUsage: fact('nodeUsage'),
        certificates: fact('certificates'),
        filesystems: fact('filesystems'),
        clocks: fact('clocks'),
        coverage: [...coverage, ...unlisted(tried)],
        problems: problems.all(),
        unread,
      };
    },
  };
}

/** Events, the renewals of leases and the heartbeats of nodes: while anything in a cluster lives, one of them is new. */
function newestTime(
  events: readonly ClusterEvent[],
  leases: readonly unknown[],
  nodes: readonly unknown[],
): number | undefined {
  const times = [
    events.at(-1)?.last,
    // The tables hold stored objects of their kind.
    ...(leases as readonly Of<'leases'>[]).map(({ spec }) => parseTime(spec.renewTime)),
    ...(nodes as readonly Of<'nodes'>[]).flatMap(({ status }) =>
      status.conditions.map((one) => parseTime(one.lastHeartbeatTime)),
    ),
  ].filter((time) => time !== undefined);
  return times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
}

/** The commands beyond those that are listed. */
function unlisted(tried: Readonly<Record<string, number>>): Coverage[] {
  return Object.entries(tried).flatMap(([outcome, count]) =>
    count > MOST_COVERAGE
      ? {
          what: 'further commands',
          status: 'cut',
          detail: `${count - MOST_COVERAGE} more ${outcome} and are not listed`,
        }
      : [],
  );
}

function nameKey(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name}`;
}

function tableOf<T>(tables: Map<Kind, Map<string, T>>, kind: Kind): Map<string, T> {
  const existing = tables.get(kind);
  if (existing) return existing;
  const created = new Map<string, T>();
  tables.set(kind, created);
  return created;
}

function valuesOf<T>(held: ReadonlyMap<string, Held<T>> | undefined): T[] {
  return held ? [...held.values()].map(({ value }) => value) : [];
}

/** Of two accounts of one thing the better source stays; of two alike, the first. */
function keepBetter<T>(held: Map<string, Held<T>>, key: string, value: T, source: Source): void {
  const known = held.get(key);
  if (!known || SOURCES.indexOf(source) < SOURCES.indexOf(known.source)) held.set(key, { value, source });
}

/**
 * Whether another object of the same name is known: one that was deleted and made anew. The kubelet and the API server
 * know a static pod by different uids; the annotation of the mirror pod names the kubelet's.
 */
function isOther(known: Stored<unknown> | undefined, { uid, annotations }: Metadata): boolean {
  // Only `known` fills the tables, with objects that have metadata.
  const { metadata } = (known ?? {}) as { readonly metadata?: Metadata };
  if (uid === undefined || metadata?.uid === undefined || metadata.uid === uid) return false;
  return annotations[MIRROR] !== metadata.uid && metadata.annotations[MIRROR] !== uid;
}
const MIRROR = 'kubernetes.io/config.mirror';

/** `describe` and tables show the events of the API again: the same object, reason and words are one event. */
function eventKey({ object, reason, message }: ClusterEvent): string {
  const words = message.trim().replace(/\s+/g, ' ');
  return [object.kind, object.namespace, object.name, reason, words].join('\n');
}

/** Events that were printed and are not among the event objects; kubectl does not print the container. */
function onlyPrinted(
  events: ReadonlyMap<string, Held<ClusterEvent>>,
  printed: ReadonlyMap<string, Held<ClusterEvent>>,
): ClusterEvent[] {
  const known = new Set(valuesOf(events).map(eventKey));
  return [...printed].flatMap(([key, { value }]) => (known.has(key) ? [] : [value]));
}

function withExtent<T>(items: readonly T[], claims: readonly Claim[]): Collected<T> {
  if (claims.length === 0) return { extent: items.length > 0 ? 'some' : 'none', items };
  if (claims.some(({ namespace }) => namespace === undefined)) return { extent: 'all', items };
  return { extent: 'some', items, namespaces: new Set(claims.map(({ namespace }) => namespace ?? '')) };
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
