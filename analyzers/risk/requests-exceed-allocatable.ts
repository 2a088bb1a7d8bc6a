import { defineClassifier } from '../../src/classifier.ts';
import { amountsOf } from '../../src/model/amounts.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { formatAmount } from '../../src/model/placement.ts';
import { parseQuantity } from '../../src/model/quantity.ts';
import { refTo } from '../../src/model/ref.ts';

/** Told of workloads scaled to zero too: they will wait for ever when they are scaled up. */
export default defineClassifier({
  title: 'Workload asks for more than any node has',
  stage: 'practice',
  severity: 'medium',
  cause:
    'One pod of {{name}} asks for {{asks}}, and the largest node can give {{most}} even when it is empty. It can never be placed.',
  fix: [
    'Look what the nodes can give: `kubectl get nodes -o custom-columns=NAME:.metadata.name,CPU:.status.allocatable.cpu,MEMORY:.status.allocatable.memory`.',
    'Ask for less: `kubectl -n {{namespace}} set resources {{workload}} --requests=<need>`; or add a larger node.',
  ],
  tellApart: 'A pod that waits for it already is scheduling/insufficient-cpu or -memory.',
  yieldsTo: ['scheduling/insufficient-cpu', 'scheduling/insufficient-memory'],
  needs: ['deployments', 'statefulsets', 'nodes'],
  *detect({ deployments, statefulsets, nodes }) {
    for (const { kind, metadata, spec, origin } of [...deployments, ...statefulsets])
      for (const resource of ['cpu', 'memory'] as const) {
        const asks = amountsOf(spec.template.spec, 'requests').get(resource) ?? 0;
        const most = Math.max(...nodes.map(({ status }) => parseQuantity(status.allocatable[resource]) ?? 0));
        if (most <= 0 || asks <= most) continue;
        const word = (amount: number) => formatAmount(resource, amount);
        yield {
          subject: refTo(kind, metadata.namespace, metadata.name),
          message: `a pod asks for ${word(asks)} of ${resource}, the largest node can give ${word(most)}`,
          values: { asks: `${word(asks)} of ${resource}`, most: word(most) },
          evidence: [
            fieldEvidence(origin, 'spec.template.spec.containers', `requests ${resource} ${word(asks)}`),
          ],
        };
      }
  },
  examples: {
    hit: [
      {
        about: 'a pod asks for 512Gi',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
---
kind: Deployment
metadata: { name: trainer, namespace: batch }
spec: { replicas: 0, template: { spec: { containers: [{ name: t, resources: { requests: { memory: 512Gi } } }] } } }
`,
      },
    ],
    miss: [
      {
        about: 'a pod asks for half of a node',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { allocatable: { cpu: '4', memory: 8Gi } }
---
kind: Deployment
metadata: { name: trainer, namespace: batch }
spec: { template: { spec: { containers: [{ name: t, resources: { requests: { cpu: '2', memory: 4Gi } } }] } } }
`,
      },
    ],
  },
});
