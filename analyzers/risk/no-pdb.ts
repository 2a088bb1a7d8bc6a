import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { isSystemNamespace, together } from '../../src/model/practice.ts';
import { refTo } from '../../src/model/ref.ts';
import { fitsSelector } from '../../src/model/selectors.ts';

/** Where several replicas could be kept up while a node is drained. */
export default defineClassifier({
  title: 'Replicated workloads without a disruption budget',
  stage: 'practice',
  severity: 'info',
  cause: 'Without a PodDisruptionBudget, draining a node may take all replicas of a workload away at once.',
  fix: [
    'Look which there are: `kubectl get pdb -A`.',
    'Add one: `kubectl -n <namespace> create poddisruptionbudget <name> --selector=<labels of the pods> --max-unavailable=1`.',
  ],
  tellApart: 'A budget that allows nothing at all blocks the drain: controller/pdb-blocking.',
  needs: ['deployments', 'statefulsets', 'poddisruptionbudgets', 'nodes'],
  *detect({ deployments, statefulsets, poddisruptionbudgets, nodes }) {
    if (nodes.length < 2) return;
    const lapses = [...deployments, ...statefulsets]
      .filter(({ metadata, spec }) => (spec.replicas ?? 1) > 1 && !isSystemNamespace(metadata.namespace))
      .filter(
        ({ metadata, spec }) =>
          !isGuarded(metadata.namespace, spec.template.metadata.labels, poddisruptionbudgets),
      )
      .map(({ kind, metadata, origin, spec }) => ({
        ref: refTo(kind, metadata.namespace, metadata.name),
        what: `no budget selects its ${spec.replicas} replicas`,
        evidence: fieldEvidence(origin, 'spec.replicas', `replicas: ${spec.replicas}`),
      }));
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'two replicas and two nodes',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2, template: { metadata: { labels: { app: cart } } } }
---
kind: Node
metadata: { name: a }
---
kind: Node
metadata: { name: b }
`,
      },
    ],
    miss: [
      {
        about: 'a budget guards them',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 2, template: { metadata: { labels: { app: cart } } } }
---
kind: Node
metadata: { name: a }
---
kind: Node
metadata: { name: b }
---
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: cart } } }
`,
      },
    ],
  },
});

function isGuarded(
  namespace: string | undefined,
  labels: Readonly<Record<string, string>>,
  budgets: readonly Of<'poddisruptionbudgets'>[],
): boolean {
  return budgets.some(
    ({ metadata, spec }) =>
      metadata.namespace === namespace && spec.selector && fitsSelector(labels, spec.selector),
  );
}
