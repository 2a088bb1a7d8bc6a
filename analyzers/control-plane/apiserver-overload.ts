import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** Said by components that are turned away, not by kubectl that waits a second. */
export default defineClassifier({
  title: 'API server turns requests away',
  stage: 'control plane',
  severity: 'high',
  cause:
    'Components of the control plane are told that there are too many requests. Some client lists or watches far too much, or the server is too slow for the usual load.',
  fix: [
    'Look who asks: `kubectl get --raw /metrics | grep apiserver_flowcontrol_rejected_requests_total` and `kubectl get --raw /debug/api_priority_and_fairness/dump_requests | head`.',
    'Stop or mend that client (an operator in a loop, a monitoring agent that lists everything), and look whether etcd is slow.',
  ],
  tellApart: '"Waited for … due to client-side throttling" is the client\'s own patience and harmless.',
  causedBy: [{ classes: ['control-plane/etcd-slow', 'control-plane/etcd-no-leader'], by: 'cluster' }],
  needs: ['logs'],
  lines: [
    'the server has received too many requests|429 Too Many Requests[^\\n]{0,80}(?:apiserver|flowcontrol)',
    'client rate limiter Wait returned an error',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/apiserver-overload', time, 10);
  },
  examples: {
    hit: [
      {
        about: 'the controller manager is turned away ten times',
        files: {
          'logs/kube-system/kube-controller-manager-server1/kube-controller-manager.log':
            '2026-11-22T11:58:12.181Z E1122 reflector.go:150] Failed to watch *v1.Pod: the server has received too many requests and has asked us to try again later (get pods)\n'.repeat(
              10,
            ),
        },
      },
    ],
    miss: [
      {
        about: 'it happened once',
        files: {
          'logs/kube-system/kube-controller-manager-server1/kube-controller-manager.log':
            '2026-11-22T11:58:12.181Z E1122 reflector.go:150] Failed to watch *v1.Pod: the server has received too many requests and has asked us to try again later (get pods)\n',
        },
      },
    ],
  },
});
