import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { formatBytes, parseQuantity } from '../../src/model/quantity.ts';
import { refTo } from '../../src/model/ref.ts';

const NEAR = 0.9;

/** What `kubectl top nodes` saw, against what the node can give to pods. */
export default defineClassifier({
  title: 'Memory of the node is nearly used up',
  stage: 'practice',
  severity: 'medium',
  cause:
    'The pods of {{name}} use {{used}} of the {{most}} that it can give them. Below 100 MiB the kubelet begins to evict pods.',
  fix: [
    'Look what uses it: `kubectl top pods -A --sort-by=memory | head -20`.',
    'Move a workload away, or add memory or a node.',
  ],
  tellApart: 'A node that is below the threshold already is node/memory-pressure.',
  yieldsTo: ['node/memory-pressure'],
  needs: ['nodes', 'nodeUsage'],
  *detect({ nodeUsage, joins }) {
    for (const { node: name, memory, origin } of nodeUsage) {
      const node = joins.find('nodes', undefined, name);
      const most = typeof node === 'string' ? undefined : parseQuantity(node.status.allocatable.memory);
      if (memory === undefined || !most || memory < NEAR * most) continue;
      const values = { used: formatBytes(memory), most: formatBytes(most) };
      yield {
        subject: refTo('Node', undefined, name),
        message: `uses ${values.used} of ${values.most} memory (${Math.round((memory / most) * 100)}%)`,
        values,
        evidence: [fieldEvidence(origin, 'memory', `${name} ${values.used}`)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: '7.6 of 8 GiB are used',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
`,
        files: {
          'top/nodes.txt':
            'NAME     CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)\nagent1   812m         20%      7782Mi          95%\n',
        },
      },
    ],
    miss: [
      {
        about: 'half of it is used',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
`,
        files: {
          'top/nodes.txt':
            'NAME     CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)\nagent1   812m         20%      4096Mi          50%\n',
        },
      },
    ],
  },
});
