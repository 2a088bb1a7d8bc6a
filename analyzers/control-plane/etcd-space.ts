import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** Every write is refused from then on, until somebody lifts the alarm. */
export default defineClassifier({
  title: 'etcd has reached its space quota',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'The database of etcd is as large as its quota allows (2 GiB unless set), so etcd refuses every write: nothing can be created or changed in the cluster. Missing compaction, or a flood of events or objects, fills it.',
  fix: [
    'Look at the size and the alarm, on a control plane node with the etcd certificates: `etcdctl endpoint status -w table; etcdctl alarm list`.',
    'Make room: `rev=$(etcdctl endpoint status -w json | grep -oE \'"revision":[0-9]+\' | grep -oE "[0-9]+" | head -1); etcdctl compact $rev; etcdctl defrag; etcdctl alarm disarm`.',
    {
      rke2: 'Raise the quota: `etcd-arg: [quota-backend-bytes=8589934592]` in `/etc/rancher/rke2/config.yaml`, then `systemctl restart rke2-server`, one server after the other.',
      k3s: 'Raise the quota: `etcd-arg: [quota-backend-bytes=8589934592]` in `/etc/rancher/k3s/config.yaml`, then `systemctl restart k3s`, one server after the other.',
      kubeadm:
        'Raise the quota: `--quota-backend-bytes=8589934592` in `/etc/kubernetes/manifests/etcd.yaml`, one control plane node after the other.',
    },
    'Look what fills it: `kubectl get events -A --no-headers | wc -l`, and for each resource `kubectl get <resource> -A --no-headers | wc -l`.',
  ],
  tellApart: 'A quota of the database; a full disk says "no space left on device".',
  needs: ['logs'],
  lines: [
    'etcdserver: (?:mvcc: database space exceeded|no space)',
    'mvcc: database space exceeded|alarm:NOSPACE',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/etcd-space', time);
  },
  examples: {
    hit: [
      {
        about: 'etcd refuses writes',
        files: {
          'logs/kube-system/etcd-server1/etcd.log':
            '2026-11-22T11:58:12.181Z {"level":"warn","caller":"etcdserver/util.go:123","msg":"failed to apply request","error":"etcdserver: mvcc: database space exceeded"}\n',
        },
      },
      {
        about: 'the kubelet of a node hears it',
        files: {
          'nodes/server1/journal-kubelet.log':
            'Nov 22 11:17:02 server1 kubelet[1495]: W1122 11:17:02.533588    1495 status_manager.go:446] Failed to update status for pod "cart-0": etcdserver: mvcc: database space exceeded\n',
        },
      },
    ],
    miss: [
      {
        about: 'a compacted revision, which clients ask for anew',
        files: {
          'logs/kube-system/etcd-server1/etcd.log':
            '2026-11-22T11:58:12.181Z watch chan error: etcdserver: mvcc: required revision has been compacted\n',
        },
      },
    ],
  },
});
