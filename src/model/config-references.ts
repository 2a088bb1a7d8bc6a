import type { ContainerFact } from './containers.ts';
import type { Evidence } from './evidence.ts';
import { fieldEvidence } from './evidence.ts';

/** Where a container takes its environment from: an object, and one key of it or all. */
type ConfigReference = {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Missing when all keys are taken. */
  readonly key: string | undefined;
  readonly optional: boolean;
  /** Field path in the pod. */
  readonly path: string;
};

/** The ConfigMaps and Secrets that a container's environment is made from, in the order of the specification. */
export function* configReferences({ spec, specPath }: ContainerFact): Iterable<ConfigReference> {
  for (const [index, source] of (spec?.envFrom ?? []).entries())
    for (const [kind, field] of [
      ['ConfigMap', 'configMapRef'],
      ['Secret', 'secretRef'],
    ] as const) {
      const { name, optional = false } = source[field] ?? {};
      const path = `${specPath}.envFrom[${index}].${field}`;
      if (name) yield { kind, name, key: undefined, optional, path };
    }
  for (const [index, { valueFrom }] of (spec?.env ?? []).entries())
    for (const [kind, field] of [
      ['ConfigMap', 'configMapKeyRef'],
      ['Secret', 'secretKeyRef'],
    ] as const) {
      const { name, key, optional = false } = valueFrom?.[field] ?? {};
      const path = `${specPath}.env[${index}].valueFrom.${field}`;
      if (name) yield { kind, name, key, optional, path };
    }
}

/** What stands at the place of a pod's specification that refers to an object or to one key of it. */
export function referenceEvidence(
  containers: readonly ContainerFact[],
  wanted: Pick<ConfigReference, 'kind' | 'name'> & { readonly key?: string },
): Evidence[] {
  for (const container of containers)
    for (const reference of configReferences(container)) {
      if (reference.kind !== wanted.kind || reference.name !== wanted.name) continue;
      if (wanted.key !== undefined && reference.key !== wanted.key) continue;
      const excerpt =
        reference.key === undefined ? reference.name : `${reference.name}, key ${reference.key}`;
      return [fieldEvidence(container.pod.origin, reference.path, `${reference.kind} ${excerpt}`)];
    }
  return [];
}
