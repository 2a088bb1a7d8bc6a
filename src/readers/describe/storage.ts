import { draftOf, field, readConditions, type Text } from './common.ts';
import { type Draft, put, truth } from './draft.ts';
import { sectionOf, treeOf } from './outline.ts';
import { toSource } from './volumes.ts';

const ACCESS_MODES: ReadonlyMap<string, string> = new Map([
  ['RWO', 'ReadWriteOnce'],
  ['ROX', 'ReadOnlyMany'],
  ['RWX', 'ReadWriteMany'],
  ['RWOP', 'ReadWriteOncePod'],
]);

function toAccessModes(text: string | undefined) {
  return text?.split(',').map((mode) => ACCESS_MODES.get(mode) ?? mode);
}

function toPhase(text: string | undefined) {
  return text?.startsWith('Terminating') ? undefined : text;
}

/** Reads `kubectl describe pvc`. What it asks for is not printed, only what it got. */
export function readClaim(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.storageClassName', 'StorageClass');
  field(draft, outline, 'spec.volumeName', 'Volume');
  field(draft, outline, 'spec.volumeMode', 'VolumeMode');
  field(draft, outline, 'spec.accessModes', 'Access Modes', toAccessModes);
  field(draft, outline, 'status.phase', 'Status', toPhase);
  field(draft, outline, 'status.capacity', 'Capacity', (storage) => storage && { storage });
  readConditions(draft, outline);
  return draft;
}

/** Reads `kubectl describe pv`. */
export function readVolume(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'spec.storageClassName', 'StorageClass');
  field(draft, outline, 'spec.persistentVolumeReclaimPolicy', 'Reclaim Policy');
  field(draft, outline, 'spec.accessModes', 'Access Modes', toAccessModes);
  field(draft, outline, 'spec.capacity', 'Capacity', (storage) => storage && { storage });
  field(draft, outline, 'spec.claimRef', 'Claim', toClaimRef);
  field(draft, outline, 'status.phase', 'Status', toPhase);
  field(draft, outline, 'status.message', 'Message');
  const source = sectionOf(outline, 'Source');
  for (const [name, value] of Object.entries(toSource(treeOf(source?.lines ?? []))))
    put(draft, `spec.${name}`, value, source?.line);
  readNodeAffinity(draft, text);
  return draft;
}

function toClaimRef(text: string | undefined) {
  const [namespace, name] = text?.split('/') ?? [];
  return name ? { kind: 'PersistentVolumeClaim', namespace, name } : undefined;
}

/** `Term 0:  kubernetes.io/hostname in [server1]` */
function readNodeAffinity(draft: Draft, { outline }: Text): void {
  const terms: { matchExpressions: unknown[] }[] = [];
  const section = sectionOf(outline, 'Node Affinity');
  for (const { text } of section?.lines ?? []) {
    if (/^ +Term \d+:/.test(text)) terms.push({ matchExpressions: [] });
    const [, key, operator, values] =
      /(?:^|\s)(\S+) (in|notin|exists|doesnotexist|gt|lt)(?: \[(.*)\])?$/.exec(text) ?? [];
    if (key)
      terms
        .at(-1)
        ?.matchExpressions.push({ key, operator: OPERATORS[operator ?? ''], values: values?.split(', ') });
  }
  if (terms.length > 0) put(draft, 'spec.nodeAffinity.required.nodeSelectorTerms', terms, section?.line);
}
const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  doesnotexist: 'DoesNotExist',
  gt: 'Gt',
  lt: 'Lt',
};

/** Reads `kubectl describe storageclass`. */
export function readStorageClass(text: Text): Draft {
  const { outline } = text;
  const draft = draftOf(text);
  field(draft, outline, 'provisioner', 'Provisioner');
  field(draft, outline, 'reclaimPolicy', 'ReclaimPolicy');
  field(draft, outline, 'volumeBindingMode', 'VolumeBindingMode');
  field(draft, outline, 'allowVolumeExpansion', 'AllowVolumeExpansion', truth);
  const isDefault = sectionOf(outline, 'IsDefaultClass');
  if (isDefault?.value === 'Yes')
    put(
      draft,
      'metadata.annotations',
      { 'storageclass.kubernetes.io/is-default-class': 'true' },
      isDefault.line,
    );
  return draft;
}
