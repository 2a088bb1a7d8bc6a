import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { fitsTerm } from '../../src/model/placement.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { claimNames } from '../../src/model/storage.ts';
import { alsoRefused, refused } from '../../src/model/unschedulable.ts';

const CONFLICT =
  /volume node affinity conflict|didn't match PersistentVolume's node affinity|no available volume zone|NoVolumeZoneConflict/;

export default defineClassifier({
  title: 'Volume of the pod is tied to a node that cannot take it',
  stage: 'scheduler',
  severity: 'high',
  cause:
    'The data of the pod lie on a volume that only certain nodes can use, here {{tied}}, and none of them can take the pod: gone, not ready, cordoned or full. Local volumes (local-path) never move.',
  fix: [
    'Look where the volume lies: `kubectl get pv -o custom-columns=NAME:.metadata.name,CLAIM:.spec.claimRef.name,NODES:.spec.nodeAffinity.required.nodeSelectorTerms[*].matchExpressions[*].values`.',
    'Bring that node back (`kubectl get nodes`), uncordon it, or make room on it.',
    'When the node is gone for good, so are the data: delete the claim and its volume, scale {{workload}} up again, and restore from a backup.',
  ],
  tellApart: "The node's own labels may fit; it is the volume that is tied.",
  needs: ['signals'],
  causedBy: [
    {
      classes: [...NODE_FAILURES, 'node/cordoned'],
      by: 'node',
    },
  ],
  *detect({ signals, joins }) {
    for (const found of refused(signals, CONFLICT)) {
      const { signal, refusal } = found;
      const tied = signal.pod ? tiedVolumes(signal.pod, joins) : [];
      const [first] = tied;
      const nodes = first ? stateOfNodes(first.volume, joins) : undefined;
      yield {
        subject: signal.object,
        culprit: nodes?.culprit ?? (first && refOf(first.volume)),
        message: `${first && nodes ? `volume ${first.volume.metadata.name} of claim ${first.claim} is tied to ${nodes.text}` : `${refusal.nodes ?? 'all'} ${refusal.why}`}${alsoRefused(found, joins)}`,
        evidence: [
          signal.evidence,
          ...tied.map(({ volume }) =>
            fieldEvidence(volume.origin, 'spec.nodeAffinity', `${volume.metadata.name}: ${wishOf(volume)}`),
          ),
        ],
        values: { tied: first ? wishOf(first.volume) : 'those of its nodeAffinity' },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the node of a local volume was replaced',
        objects: `
kind: Pod
metadata: { name: postgres-0, namespace: data }
spec: { containers: [{ name: postgres, image: reg.local/postgres }], volumes: [{ name: data, persistentVolumeClaim: { claimName: pgdata } }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/1 nodes are available: 1 node(s) had volume node affinity conflict. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.' }
---
kind: PersistentVolumeClaim
metadata: { name: pgdata, namespace: data }
spec: { volumeName: pvc-1 }
status: { phase: Bound }
---
kind: PersistentVolume
metadata: { name: pvc-1 }
spec: { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [agent9] }] }] } } }
status: { phase: Bound }
---
kind: Node
metadata: { name: server1, labels: { kubernetes.io/hostname: server1 } }
`,
      },
      {
        about: 'volumes were not collected, in the newer wording',
        objects: `
kind: Pod
metadata: { name: postgres-0, namespace: data }
spec: { containers: [{ name: postgres, image: reg.local/postgres }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) had untolerated taint(s)." }
`,
      },
    ],
    miss: [
      {
        about: "the pod's own node affinity does not match",
        objects: `
kind: Pod
metadata: { name: postgres-0, namespace: data }
spec: { nodeSelector: { disktype: ssd }, containers: [{ name: postgres, image: reg.local/postgres }] }
status:
  phase: Pending
  conditions:
    - { type: PodScheduled, status: 'False', reason: Unschedulable, message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector." }
`,
      },
    ],
  },
});

type Tied = { readonly claim: string; readonly volume: Of<'persistentvolumes'> };

/** The volumes behind a pod's claims that only certain nodes can use. */
function tiedVolumes({ metadata, spec }: Of<'pods'>, joins: Joins): readonly Tied[] {
  return claimNames(spec).flatMap((claim) => {
    const found = joins.find('persistentvolumeclaims', metadata.namespace, claim);
    const name = typeof found === 'string' ? undefined : found.spec.volumeName;
    const volume = name ? joins.find('persistentvolumes', undefined, name) : 'unknown';
    return typeof volume === 'string' || !volume.spec.nodeAffinity ? [] : [{ claim, volume }];
  });
}

function termsOf({ spec }: Of<'persistentvolumes'>) {
  return spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
}

/** What a volume wants of its node, as a person writes it. */
function wishOf(volume: Of<'persistentvolumes'>): string {
  const wishes = termsOf(volume).flatMap(({ matchExpressions }) =>
    matchExpressions.map(({ key = '', values }) => `${key}=${values.join('|')}`),
  );
  return wishes.join(', ');
}

/** The nodes that a volume can be used on, and how they are. */
function stateOfNodes(volume: Of<'persistentvolumes'>, joins: Joins) {
  const fitting = joins
    .inNamespace('nodes', undefined)
    .filter((node) => termsOf(volume).some((term) => fitsTerm(term, node)));
  const [node] = fitting;
  if (!node) {
    const gone = joins.knowsAll('nodes') ? ', and no node has that' : '';
    return { text: `${wishOf(volume)}${gone}`, culprit: undefined };
  }
  const name = node.metadata.name;
  const state = joins.unreadyNodes().has(name)
    ? ', which is not ready'
    : node.spec.unschedulable
      ? ', which is cordoned'
      : '';
  return { text: `node ${name}${state}`, culprit: state ? refTo('Node', undefined, name) : undefined };
}
