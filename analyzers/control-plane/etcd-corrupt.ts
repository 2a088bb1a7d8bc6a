import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

const TEN_MINUTES = 600_000;

/** Said at each start: the member cannot read what it wrote before the power went. */
export default defineClassifier({
  title: 'etcd cannot read its own data',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'The files of this member of etcd do not fit together any more, mostly because the machine lost power or its disk while they were written. The member does not start by itself again; what it held is with the other members, or in a snapshot.',
  fix: [
    'Before anything else copy its folder away (RKE2 `/var/lib/rancher/rke2/server/db/etcd`, k3s `/var/lib/rancher/k3s/server/db/etcd`, kubeadm `/var/lib/etcd`), and look which snapshots there are.',
    {
      rke2: 'With other servers alive: on this one `systemctl stop rke2-server; rm -rf /var/lib/rancher/rke2/server/db`, on another `kubectl delete node <this server>`, and `systemctl start rke2-server` lets it join anew.',
      k3s: 'With other servers alive: on this one `systemctl stop k3s; rm -rf /var/lib/rancher/k3s/server/db`, on another `kubectl delete node <this server>`, and `systemctl start k3s` lets it join anew.',
      kubeadm:
        'With other members alive: `etcdctl member remove <id>`, empty `/var/lib/etcd` on this node, then `kubeadm join phase control-plane-join etcd --control-plane`.',
    },
    {
      rke2: 'With a single server: `ls /var/lib/rancher/rke2/server/db/snapshots`, then `systemctl stop rke2-server; rke2 server --cluster-reset --cluster-reset-restore-path=<snapshot>; systemctl start rke2-server`.',
      k3s: 'With a single server: `ls /var/lib/rancher/k3s/server/db/snapshots`, then `systemctl stop k3s; k3s server --cluster-reset --cluster-reset-restore-path=<snapshot>; systemctl start k3s`.',
      kubeadm:
        'With a single member: `etcdutl snapshot restore <snapshot> --data-dir /var/lib/etcd` into the emptied folder, with the options of `/etc/kubernetes/manifests/etcd.yaml`.',
    },
  ],
  tellApart: 'A database that has reached its quota is whole: control-plane/etcd-space.',
  needs: ['logs'],
  lines: [
    'failed to recover v3 backend from snapshot|recovering backend from snapshot error',
    'failed to read WAL, cannot be repaired|walpb: crc mismatch',
    'freepages: failed to get all reachable pages|invalid freelist page',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/etcd-corrupt', time, 1, TEN_MINUTES);
  },
  examples: {
    hit: [
      {
        about: 'the power went, and the API server is down, so that its node was asked',
        files: {
          'nodes/server1/pods/kube-system/etcd-server1/etcd.previous.log':
            '2026-11-22T11:58:21.022000000Z stderr F {"level":"panic","ts":"2026-11-22T11:58:21.022Z","caller":"etcdserver/server.go:515","msg":"failed to recover v3 backend from snapshot","error":"failed to find database snapshot file (snap: snapshot file doesn\'t exist)"}\n',
        },
      },
    ],
    miss: [
      {
        about: 'it says so of a file that it then does without',
        files: {
          'logs/kube-system/etcd-server1/etcd.log':
            '2026-11-22T11:58:21.022Z {"level":"info","ts":"2026-11-22T11:58:21.022Z","caller":"etcdserver/server.go:508","msg":"recovered v2 store from snapshot","snapshot-index":3420684,"snapshot-size":"23 kB"}\n',
        },
      },
    ],
  },
});
