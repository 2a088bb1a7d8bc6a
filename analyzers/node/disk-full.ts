import { defineClassifier } from '../../src/classifier.ts';
import type { NodeFilesystem } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { groupBy } from '../../src/model/group-by.ts';
import { refTo } from '../../src/model/ref.ts';

/** Where Kubernetes keeps images, containers, volumes, logs and its own state on a node. */
const KEPT_IN = [
  '/var/lib/rancher/rke2/agent/containerd',
  '/var/lib/rancher/rke2/server/db',
  '/var/lib/rancher/k3s/agent/containerd',
  '/var/lib/rancher/k3s/server/db',
  '/var/lib/containerd',
  '/var/lib/kubelet',
  '/var/lib/etcd',
  '/var/log',
];
/** With less free than this even the kubelets that wait longest evict pods. */
const FULL = 0.95;

export default defineClassifier({
  title: 'File system of the node is full',
  stage: 'node',
  severity: 'critical',
  cause:
    '{{mount}} of {{name}}, on which Kubernetes keeps its files, has used {{share}} of its {{what}}. Images can no longer be unpacked, containers not written to, and the kubelet evicts pods.',
  fix: [
    'Look what fills it, on the node: `df -h {{mount}}; df -i {{mount}}; du -xhd3 {{mount}} | sort -h | tail -20`.',
    'Free space: `journalctl --vacuum-size=500M`, old core dumps, archives and image tarballs that are imported already; or enlarge the file system. In an air gap think before `crictl rmi --prune`: what is deleted has to be imported again.',
  ],
  tellApart:
    'By what `df` printed on the node. The kubelet’s own word for it is node/disk-pressure; the full volume of one application is app/disk-full.',
  needs: ['filesystems'],
  *detect({ filesystems }) {
    for (const [node, all] of groupBy(filesystems, (one) => one.node))
      for (const one of inUse(all)) {
        const used = one.used ?? one.inodesUsed ?? 0;
        if (used < FULL) continue;
        const what = one.used === undefined ? 'inodes' : 'space';
        const share = `${Math.round(used * 100)}%`;
        yield {
          subject: refTo('Node', undefined, node),
          message: `${share} of the ${what} of ${one.mount} is used`,
          severity: used >= 1 ? 'critical' : 'high',
          values: { mount: one.mount, share, what },
          evidence: [fieldEvidence(one.origin, '', one.line)],
        };
      }
  },
  examples: {
    hit: [
      {
        about: 'the disk of the images has nothing left',
        files: { 'nodes/server1/df.txt': exampleSpace(100) },
      },
      {
        about: 'there is space, but no inode for another file',
        files: {
          'nodes/server1/inodes.txt':
            'Filesystem      Inodes  IUsed IFree IUse% Mounted on\n/dev/vda3      3276800 3276800     0  100% /var\n',
        },
      },
    ],
    miss: [
      { about: 'a tenth is free', files: { 'nodes/server1/df.txt': exampleSpace(90) } },
      {
        about: 'nothing of Kubernetes lies on the full file systems',
        files: {
          'nodes/server1/df.txt':
            'Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/vda3         52403200 18874368  33528832      37% /\n/dev/loop1           65536    65536         0     100% /snap/core20/2318\n/dev/vdc          10255636 10255636         0     100% /var/lib/kubelet/pods/29fb7e0b-2598-4a9e-8e6f-4aaf99046281/volumes/kubernetes.io~csi/pvc-1/mount\n',
        },
      },
    ],
  },
});

/** The file systems that hold what Kubernetes keeps: of those around a folder the innermost. */
function inUse(all: readonly NodeFilesystem[]): NodeFilesystem[] {
  return [true, false].flatMap((ofSpace) => {
    const some = all.filter(({ used }) => (used !== undefined) === ofSpace);
    return [...new Set(KEPT_IN.flatMap((folder) => holderOf(folder, some) ?? []))];
  });
}

function holderOf(folder: string, all: readonly NodeFilesystem[]): NodeFilesystem | undefined {
  const around = all.filter(({ mount }) => `${folder}/`.startsWith(mount === '/' ? '/' : `${mount}/`));
  return around.toSorted((a, b) => b.mount.length - a.mount.length)[0];
}

function exampleSpace(percent: number): string {
  const used = 524_032 * percent;
  return `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/vda3         52403200 18874368  33528832      37% /
/dev/vdb          52403200 ${String(used).padStart(8)}  ${String(52_403_200 - used).padStart(8)}     ${String(percent).padStart(3)}% /var/lib/rancher
`;
}
