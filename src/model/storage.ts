import type { Of } from './cluster.ts';
import type { Joins } from './joins.ts';
import type { PodSpec } from './objects/pod-spec.ts';
import type { Ref } from './ref.ts';

/** Whether claims that name no class get this one. */
export function isDefaultClass({ metadata: { annotations } }: Of<'storageclasses'>): boolean {
  return (
    annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
    annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true'
  );
}

/** The claims that a pod mounts. */
export function claimNames({ volumes }: Pick<PodSpec, 'volumes'>): string[] {
  return volumes
    .map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName)
    .filter((name) => name !== undefined);
}

/** Whether a pod mounts a claim and has not done its work yet. */
export function isUsed({ metadata }: Of<'persistentvolumeclaims'>, joins: Joins): boolean {
  return joins
    .inNamespace('pods', metadata.namespace)
    .some(
      ({ spec, status }) =>
        status.phase !== 'Succeeded' && claimNames(spec).some((name) => name === metadata.name),
    );
}

/**
 * The workload of a provisioner among pods: one whose arguments or environment name it (`--provisioner-name=…`), else one
 * called like its last part (`rancher.io/local-path`: local-path-provisioner).
 */
export function provisionerWorkload(
  provisioner: string,
  pods: readonly Of<'pods'>[],
  joins: Joins,
): Ref | undefined {
  const part = provisioner.split('/').at(-1) ?? provisioner;
  const pod =
    pods.find(({ spec }) => spec.containers.some((container) => names(container, provisioner))) ??
    pods.find(({ metadata }) => metadata.name.startsWith(`${part}-provisioner`));
  return pod && joins.workloadOf(pod);
}

function names(
  { command, args, env }: Of<'pods'>['spec']['containers'][number],
  provisioner: string,
): boolean {
  return (
    [...command, ...args].some((word) => word === provisioner || word.endsWith(`=${provisioner}`)) ||
    env.some(({ value }) => value === provisioner)
  );
}
