import { type Draft, put, truth } from './draft.ts';
import { type Row, rowOf, said } from './outline.ts';

/** Reads the rows below `Volumes:`. */
export function readVolumes(draft: Draft, volumes: readonly Row[], path: string): void {
  for (const [index, volume] of volumes.entries())
    put(draft, `${path}[${index}]`, { name: volume.key, ...toSource(volume.rows) }, volume.line);
}

/** What a volume or a persistent volume is, by its `Type:` and the rows beside it. */
export function toSource(rows: readonly Row[]): Readonly<Record<string, unknown>> {
  const value = (...keys: string[]) => said(rowOf(rows, ...keys)?.value);
  const optional = truth(value('Optional'));
  switch (/^\w+/.exec(value('Type') ?? '')?.[0]) {
    case 'HostPath':
      return { hostPath: { path: value('Path'), type: value('HostPathType') } };
    case 'EmptyDir':
      return { emptyDir: { medium: value('Medium'), sizeLimit: value('SizeLimit') } };
    case 'Secret':
      return { secret: { secretName: value('SecretName'), optional } };
    case 'ConfigMap':
      return { configMap: { name: value('Name'), optional } };
    case 'PersistentVolumeClaim':
      return {
        persistentVolumeClaim: { claimName: value('ClaimName'), readOnly: truth(value('ReadOnly')) },
      };
    case 'EphemeralVolume':
      return {
        ephemeral: { volumeClaimTemplate: { spec: { storageClassName: value('StorageClass') } } },
      };
    case 'NFS':
      return { nfs: { server: value('Server'), path: value('Path') } };
    case 'LocalVolume':
      return { local: { path: value('Path') } };
    case 'CSI':
      return { csi: { driver: value('Driver') } };
    case 'Projected':
      return { projected: { sources: toProjected(rows) } };
    default:
      return {};
  }
}

/** A projected volume's sources stand one below the other; `Optional` belongs to the name above it. */
function toProjected(rows: readonly Row[]): unknown[] {
  return rows.flatMap((row, index): unknown[] => {
    const next = rows[index + 1];
    const optional = truth(next && /Optional/.test(next.key) ? next.value : undefined);
    if (row.key === 'SecretName') return [{ secret: { name: said(row.value), optional } }];
    if (row.key === 'ConfigMapName') return [{ configMap: { name: said(row.value), optional } }];
    return row.key === 'TokenExpirationSeconds' ? [{ serviceAccountToken: { path: 'token' } }] : [];
  });
}
