import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { isReady } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { type Ref, refOf, refTo } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

const PATIENCE = 60;

export default defineClassifier({
  title: 'No scheduler has looked at the pod',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod waits without a node, and scheduler {{scheduler}} has said nothing of it: the kube-scheduler does not run, or the pod names a scheduler that is not installed.',
  fix: [
    'Look which scheduler the pod names and whether one works: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath="{.spec.schedulerName}"`, `kubectl -n kube-system get lease kube-scheduler -o yaml`.',
    {
      rke2: 'Look at it on the servers: `crictl ps -a --name kube-scheduler`, `/var/log/pods/kube-system_kube-scheduler-*`; its manifest is `/var/lib/rancher/rke2/agent/pod-manifests/kube-scheduler.yaml`.',
      k3s: 'It runs inside the k3s process: `journalctl -u k3s | grep -i scheduler | tail -50`.',
      kubeadm:
        'Look at it on the control plane: `crictl ps -a --name kube-scheduler`; its manifest is `/etc/kubernetes/manifests/kube-scheduler.yaml`.',
    },
    'For a name of its own install that scheduler, or remove `schedulerName` from {{workload}}.',
  ],
  tellApart:
    'A scheduler that finds no node says so in condition PodScheduled; here that condition is missing.',
  needs: ['pods'],
  causedBy: [{ classes: ['control-plane/static-pod-failing'], by: 'culprit' }],
  *detect({ pods, joins, time }) {
    const failing = failingScheduler(pods);
    for (const pod of pods) {
      const { metadata, spec, status, origin } = pod;
      if (status.phase !== 'Pending' || spec.nodeName || spec.schedulingGates.length > 0) continue;
      // A pod that a scheduler or a kubelet has seen has conditions.
      if (metadata.deletionTimestamp || status.conditions.length > 0 || status.containerStatuses.length > 0)
        continue;
      const created = parseTime(metadata.creationTimestamp);
      if (created === undefined || time === undefined || (time - created) / 1000 < PATIENCE) continue;
      const subject = refTo('Pod', metadata.namespace, metadata.name);
      if (joins.eventsOf(subject).length > 0) continue;
      const scheduler = spec.schedulerName ?? 'default-scheduler';
      yield {
        subject,
        culprit: scheduler === 'default-scheduler' ? failing : undefined,
        message: `pending for ${formatDuration((time - created) / 1000)}, and scheduler ${scheduler} has not said anything of it`,
        evidence: [
          fieldEvidence(origin, 'status.conditions', 'no condition PodScheduled'),
          fieldEvidence(origin, 'spec.schedulerName', `schedulerName: ${scheduler}`),
        ],
        values: { scheduler },
        first: created,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the pod names a scheduler that nobody installed',
        objects: `
kind: Pod
metadata: { name: trainer-0, namespace: batch, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { schedulerName: volcano, containers: [{ name: trainer, image: reg.local/trainer }] }
status: { phase: Pending }
`,
      },
    ],
    miss: [
      {
        about: 'the pod was made a moment ago',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, creationTimestamp: '2026-11-22T11:59:40Z' }
spec: { schedulerName: default-scheduler, containers: [{ name: cart, image: reg.local/cart }] }
status: { phase: Pending }
`,
      },
      {
        about: 'the scheduler has looked and found no node',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, creationTimestamp: '2026-11-22T11:00:00Z' }
spec: { schedulerName: default-scheduler, containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions: [{ type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 Insufficient cpu.' }]
`,
      },
    ],
  },
});

/** The static pod of the cluster's own scheduler, when none of its kind is ready. */
function failingScheduler(pods: readonly Of<'pods'>[]): Ref | undefined {
  const own = pods.filter(
    ({ metadata }) =>
      metadata.annotations['kubernetes.io/config.mirror'] && metadata.name.startsWith('kube-scheduler-'),
  );
  const [first] = own;
  return first && !own.some(isReady) ? refOf(first) : undefined;
}
