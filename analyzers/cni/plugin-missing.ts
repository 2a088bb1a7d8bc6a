import { type Detection, defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { containersOf, isAwaitingTurn } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refKey, refOf, refTo } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';

/** CRI-O and Multus list several folders. */
const TEXT = /failed to find plugin "([^"]+)" in path \[([^\]\s]*)/;

function toDetection(signal: Signal, plugin: string, path: string): Detection {
  const { object, pod, evidence, first, last } = signal;
  return {
    subject: object,
    culprit: refTo('CNIPlugin', undefined, plugin),
    message: `network plugin ${plugin} is not in ${path} of node ${pod?.spec.nodeName ?? ''}`.trimEnd(),
    evidence: [evidence],
    values: { plugin, path },
    first,
    last,
  };
}

/** Whether a pod was placed and still has no sandbox: none of its containers was ever started. */
function lacksSandbox(pod: Of<'pods'>): boolean {
  if (pod.spec.hostNetwork || pod.metadata.deletionTimestamp || pod.status.phase !== 'Pending') return false;
  const containers = containersOf(pod).filter(({ status }) => status);
  return (
    containers.length > 0 &&
    containers.every(
      ({ status, ended }) => !ended && status?.state.waiting && isAwaitingTurn(status.state.waiting.reason),
    )
  );
}

/** What the pod's own events say of its sandbox; the kubelet drops events when it has many. */
function sandboxEvent(pod: Of<'pods'>, signals: readonly Signal[]): Signal | undefined {
  const key = refKey(refOf(pod));
  return signals
    .filter(
      ({ place, object, text }) =>
        place === 'event' && refKey(object) === key && /sandbox|network/.test(text),
    )
    .sort((a, b) => (b.last ?? 0) - (a.last ?? 0))[0];
}

/** The pods beside a told one, on the same node, that have no sandbox either: the program is missing for all of them. */
function* beside(
  told: Detection,
  node: string,
  joins: Joins,
  signals: readonly Signal[],
): Iterable<Detection> {
  for (const pod of joins.podsOn(node)) {
    const signal = lacksSandbox(pod) ? sandboxEvent(pod, signals) : undefined;
    if (!signal || TEXT.test(signal.text)) continue;
    const own: Evidence = fieldEvidence(pod.origin, 'spec.nodeName', `nodeName: ${node}`);
    yield {
      ...told,
      subject: signal.object,
      evidence: [signal.evidence, own, ...told.evidence],
      first: signal.first,
      last: signal.last,
    };
  }
}

export default defineClassifier({
  title: "Network plugin's program is missing on the node",
  stage: 'container runtime',
  severity: 'critical',
  cause:
    "The CNI configuration of node {{node}} names the plugin `{{plugin}}`, but its program is not in {{path}}. The network plugin's DaemonSet has not put it there, it was removed, or the runtime looks in another folder. No pod with its own network can start on this node.",
  fix: [
    "Look on node {{node}}: `ls -l {{path}} /opt/cni/bin /usr/libexec/cni; crictl info | grep -iE 'binDir|confDir'`.",
    {
      rke2: "Make the plugin's pod on this node anew, its init container copies the programs: `kubectl -n kube-system get pods -o wide --field-selector spec.nodeName={{node}} | grep -iE 'canal|cilium|calico|multus'`, then delete it.",
      k3s: 'k3s brings its programs in `/var/lib/rancher/k3s/data/current/bin`: restart it (`systemctl restart k3s-agent`), or put the plugin of your own into that folder.',
      kubeadm:
        "Install the package `kubernetes-cni` or unpack the cni-plugins tarball into `/opt/cni/bin`, and make the plugin's pod on this node anew.",
    },
    'If the programs are in another folder, name that one in the runtime: `bin_dir` of `[plugins."io.containerd.grpc.v1.cri".cni]` in containerd\'s configuration.',
  ],
  tellApart:
    'The configuration is there, the program is not; without a configuration it is cni/not-initialized.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    const nodes = new Map<string, Detection>();
    for (const signal of signals) {
      if (signal.place !== 'event' && signal.place !== 'waiting') continue;
      const [, plugin, path = ''] = TEXT.exec(signal.text) ?? [];
      if (!plugin) continue;
      const detection = toDetection(signal, plugin, path);
      yield detection;
      if (signal.pod?.spec.nodeName) nodes.set(signal.pod.spec.nodeName, detection);
    }
    for (const [node, told] of nodes) yield* beside(told, node, joins, signals);
  },
  examples: {
    hit: [
      {
        about:
          'a node lost the program of its network plugin, and another pod of the node has no sandbox either',
        objects: `
kind: Pod
metadata: { name: lathe-8d754f68-2gd97, namespace: plant, uid: u1 }
spec: { nodeName: server1, containers: [{ name: lathe, image: reg.local/lathe }] }
status:
  phase: Pending
  containerStatuses: [{ name: lathe, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: lathe.1, namespace: plant }
involvedObject: { kind: Pod, namespace: plant, name: lathe-8d754f68-2gd97, uid: u1 }
type: Warning
reason: FailedCreatePodSandBox
message: '(combined from similar events): Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "06a41046bd05": plugin type="calico" failed (add): failed to find plugin "calico" in path [/usr/lib/cni]'
count: 16
lastTimestamp: '2026-11-22T11:59:00Z'
---
kind: Pod
metadata: { name: press-558bfd9444-cp9mv, namespace: plant, uid: u2 }
spec: { nodeName: server1, containers: [{ name: press, image: reg.local/press }] }
status:
  phase: Pending
  containerStatuses: [{ name: press, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: press.1, namespace: plant }
involvedObject: { kind: Pod, namespace: plant, name: press-558bfd9444-cp9mv, uid: u2 }
type: Normal
reason: SandboxChanged
message: Pod sandbox changed, it will be killed and re-created.
count: 25
lastTimestamp: '2026-11-22T11:59:30Z'
`,
      },
      {
        about: 'CRI-O and Multus look in two folders',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { nodeName: server1, containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1 }
type: Warning
reason: FailedCreatePodSandBox
message: 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create pod network sandbox k8s_cart-0_shop_ab12_0(06a4): error adding pod shop_cart-0 to CNI network "multus-cni-network": failed to find plugin "multus" in path [/opt/cni/bin /usr/libexec/cni]'
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'the program is there, Flannel is not up',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { nodeName: server1, containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1 }
type: Warning
reason: FailedCreatePodSandBox
message: 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "06a4": plugin type="flannel" failed (add): open /run/flannel/subnet.env: no such file or directory'
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
