import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refKey } from '../../src/model/ref.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const AFFINITY =
  /didn't (?:match|satisfy) (?:existing )?(?:pods? )?(?:anti-)?affinity(?:\/anti-affinity)?(?: rules)?|MatchInterPodAffinity/;

export default defineClassifier({
  title: 'Pod affinity or anti-affinity fits no node',
  stage: 'scheduler',
  severity: 'medium',
  cause:
    'A required pod (anti-)affinity rule rules the nodes out. With required anti-affinity each replica needs a node (or zone) of its own: more replicas than those can never all run.',
  fix: [
    'Look at the rule and where the other pods run: `kubectl -n {{namespace}} get {{workload}} -o yaml | grep -A14 -i affinity`, `kubectl -n {{namespace}} get pods -o wide`.',
    'Run no more replicas than there are nodes, or make the rule a wish: `preferredDuringSchedulingIgnoredDuringExecution`.',
    'Where the rule asks for company (podAffinity), start the pods that it names first.',
  ],
  tellApart: "A mismatch with the node's labels says `node affinity/selector` instead.",
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const found of refused(signals, AFFINITY)) {
      const { signal, refusal } = found;
      const { pod } = signal;
      const running = pod ? joins.podsOf(joins.workloadOf(pod)).filter(({ spec }) => spec.nodeName) : [];
      const rule = pod && ruleOf(pod, /anti/.test(refusal.why));
      const apart =
        rule?.anti && running.length > 0 && pod && refKey(joins.workloadOf(pod)) !== refKey(signal.object);
      const taken = apart
        ? `each pod needs its own ${rule.topologyKey}, and ${running.length === 1 ? 'one pod of its workload already runs' : `${running.length} pods of its workload already run`} on ${[...new Set(running.map(({ spec }) => spec.nodeName ?? ''))].join(', ')}`
        : `${refusal.nodes ?? 'all'} ${refusal.why}`;
      yield {
        subject: signal.object,
        message: `${taken}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...(pod && rule ? [fieldEvidence(pod.origin, rule.path, `topologyKey: ${rule.topologyKey}`)] : []),
        ],
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'two replicas must not share a node, and there is one',
        objects: `
kind: Pod
metadata: { name: proxy-7f8c6b6d7d-zkgmz, namespace: edge, labels: { app: proxy }, ownerReferences: [{ kind: ReplicaSet, name: proxy-7f8c6b6d7d, controller: true }] }
spec:
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: proxy } }, topologyKey: kubernetes.io/hostname }] } }
  containers: [{ name: proxy, image: reg.local/proxy }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/2 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling." }
---
kind: Pod
metadata: { name: proxy-7f8c6b6d7d-9np74, namespace: edge, labels: { app: proxy }, ownerReferences: [{ kind: ReplicaSet, name: proxy-7f8c6b6d7d, controller: true }] }
spec: { nodeName: server1, containers: [{ name: proxy, image: reg.local/proxy }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
      {
        about: 'the pods that it wants to be near to do not run',
        objects: `
kind: Pod
metadata: { name: cache-0, namespace: shop }
spec:
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: cart } }, topologyKey: kubernetes.io/hostname }] } }
  containers: [{ name: cache, image: reg.local/cache }]
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/3 nodes are available: 3 node(s) didn't match pod affinity rules, 3 node(s) didn't match pod affinity/anti-affinity rules." }
`,
      },
    ],
    miss: [
      {
        about: 'the node labels do not match',
        objects: `
kind: Pod
metadata: { name: cache-0, namespace: shop }
spec: { nodeSelector: { disktype: ssd }, containers: [{ name: cache, image: reg.local/cache }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector." }
`,
      },
    ],
  },
});

/** The first required rule of a pod, anti-affinity where the scheduler speaks of that. */
function ruleOf({ spec }: Of<'pods'>, anti: boolean) {
  const field = anti || !spec.affinity?.podAffinity ? 'podAntiAffinity' : 'podAffinity';
  const [term] = spec.affinity?.[field]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (!term?.topologyKey) return undefined;
  const path = `spec.affinity.${field}.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey`;
  return { anti: field === 'podAntiAffinity', topologyKey: term.topologyKey, path };
}
