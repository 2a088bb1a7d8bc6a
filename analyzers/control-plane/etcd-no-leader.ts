import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

const TEN_MINUTES = 600_000;

/** Said within the last minutes; an election now and then passes by itself. */
export default defineClassifier({
  title: 'etcd has no leader',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'The members of etcd do not agree on a leader: more than half of them are down or do not reach each other. Without one nothing can be written, and after a while nothing read.',
  fix: [
    'Look who is there, on each control plane node: `etcdctl member list -w table; etcdctl endpoint status --cluster -w table; etcdctl endpoint health --cluster`.',
    'Bring enough servers back (two of three, three of five) and open 2379/tcp and 2380/tcp between them.',
    {
      rke2: 'If they are lost for good: on the server with the newest data `systemctl stop rke2-server; rke2 server --cluster-reset`, start it, and join the others anew.',
      k3s: 'If they are lost for good: on the server with the newest data `systemctl stop k3s; k3s server --cluster-reset`, start it, and join the others anew.',
      kubeadm:
        'If they are lost for good: restore a snapshot on one node with `etcdutl snapshot restore`, and join the others anew.',
    },
  ],
  tellApart: 'A compacted revision is harmless; slowness alone is control-plane/etcd-slow.',
  needs: ['logs'],
  lines: [
    'etcdserver: (?:no leader|not capable|server stopped)|etcd cluster is unavailable',
    'lost leader |failed to find leader|has no leader|publish error[^\\n]{0,120}etcdserver: request timed out',
    'serving /health false; no leader|failed to publish local member to cluster through raft',
    'member \\S{1,40} has already been bootstrapped',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/etcd-no-leader', time, 3, TEN_MINUTES);
  },
  examples: {
    hit: [
      {
        about: 'the API server hears it again and again',
        files: { 'logs/kube-system/kube-apiserver-server1/kube-apiserver.log': exampleLog('11:59') },
      },
      {
        about: 'a member is alone and says so to its kubelet',
        files: {
          'logs/kube-system/etcd-server1/etcd.log': ['01', '02', '03']
            .map(
              (second) =>
                `2026-11-22T11:59:${second}Z {"level":"warn","ts":"2026-11-22T11:59:${second}.000Z","caller":"etcdhttp/health.go:232","msg":"serving /health false; no leader"}\n`,
            )
            .join(''),
        },
      },
    ],
    miss: [
      {
        about: 'there was an election half an hour ago',
        files: { 'logs/kube-system/kube-apiserver-server1/kube-apiserver.log': exampleLog('11:30') },
      },
    ],
  },
});

function exampleLog(minute: string): string {
  return ['01', '02', '03', '04']
    .map((second) => `2026-11-22T${minute}:${second}Z E1122 status.go:71] etcdserver: no leader\n`)
    .join('');
}
