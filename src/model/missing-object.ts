import { referenceEvidence } from './config-references.ts';
import { containersOf } from './containers.ts';
import type { Evidence, Proof } from './evidence.ts';
import type { Joins } from './joins.ts';
import { type Ref, refTo } from './ref.ts';
import type { Signal } from './signal.ts';
import { mostSimilar } from './similar.ts';

/** A ConfigMap or Secret that the kubelet asked for in vain to start a container. */
type MissingObject = {
  readonly subject: Ref;
  readonly container: string | undefined;
  readonly culprit: Ref;
  readonly message: string;
  readonly evidence: Proof;
  /** Milder where it is there by now. */
  readonly severity?: 'low';
  readonly values: Readonly<Record<string, string>>;
  readonly first: number | undefined;
  readonly last: number | undefined;
};

const KINDS = {
  ConfigMap: { resource: 'configmaps', text: /(?:^|[\s:])configmaps? "([^"]+)" not found/m },
  Secret: { resource: 'secrets', text: /(?:^|[\s:])secrets? "([^"]+)" not found/m },
} as const;

/** Finds what events and waiting states name as missing; texts about volumes and pull secrets are other failures. */
export function* missingObjects(
  kind: keyof typeof KINDS,
  signals: readonly Signal[],
  joins: Joins,
): Iterable<MissingObject> {
  for (const signal of signals) {
    if (signal.place !== 'event' && signal.place !== 'waiting') continue;
    if (/MountVolume|MapVolume|mount volumes for pod|pull secret|webhook/.test(signal.text)) continue;
    const name = KINDS[kind].text.exec(signal.text)?.[1];
    if (!name || signal.object.kind !== 'Pod') continue;
    yield toMissing(kind, name, signal, joins);
  }
}

function toMissing(kind: keyof typeof KINDS, name: string, signal: Signal, joins: Joins): MissingObject {
  const { object, pod, container, evidence, first, last } = signal;
  const { resource } = KINDS[kind];
  const namespace = object.namespace;
  const found = joins.find(resource, namespace, name);
  const others = joins.inNamespace(resource, namespace).map(({ metadata }) => metadata.name);
  const similar = found === 'absent' ? mostSimilar(name, others) : undefined;
  const referred: Evidence[] = pod ? referenceEvidence(containersOf(pod), { kind, name }) : [];
  return {
    subject: object,
    container,
    culprit: refTo(kind, namespace, name),
    message: messageOf(`${kind} ${namespace ?? ''}/${name}`, found, similar),
    evidence: [evidence, ...referred],
    ...(typeof found === 'string' ? {} : { severity: 'low' }),
    values: similar ? { similar } : {},
    first,
    last,
  };
}

function messageOf(what: string, found: object | 'absent' | 'unknown', similar: string | undefined): string {
  if (found === 'unknown') return `${what} was not found by the kubelet`;
  if (found !== 'absent') return `${what} was missing when the container was last tried; it exists by now`;
  return `${what} does not exist${similar ? `; did you mean ${similar}?` : ''}`;
}
