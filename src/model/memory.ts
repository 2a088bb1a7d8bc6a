import type { ContainerUsage } from './cluster.ts';
import { type ContainerFact, endedWithin, isFinished } from './containers.ts';
import { type Evidence, fieldEvidence, type Proof } from './evidence.ts';
import { formatBytes, parseQuantity } from './quantity.ts';
import { type Ref, refOf } from './ref.ts';
import { parseTime } from './time.ts';

/** The memory limit of a container in bytes, as it was written, and where. */
type MemoryLimit = { readonly bytes: number; readonly written: string; readonly evidence: Evidence };

/** Reads the memory limit that a container was given; nothing when it has none. */
export function memoryLimitOf({ pod, spec, specPath }: ContainerFact): MemoryLimit | undefined {
  const written = spec?.resources.limits.memory;
  const bytes = parseQuantity(written);
  if (!written || bytes === undefined) return undefined;
  const evidence = fieldEvidence(
    pod.origin,
    `${specPath}.resources.limits.memory`,
    `limits.memory: ${written}`,
  );
  return { bytes, written, evidence };
}

/** A container that was ended for want of memory, itself or a child process of it. */
type OomEnding = {
  readonly fact: ContainerFact;
  /** The limit as it was written. */
  readonly limit: string | undefined;
  readonly subject: Ref;
  readonly container: string;
  readonly evidence: Proof;
  readonly values: { readonly limit: string };
  readonly last: number | undefined;
};

const DAY = 86_400_000;

/** The containers that were ended so within the last day, of pods that are meant to go on. */
export function* oomEndings(
  containers: readonly ContainerFact[],
  time: number | undefined,
): Iterable<OomEnding> {
  for (const fact of containers) {
    const { pod, name, role, ended, endedPath } = fact;
    if (ended?.reason !== 'OOMKilled' || role === 'ephemeral' || !endedWithin(ended, time, DAY)) continue;
    if (isFinished(pod) || pod.metadata.deletionTimestamp) continue;
    const limit = memoryLimitOf(fact);
    const said = `OOMKilled, exit code ${ended.exitCode ?? '?'}`;
    const state = fieldEvidence(pod.origin, endedPath, said, ended.finishedAt);
    yield {
      fact,
      limit: limit?.written,
      subject: refOf(pod),
      container: name,
      evidence: limit ? [state, limit.evidence] : [state],
      values: { limit: limit?.written ?? 'none set' },
      last: parseTime(ended.finishedAt),
    };
  }
}

/** What a container used of memory when the bundle was made, from `kubectl top`. */
export function usageOf(
  { pod, name }: ContainerFact,
  usage: readonly ContainerUsage[],
): { readonly bytes: number; readonly evidence: Evidence } | undefined {
  const found = usage.find(
    ({ namespace, pod: owner, container }) =>
      namespace === pod.metadata.namespace && owner === pod.metadata.name && container === name,
  );
  if (found?.memory === undefined) return undefined;
  const evidence = fieldEvidence(found.origin, '', `${name} uses ${formatBytes(found.memory)}`);
  return { bytes: found.memory, evidence };
}
