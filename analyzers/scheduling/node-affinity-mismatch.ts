import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { unmetLabels, wantedLabels } from '../../src/model/placement.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const MISMATCH =
  /didn't match (?:Pod's )?node (?:affinity\/selector|affinity|selector)|MatchNodeSelector|^NodeAffinity$/;

export default defineClassifier({
  title: "Node labels do not match the pod's nodeSelector or affinity",
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The pod may only run on nodes with {{labels}}. No node that could take it has these labels; often they were lost when a node was installed again.',
  fix: [
    'Look at the labels: `kubectl get nodes --show-labels`, and at the wish: `kubectl -n {{namespace}} get {{workload}} -o yaml | grep -A12 -i -e nodeSelector -e nodeAffinity`.',
    'Label a node that fits: `kubectl label node <node> {{label}}`, or correct the selector of {{workload}}.',
    {
      rke2: 'To keep labels over a new installation write them as `node-label` into `/etc/rancher/rke2/config.yaml` of the node.',
      k3s: 'To keep labels over a new installation write them as `node-label` into `/etc/rancher/k3s/config.yaml` of the node.',
    },
  ],
  tellApart: 'A taint keeps pods off although the labels fit: scheduling/untolerated-taint.',
  needs: ['signals'],
  *detect({ signals, joins }) {
    const nodes = joins.inNamespace('nodes', undefined);
    for (const found of refused(signals, MISMATCH)) {
      const { signal, refusal } = found;
      const spec = signal.pod?.spec;
      const wanted = spec ? wantedLabels(spec) : [];
      const unmet = spec && joins.knowsAll('nodes') ? unmetLabels(spec, nodes) : [];
      const what = unmet.length > 0 ? `no node has label ${unmet.join(', ')}` : refusal.why;
      const where =
        signal.pod && Object.keys(signal.pod.spec.nodeSelector).length > 0
          ? 'spec.nodeSelector'
          : 'spec.affinity';
      yield {
        subject: signal.object,
        message: `${what}${unmet.length === 0 && wanted.length > 0 ? `: wants ${wanted.join(', ')}` : ''}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...(signal.pod && wanted.length > 0
            ? [fieldEvidence(signal.pod.origin, where, wanted.join(', '))]
            : []),
        ],
        values: {
          ...(wanted.length > 0
            ? { labels: wanted.join(', ') }
            : { labels: 'the labels of its nodeSelector or affinity' }),
          ...(unmet[0] ? { label: unmet[0] } : {}),
        },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'no node has the label that the nodeSelector wants',
        objects: `
kind: Pod
metadata: { name: ssd-only-5bb96988d9-2vx7x, namespace: batch }
spec: { nodeSelector: { disktype: ssd }, containers: [{ name: ssd, image: reg.local/ssd }] }
status:
  phase: Pending
  conditions:
    - type: PodScheduled
      status: 'False'
      reason: Unschedulable
      message: "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling."
---
kind: Node
metadata: { name: server1, labels: { kubernetes.io/hostname: server1 } }
`,
      },
      {
        about: 'the affinity names a zone that exists nowhere, told by an older scheduler',
        objects: `
kind: Pod
metadata: { name: search-0, namespace: shop }
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [north, south] }] }]
  containers: [{ name: search, image: reg.local/search }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match node selector." }
---
kind: Node
metadata: { name: server1, labels: { zone: west } }
`,
      },
    ],
    miss: [
      {
        about: 'a taint keeps the pod off',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: db}.' }
`,
      },
      {
        about: 'a volume is bound to another node',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity." }
`,
      },
    ],
  },
});
