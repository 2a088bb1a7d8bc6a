import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { standingContainers, together } from '../../src/model/practice.ts';

/** Only where the token is mounted, which is the default. */
export default defineClassifier({
  title: 'Workloads with a token of the default ServiceAccount',
  stage: 'practice',
  severity: 'info',
  cause:
    'These pods hold a token for the API server that they probably do not need, of an account that all pods of the namespace share. Whatever right it is given, all of them have.',
  fix: [
    'Look whether they use it at all: `kubectl get rolebindings,clusterrolebindings -A -o wide | grep default`.',
    'Switch the token off (`automountServiceAccountToken: false`), or give the workload its own ServiceAccount.',
  ],
  tellApart: 'A matter of security only.',
  needs: ['containers', 'serviceaccounts'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(({ pod }) => hasDefaultToken(pod, joins))
      .map(({ pod, workload }) => ({
        ref: workload,
        what: `pods hold the token of ServiceAccount ${pod.metadata.namespace ?? ''}/default`,
        evidence: fieldEvidence(pod.origin, 'spec.serviceAccountName', 'default'),
      }));
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a pod runs with the default account',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: ServiceAccount
metadata: { name: default, namespace: shop }
`,
      },
    ],
    miss: [
      {
        about: 'the token is switched off at the account',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, ports: [] }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
---
kind: ServiceAccount
metadata: { name: default, namespace: shop }
automountServiceAccountToken: false
`,
      },
    ],
  },
});

function hasDefaultToken({ metadata, spec }: Of<'pods'>, joins: Joins): boolean {
  if ((spec.serviceAccountName ?? 'default') !== 'default') return false;
  if (spec.automountServiceAccountToken !== undefined) return spec.automountServiceAccountToken;
  const account = joins.find('serviceaccounts', metadata.namespace, 'default');
  return typeof account !== 'string' && account.automountServiceAccountToken !== false;
}
