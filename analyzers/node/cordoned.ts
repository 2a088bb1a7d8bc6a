import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

/** Meant by somebody, and often forgotten afterwards. */
export default defineClassifier({
  title: 'Node is cordoned',
  stage: 'node',
  severity: 'info',
  cause: 'Somebody, or an upgrade that was not finished, has cordoned {{name}}: no new pod is placed there.',
  fix: [
    'Look whether the maintenance is over: `kubectl describe node {{name}}`.',
    'Then give it back: `kubectl uncordon {{name}}`.',
  ],
  tellApart:
    'A wish, not a failure; it matters where pods find no node for it (scheduling/node-unschedulable).',
  needs: ['nodes'],
  *detect({ nodes }) {
    for (const { metadata, spec, origin } of nodes) {
      if (!spec.unschedulable) continue;
      yield {
        subject: refTo('Node', undefined, metadata.name),
        message: 'takes no new pods',
        evidence: [fieldEvidence(origin, 'spec.unschedulable', 'unschedulable: true')],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a node is cordoned',
        objects: `
kind: Node
metadata: { name: agent1 }
spec: { unschedulable: true, taints: [{ key: node.kubernetes.io/unschedulable, effect: NoSchedule }] }
`,
      },
    ],
    miss: [
      {
        about: 'a node has a taint of another kind',
        objects: `
kind: Node
metadata: { name: agent1 }
spec: { taints: [{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }] }
`,
      },
    ],
  },
});
