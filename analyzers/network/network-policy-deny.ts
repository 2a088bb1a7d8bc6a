import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refOf } from '../../src/model/ref.ts';
import { count } from '../../src/model/words.ts';

type Policy = Of<'networkpolicies'>;

/** Only what is sure: pods whose DNS fails and for which no policy lets queries to port 53 out. */
export default defineClassifier({
  title: 'NetworkPolicy keeps pods from asking DNS',
  stage: 'network',
  severity: 'high',
  cause:
    'A NetworkPolicy of namespace {{namespace}} denies what is not allowed, and none allows queries to port 53. Pods of {{workload}} resolve no name, whatever it is.',
  fix: [
    'Look at the policies: `kubectl -n {{namespace}} get networkpolicy {{culprit}} -o yaml`.',
    'Allow DNS for the whole namespace with a policy whose `egress` has `to: [{namespaceSelector: {}}]` and `ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]`; RKE2 and OpenShift may listen behind the Service on 5353 too.',
  ],
  tellApart:
    'Names fail although DNS is well and other namespaces resolve; network/coredns-down fails for all.',
  needs: ['networkpolicies', 'pods', 'signals'],
  *detect({ signals, joins }) {
    const told = new Set<Of<'pods'>>();
    for (const { classifier, pod } of signals) {
      if (classifier !== 'app/dns-failure' || !pod) continue;
      const denying = told.has(pod) ? [] : denyingDns(pod, joins);
      const [policy] = denying;
      if (!policy) continue;
      told.add(pod);
      yield {
        subject: refOf(pod),
        culprit: refOf(policy),
        message: `NetworkPolicy ${policy.metadata.name} restricts what leaves the pod and none lets port 53 out`,
        evidence: [
          fieldEvidence(
            policy.origin,
            'spec.egress',
            `${count(policy.spec.egress.length, 'rule')}, none for port 53`,
          ),
          ...denying.slice(1).map(({ origin }) => fieldEvidence(origin, 'spec.egress', 'none for port 53')),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a default deny without an exception for DNS, and names that fail',
        objects: `
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart }] }
status:
  phase: Running
  containerStatuses:
    - { name: cart, ready: false, restartCount: 7, state: { waiting: { reason: CrashLoopBackOff } } }
`,
        files: {
          'logs/shop/cart-0/cart.log': '2026-11-22T11:58:00Z Error: getaddrinfo EAI_AGAIN orders.shop\n',
        },
      },
    ],
    miss: [
      {
        about: 'the policy lets DNS out',
        objects: `
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ ports: [{ port: 53, protocol: UDP }], to: [{ namespaceSelector: {} }] }]
---
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart }] }
status:
  phase: Running
  containerStatuses:
    - { name: cart, ready: false, restartCount: 7, state: { waiting: { reason: CrashLoopBackOff } } }
`,
        files: {
          'logs/shop/cart-0/cart.log': '2026-11-22T11:58:00Z Error: getaddrinfo EAI_AGAIN orders.shop\n',
        },
      },
    ],
  },
});

/** The policies that select a pod for egress, when none of them lets DNS out. */
function denyingDns(pod: Of<'pods'>, joins: Joins): readonly Policy[] {
  const { namespace } = pod.metadata;
  const selecting = joins
    .inNamespace('networkpolicies', namespace)
    .filter(
      ({ spec }) =>
        restrictsEgress(spec) &&
        joins
          .matching(namespace, spec.podSelector ?? { matchLabels: {}, matchExpressions: [] })
          .includes(pod),
    );
  return selecting.some(letsDnsOut) ? [] : selecting;
}

function restrictsEgress({ policyTypes, egress }: Policy['spec']): boolean {
  return policyTypes.includes('Egress') || (policyTypes.length === 0 && egress.length > 0);
}

/** A rule without ports lets all of them out; ports by name and in ranges are given the benefit of the doubt. */
function letsDnsOut({ spec }: Policy): boolean {
  return spec.egress.some(
    ({ ports }) =>
      ports.length === 0 ||
      ports.some(({ port, endPort }) => typeof port !== 'number' || port === 53 || port === 5353 || endPort),
  );
}
