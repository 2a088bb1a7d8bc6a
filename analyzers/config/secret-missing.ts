import { defineClassifier } from '../../src/classifier.ts';
import { missingObjects } from '../../src/model/missing-object.ts';

export default defineClassifier({
  title: 'Secret of the environment does not exist',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'The container takes its environment from Secret {{culprit}}, which the kubelet does not find in namespace {{namespace}}. It was not created, was created in another namespace, or whatever should write it (an operator, a sealed or external secret) has not done so.',
  fix: [
    'Look which there are, here and elsewhere: `kubectl -n {{namespace}} get secrets; kubectl get secrets -A | grep -i {{culprit}}`.',
    'Create it: `kubectl -n {{namespace}} create secret generic {{culprit}} --from-env-file=<file>`, or mend what should write it. The pod starts by itself within a minute.',
    'Or correct the name in {{workload}}: `kubectl -n {{namespace}} edit {{workload}}`; `optional: true` lets the container start without it.',
  ],
  tellApart:
    'A Secret that a volume needs is told by FailedMount (volume/mount-secret-missing); a missing pull secret never blocks by itself (config/pull-secret-missing).',
  needs: ['signals'],
  *detect({ signals, joins }) {
    yield* missingObjects('Secret', signals, joins);
  },
  examples: {
    hit: [
      {
        about: 'the Secret of one variable is missing',
        objects: `
kind: Pod
metadata: { name: checkout-7fcfd54fbf-l9fjx, namespace: shop }
spec:
  containers:
    - name: checkout
      image: reg.local/checkout
      env: [{ name: PAYPAL_KEY, valueFrom: { secretKeyRef: { name: api-keys, key: paypal } } }]
status:
  phase: Pending
  containerStatuses:
    - name: checkout
      ready: false
      restartCount: 0
      state: { waiting: { reason: CreateContainerConfigError, message: 'secret "api-keys" not found' } }
`,
      },
      {
        about: 'an older kubelet says secrets',
        objects: `
kind: Pod
metadata: { name: checkout-0, namespace: shop }
spec: { containers: [{ name: checkout, image: reg.local/checkout }] }
status:
  phase: Pending
  containerStatuses:
    - name: checkout
      ready: false
      restartCount: 0
      state: { waiting: { reason: CreateContainerConfigError, message: 'secrets "api-keys" not found' } }
`,
      },
    ],
    miss: [
      {
        about: 'the pull secret is missing',
        objects: `
kind: Pod
metadata: { name: checkout-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: checkout, image: reg.local/checkout }] }
status: { phase: Pending }
---
kind: Event
metadata: { name: checkout-0.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: checkout-0, uid: u1 }
type: Warning
reason: FailedToRetrieveImagePullSecret
message: 'Unable to retrieve pull secret shop/regcred for shop/checkout-0 due to secret "regcred" not found.  The image pull may not succeed.'
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
