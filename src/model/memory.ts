import type { ContainerUsage } from './cluster.ts';
import type { ContainerFact } from './containers.ts';
import { type Evidence, fieldEvidence } from './evidence.ts';
import { formatBytes, parseQuantity } from './quantity.ts';

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
