import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refOf } from '../../src/model/ref.ts';
import { formatDuration, formatTime, parseTime } from '../../src/model/time.ts';

/** Ready is Unknown: the control plane hears nothing from the kubelet, so only the node itself can say why. */
export default defineClassifier({
  title: 'Kubelet no longer reports',
  stage: 'node',
  severity: 'critical',
  cause:
    'The control plane hears nothing from the kubelet of {{name}}: the host is off, cut off from the API server, or its kubelet is stopped. Its pods are counted as lost and are replaced elsewhere where they can be.',
  fix: [
    {
      rke2: 'Look at the host: `ping {{name}}`, then on it `systemctl status rke2-agent rke2-server` and `journalctl -u rke2-agent -u rke2-server --since -1h`.',
      k3s: 'Look at the host: `ping {{name}}`, then on it `systemctl status k3s-agent k3s` and `journalctl -u k3s-agent -u k3s --since -1h`.',
      kubeadm:
        'Look at the host: `ping {{name}}`, then on it `systemctl status kubelet containerd` and `journalctl -u kubelet --since -1h`.',
      openshift:
        'Look at the host: `ping {{name}}`, then on it `systemctl status kubelet crio` and `journalctl -u kubelet --since -1h`.',
    },
    'From the host, try the API server that its kubelet uses, and compare the clocks: `date -u`; `curl -k https://<server>:6443/livez`.',
    {
      rke2: 'Start it again: `systemctl restart rke2-agent` (on a server `rke2-server`).',
      k3s: 'Start it again: `systemctl restart k3s-agent` (on a server `k3s`).',
      kubeadm: 'Start it again: `systemctl restart containerd kubelet`.',
      openshift: 'Start it again: `systemctl restart crio kubelet`.',
    },
    'If the host is gone for good: `kubectl delete node {{name}}`, so that its pods and volumes are let go.',
  ],
  tellApart:
    'Ready=Unknown: nothing is heard. Ready=False is a kubelet that reports and says itself what it lacks.',
  causedBy: [
    {
      classes: [
        'node/certificate-invalid',
        'node/kubelet-config',
        'node/join-failed',
        'node/kernel-hung',
        'node/service-fails',
        'node/name-changed',
        'node/kernel-settings',
      ],
      by: 'object',
    },
    { classes: ['control-plane/certificate-expired', 'control-plane/etcd-no-leader'], by: 'cluster' },
  ],
  needs: ['nodes'],
  *detect({ nodes, joins, time }) {
    for (const node of nodes) {
      const index = node.status.conditions.findIndex(({ type }) => type === 'Ready');
      const ready = node.status.conditions[index];
      if (ready?.status !== 'Unknown') continue;
      const name = node.metadata.name;
      const lease = joins.find('leases', 'kube-node-lease', name);
      const renewed = typeof lease === 'string' ? undefined : lease.spec.renewTime;
      const never = ready.reason === 'NodeStatusNeverUpdated';
      const since = parseTime(ready.lastTransitionTime);
      const heard = parseTime(renewed) ?? (never ? undefined : parseTime(ready.lastHeartbeatTime));
      const said = fieldEvidence(
        node.origin,
        `status.conditions[${index}]`,
        `Ready=Unknown ${ready.reason ?? ''}: ${ready.message ?? ''}`,
        ready.lastTransitionTime,
      );
      yield {
        subject: refOf(node),
        message: wordSilence(heard, never, time),
        first: since,
        evidence:
          typeof lease === 'string'
            ? [said]
            : [said, fieldEvidence(lease.origin, 'spec.renewTime', `lease renewed ${renewed ?? 'never'}`)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the kubelet stopped to post its status',
        objects: `
kind: Node
metadata: { name: rke2-agent2 }
status:
  conditions:
    - type: Ready
      status: Unknown
      reason: NodeStatusUnknown
      message: Kubelet stopped posting node status.
      lastHeartbeatTime: '2026-11-22T11:40:02Z'
      lastTransitionTime: '2026-11-22T11:41:12Z'
---
kind: Lease
metadata: { name: rke2-agent2, namespace: kube-node-lease }
spec: { renewTime: '2026-11-22T11:40:20.000000Z' }
`,
      },
      {
        about: 'the kubelet has never posted a status',
        objects: `
kind: Node
metadata: { name: rke2-agent2 }
status:
  conditions:
    - { type: Ready, status: Unknown, reason: NodeStatusNeverUpdated, message: Kubelet never posted node status. }
`,
      },
    ],
    miss: [
      {
        about: 'the node is ready and another condition was never renewed',
        objects: `
kind: Node
metadata: { name: rke2-server1 }
status:
  conditions:
    - { type: DiskPressure, status: Unknown, reason: NodeStatusUnknown }
    - { type: Ready, status: 'True', reason: KubeletReady }
`,
      },
    ],
  },
});

function wordSilence(heard: number | undefined, never: boolean, time: number | undefined): string {
  if (heard === undefined) return never ? 'kubelet has never reported' : 'kubelet no longer reports';
  if (time === undefined) return `kubelet was last heard of at ${formatTime(heard)}`;
  return `kubelet was last heard of ${formatDuration((time - heard) / 1000)} ago`;
}
