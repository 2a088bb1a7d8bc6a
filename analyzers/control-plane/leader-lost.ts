import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** An effect: the component could not renew its lease in time and ended itself. */
export default defineClassifier({
  title: 'Control plane component lost its leadership',
  stage: 'control plane',
  severity: 'high',
  cause:
    'The scheduler, the controller manager or an operator of the system could not renew its lease at the API server in time, so it stopped and was started again. Mostly etcd or the API server is slow.',
  fix: [
    'Look how often: `kubectl -n kube-system get pods -o wide` and `kubectl get leases -n kube-system`.',
    'Look why the API server was slow at that time: etcd\'s log for "took too long", the disk and the load of the control plane nodes.',
  ],
  tellApart:
    'A component that is stopped on purpose gives its lease up as well; that is said once, at the end of an orderly shutdown.',
  causedBy: [
    {
      classes: [
        'control-plane/etcd-no-leader',
        'control-plane/etcd-slow',
        'control-plane/certificate-expired',
      ],
      by: 'cluster',
    },
  ],
  needs: ['logs'],
  lines: [
    'leader ?election lost|failed to renew lease [\\w/-]+|lost (?:leader lease|master)$|leaderelection lost',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/leader-lost', time);
  },
  examples: {
    hit: [
      {
        about: 'the scheduler could not renew its lease',
        files: {
          'logs/kube-system/kube-scheduler-server1/kube-scheduler.previous.log':
            '2026-11-22T11:58:12.181Z I1122 11:58:12.163545       1 leaderelection.go:287] failed to renew lease kube-system/kube-scheduler: failed to tryAcquireOrRenew context deadline exceeded\n2026-11-22T11:58:12.181Z F1122 11:58:12.164039       1 server.go:264] leaderelection lost\n',
        },
      },
    ],
    miss: [
      {
        about: 'it happened a day ago',
        files: {
          'logs/kube-system/kube-scheduler-server1/kube-scheduler.previous.log':
            '2026-11-21T11:58:12.181Z F1121 11:58:12.164039       1 server.go:264] leaderelection lost\n',
        },
      },
    ],
  },
});
