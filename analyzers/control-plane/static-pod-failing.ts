import { defineClassifier } from '../../src/classifier.ts';
import { containersOf, isFinished, isReady, isUnwell } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refOf } from '../../src/model/ref.ts';
import { times } from '../../src/model/words.ts';

/** The components that run as static pods; their mirror pods show how they are. */
const COMPONENT =
  /^(?:etcd|kube-apiserver|kube-controller-manager|kube-scheduler|cloud-controller-manager|kube-proxy)-/;

/** Static pods are restarted by their kubelet, so only the node's own tools can mend them. */
export default defineClassifier({
  title: 'Control plane component is not ready',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'Static pod {{name}} of node {{node}} is not ready. With several servers the others carry on; with one, what this component does stands still.',
  fix: [
    {
      rke2: 'Look on the node: `export CRI_CONFIG_FILE=/var/lib/rancher/rke2/agent/etc/crictl.yaml; /var/lib/rancher/rke2/bin/crictl ps -a | head; /var/lib/rancher/rke2/bin/crictl logs <id>`.',
      kubeadm: 'Look on the node: `crictl ps -a | head; crictl logs <id>`.',
    },
    {
      rke2: 'Mend what its log says (certificate, disk, port, argument in `/etc/rancher/rke2/config.yaml`), then `systemctl restart rke2-server`.',
      kubeadm:
        'Mend what its log says (certificate, disk, port, argument in `/etc/kubernetes/manifests`); the kubelet starts it again when its file changes.',
    },
  ],
  tellApart: 'A mirror pod may be stale: if the bundle could be collected, at least one API server works.',
  causedBy: [
    { classes: ['control-plane/*', 'app/*', 'exit/*', 'memory/*', 'image/*', 'probe/*'], by: 'object' },
    {
      classes: [
        'node/kubelet-down',
        'node/manifest-invalid',
        'node/not-ready',
        'node/not-ready-runtime',
        'node/pleg',
      ],
      by: 'node',
    },
    {
      classes: ['control-plane/etcd-no-leader', 'control-plane/etcd-space', 'control-plane/etcd-slow'],
      by: 'cluster',
    },
  ],
  needs: ['pods'],
  *detect({ pods, time }) {
    for (const pod of pods) {
      const { annotations, name } = pod.metadata;
      if (!annotations['kubernetes.io/config.mirror'] || !COMPONENT.test(name)) continue;
      if (isReady(pod) || isFinished(pod) || pod.metadata.deletionTimestamp) continue;
      const container = containersOf(pod).find((one) => isUnwell(one, time));
      if (!container) continue;
      const state = container.status?.state.waiting?.reason ?? container.ended?.reason ?? 'not ready';
      yield {
        subject: refOf(pod),
        message: `container ${container.name} is ${container.state} (${state}), restarted ${times(container.restarts)}`,
        evidence: [fieldEvidence(pod.origin, container.statusPath, `${container.state}: ${state}`)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the scheduler of a server crashes',
        objects: `
kind: Pod
metadata: { name: kube-scheduler-server1, namespace: kube-system, annotations: { kubernetes.io/config.mirror: x } }
spec: { nodeName: server1, containers: [{ name: kube-scheduler }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'False' }]
  containerStatuses:
    - { name: kube-scheduler, ready: false, restartCount: 9, state: { waiting: { reason: CrashLoopBackOff } } }
`,
      },
    ],
    miss: [
      {
        about: 'the scheduler runs, and an ordinary pod of a similar name does not',
        objects: `
kind: Pod
metadata: { name: kube-scheduler-server1, namespace: kube-system, annotations: { kubernetes.io/config.mirror: x } }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: Pod
metadata: { name: kube-scheduler-sim-0, namespace: lab }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
  },
});
