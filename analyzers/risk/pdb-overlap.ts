import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refKey, refOf } from '../../src/model/ref.ts';

type Guarded = { readonly pod: Of<'pods'>; readonly by: readonly Of<'poddisruptionbudgets'>[] };

/** The eviction API answers: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support." */
export default defineClassifier({
  title: 'Pods under more than one disruption budget',
  stage: 'practice',
  severity: 'low',
  cause:
    'Several PodDisruptionBudgets select the pods of {{workload}}: {{budgets}}. The API server refuses to evict such a pod, so draining its node never ends.',
  fix: [
    'Look at them: `kubectl -n {{namespace}} get pdb -o wide`.',
    'Keep one of {{budgets}}, or narrow their selectors so that each pod is under one of them.',
  ],
  tellApart: 'One budget that allows no disruption: controller/pdb-blocking.',
  needs: ['pods', 'poddisruptionbudgets'],
  *detect({ poddisruptionbudgets, joins }) {
    const guarded = new Map<string, Guarded>();
    for (const budget of poddisruptionbudgets) {
      const { selector } = budget.spec;
      if (!selector) continue;
      for (const pod of joins.matching(budget.metadata.namespace, selector)) {
        const key = refKey(refOf(pod));
        guarded.set(key, { pod, by: [...(guarded.get(key)?.by ?? []), budget] });
      }
    }
    for (const { pod, by } of guarded.values()) {
      if (by.length < 2 || pod.status.phase !== 'Running') continue;
      const names = by.map(({ metadata }) => metadata.name).sort();
      const [first, ...others] = by.map(({ origin, metadata }) =>
        fieldEvidence(origin, 'spec.selector', `PodDisruptionBudget ${metadata.name} selects it`),
      );
      if (!first) continue;
      yield {
        subject: refOf(pod),
        message: `is under ${names.length} disruption budgets: ${names.join(', ')}`,
        values: { budgets: names.join(', ') },
        evidence: [first, ...others],
      };
    }
  },
  examples: {
    hit: [
      { about: 'a chart and a person have each made one', objects: exampleBudgets('app: cart', 'tier: web') },
    ],
    miss: [{ about: 'each selects pods of its own', objects: exampleBudgets('app: cart', 'tier: batch') }],
  },
});

function exampleBudgets(one: string, other: string): string {
  return `
kind: PodDisruptionBudget
metadata: { name: cart, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { ${one} } } }
---
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { ${other} } } }
---
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart, tier: web } }
spec: { containers: [{ name: cart }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`;
}
