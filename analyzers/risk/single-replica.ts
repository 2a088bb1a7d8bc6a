import type { Facts } from '../../src/classifier.ts';
import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { isSystemNamespace, together } from '../../src/model/practice.ts';
import { formatRef, type Ref, refKey, refTo } from '../../src/model/ref.ts';
import { isSelected } from '../../src/model/selectors.ts';

/** Only where much depends on it: a webhook that must answer, or an Ingress. */
export default defineClassifier({
  title: 'One replica behind a webhook or an Ingress',
  stage: 'practice',
  severity: 'low',
  cause:
    'While the only pod behind it restarts or moves, a webhook with `failurePolicy: Fail` keeps every object that it watches from being made, and an Ingress answers with an error.',
  fix: [
    'Look which it is: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,ingresses -A`.',
    'Run two on different nodes: `kubectl -n <namespace> scale <workload> --replicas=2` with a `topologySpreadConstraint` over `kubernetes.io/hostname`.',
  ],
  tellApart: 'Operators that elect a leader do well with one.',
  needs: [
    'deployments',
    'services',
    'ingresses',
    'validatingwebhookconfigurations',
    'mutatingwebhookconfigurations',
    'nodes',
  ],
  *detect(facts) {
    if (facts.nodes.length < 2) return;
    const lapses = frontServices(facts).flatMap(({ service, front }) =>
      facts.deployments
        .filter(({ metadata, spec }) => (spec.replicas ?? 1) === 1 && !isSystemNamespace(metadata.namespace))
        .filter(({ metadata, spec }) =>
          isBehind(service, metadata.namespace, spec.template.metadata.labels, facts.joins),
        )
        .map(({ metadata, origin }) => ({
          ref: refTo('Deployment', metadata.namespace, metadata.name),
          what: `${formatRef(front)} needs it through Service ${service.name}`,
          evidence: fieldEvidence(origin, 'spec.replicas', 'replicas: 1'),
        })),
    );
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'a webhook that must answer has one pod',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 1, template: { metadata: { labels: { app: cart } } } }
---
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: policy.shop.local, failurePolicy: Fail, clientConfig: { service: { namespace: shop, name: cart } } }]
---
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 443 }] }
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
        about: 'the webhook may fail',
        objects: `
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 1, template: { metadata: { labels: { app: cart } } } }
---
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: policy.shop.local, failurePolicy: Ignore, clientConfig: { service: { namespace: shop, name: cart } } }]
---
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 443 }] }
---
kind: Node
metadata: { name: a }
---
kind: Node
metadata: { name: b }
`,
      },
    ],
  },
});

type Fronts = Pick<
  Facts<'ingresses' | 'validatingwebhookconfigurations' | 'mutatingwebhookconfigurations'>,
  'ingresses' | 'validatingwebhookconfigurations' | 'mutatingwebhookconfigurations'
>;

/** A Service, and the Ingress or webhook configuration that leads to it. */
type Front = { readonly service: Ref; readonly front: Ref };

/** The Services that Ingresses lead to and that webhooks must reach, each once. */
function frontServices(facts: Fronts): Front[] {
  const fronts = new Map<string, Front>();
  const add = (service: Ref, front: Ref) => {
    if (!fronts.has(refKey(service))) fronts.set(refKey(service), { service, front });
  };
  for (const { kind, metadata, spec } of facts.ingresses)
    for (const { http } of spec.rules)
      for (const { backend } of http.paths)
        if (backend?.service?.name)
          add(
            refTo('Service', metadata.namespace, backend.service.name),
            refTo(kind, metadata.namespace, metadata.name),
          );
  for (const { kind, metadata, webhooks } of [
    ...facts.validatingwebhookconfigurations,
    ...facts.mutatingwebhookconfigurations,
  ])
    for (const { failurePolicy, clientConfig } of webhooks)
      if (failurePolicy !== 'Ignore' && clientConfig.service)
        add(
          refTo('Service', clientConfig.service.namespace, clientConfig.service.name ?? ''),
          refTo(kind, undefined, metadata.name),
        );
  return [...fronts.values()];
}

function isBehind(
  { namespace: of, name }: Ref,
  namespace: string | undefined,
  labels: Readonly<Record<string, string>>,
  joins: Joins,
): boolean {
  const service = of === namespace ? joins.find('services', namespace, name) : 'absent';
  return typeof service !== 'string' && isSelected(labels, service.spec.selector);
}
