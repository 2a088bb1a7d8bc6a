import { defineClassifier } from '../../src/classifier.ts';
import { isReady } from '../../src/model/containers.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

const TEN_MINUTES = 600_000;
const COMPONENT = /^(?:etcd|kube-apiserver|kube-controller-manager|kube-scheduler|cloud-controller-manager)$/;

/** The kubelet starts it again and again, so what ends it is said every few minutes as long as it lasts. */
export default defineClassifier({
  title: 'Part of the control plane ends with an error',
  stage: 'control plane',
  severity: 'critical',
  cause:
    '{{container}} of node {{node}} ends soon after each start, and says why. With several servers the others carry on; with one, what it does stands still, and without etcd or kube-apiserver nothing can be asked at all.',
  fix: [
    {
      rke2: 'Look at it, on the node: `export CRI_CONFIG_FILE=/var/lib/rancher/rke2/agent/etc/crictl.yaml; /var/lib/rancher/rke2/bin/crictl ps -a --name {{container}}; /var/lib/rancher/rke2/bin/crictl logs --tail 50 <id>`.',
      kubeadm: 'Look at it, on the node: `crictl ps -a --name {{container}}; crictl logs --tail 50 <id>`.',
    },
    {
      rke2: 'Mend what the line tells (an option in `/etc/rancher/rke2/config.yaml`, a port that is taken, a certificate, the disk), then `systemctl restart rke2-server`.',
      kubeadm:
        'Mend what the line tells (an option in `/etc/kubernetes/manifests/{{container}}.yaml`, a port that is taken, a certificate, the disk); the kubelet starts it again by itself.',
    },
  ],
  tellApart: 'The umbrella of parts that end; it is shown only where no other class knows why.',
  yieldsTo: [
    'control-plane/certificate-expired',
    'control-plane/etcd-corrupt',
    'control-plane/etcd-no-leader',
    'control-plane/etcd-space',
    'control-plane/leader-lost',
  ],
  causedBy: [
    { classes: ['node/disk-full', 'node/readonly-filesystem', 'node/clock-skew'], by: 'node' },
    { classes: ['control-plane/etcd-corrupt', 'control-plane/etcd-no-leader'], by: 'cluster' },
  ],
  needs: ['logs'],
  // As etcd writes it; what begins with `"level":` would stop the search at most lines of most programs.
  lines: ['"command failed" err=', '"fatal","ts":|"panic","ts":', 'error creating storage factory: '],
  *detect({ joins, time }) {
    for (const logged of controlPlaneLines(joins, 'control-plane/component-fails', time, 1, TEN_MINUTES)) {
      const { subject, container = '' } = logged;
      if (!COMPONENT.test(container)) continue;
      const pod = joins.find('pods', subject.namespace, subject.name);
      if (typeof pod !== 'string' && isReady(pod)) continue;
      yield { ...logged, values: { node: subject.name.slice(container.length + 1) } };
    }
  },
  examples: {
    hit: [
      {
        about: 'another program has the port of the API server',
        files: {
          'nodes/server1/pods/kube-system/kube-apiserver-server1/kube-apiserver.previous.log':
            '2026-11-22T11:58:21.022000000Z stderr F E1122 11:58:21.000000       1 run.go:72] "command failed" err="failed to create listener: failed to listen on 0.0.0.0:6443: listen tcp 0.0.0.0:6443: bind: address already in use"\n',
        },
      },
    ],
    miss: [
      {
        about: 'it was so an hour ago',
        files: {
          'nodes/server1/pods/kube-system/kube-apiserver-server1/kube-apiserver.previous.log':
            '2026-11-22T10:58:21.022000000Z stderr F E1122 10:58:21.000000       1 run.go:72] "command failed" err="failed to create listener: failed to listen on 0.0.0.0:6443: listen tcp 0.0.0.0:6443: bind: address already in use"\n',
        },
      },
      {
        about: 'another program in the same namespace',
        files: {
          'logs/kube-system/metrics-server-1/metrics-server.log':
            '2026-11-22T11:58:21Z E1122 11:58:21.000000       1 run.go:72] "command failed" err="no service account"\n',
        },
      },
    ],
  },
});
