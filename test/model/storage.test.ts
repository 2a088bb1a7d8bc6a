import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { isDefaultClass, isUsed, provisionerWorkload } from '../../src/model/storage.ts';
import { clusterOf } from '../support/cluster.ts';

const cluster = clusterOf({
  objects: `
kind: StorageClass
metadata: { name: local-path, annotations: { storageclass.kubernetes.io/is-default-class: 'true' } }
---
kind: StorageClass
metadata: { name: longhorn }
---
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
---
kind: PersistentVolumeClaim
metadata: { name: backups, namespace: shop }
---
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart }], volumes: [{ name: u, persistentVolumeClaim: { claimName: uploads } }] }
---
kind: Pod
metadata: { name: dump-0, namespace: shop }
spec: { containers: [{ name: dump }], volumes: [{ name: b, persistentVolumeClaim: { claimName: backups } }] }
status: { phase: Succeeded }
---
kind: Pod
metadata: { name: csi-0, namespace: storage, ownerReferences: [{ kind: StatefulSet, name: csi, controller: true }] }
spec: { containers: [{ name: csi, args: ['--provisioner-name=nfs.corp.local/shop'] }] }
---
kind: Pod
metadata: { name: local-path-provisioner-7d5c9b-x1, namespace: kube-system, ownerReferences: [{ kind: DaemonSet, name: local-path-provisioner, controller: true }] }
spec: { containers: [{ name: provisioner }] }
`,
});
const { storageclasses, persistentvolumeclaims, pods } = cluster.objects;
const joins = createJoins(cluster);

describe('storage', () => {
  it('knows the class that claims get which name none', () => {
    expect(storageclasses.items.map(isDefaultClass)).toEqual([true, false]);
  });

  it('a claim is used by a pod that is not done', () => {
    expect(persistentvolumeclaims.items.map((claim) => isUsed(claim, joins))).toEqual([true, false]);
  });

  it.each([
    ['nfs.corp.local/shop', 'csi'],
    ['rancher.io/local-path', 'local-path-provisioner'],
    ['driver.longhorn.io', undefined],
  ])('provisioner %s is run by %s', (provisioner, workload) => {
    expect(provisionerWorkload(provisioner, pods.items, joins)?.name).toBe(workload);
  });
});
