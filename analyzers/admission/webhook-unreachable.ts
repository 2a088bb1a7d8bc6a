import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refTo } from '../../src/model/ref.ts';

const CALL = 'failed calling (?:admission )?webhook "([^"]+)"';
/** The Service behind the webhook, from the URL that the API server called. */
const SERVICE = /https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b/;

const WHY: readonly (readonly [RegExp, string])[] = [
  [/no endpoints available for service/, 'its Service has no ready pods'],
  [/service "[^"]*" not found/, 'its Service does not exist'],
  [/connection refused/, 'its pod refuses the connection'],
  [/x509:|tls:/, 'its certificate is not trusted'],
  [/no such host/, 'its name does not resolve'],
  [/context deadline exceeded|i\/o timeout|Client\.Timeout/, 'it does not answer in time'],
  [/no route to host|network is unreachable/, 'there is no route to it'],
];

type Configuration = Of<'mutatingwebhookconfigurations'> | Of<'validatingwebhookconfigurations'>;

export default defineClassifier({
  title: 'Admission webhook cannot be reached',
  stage: 'API server',
  severity: 'critical',
  cause:
    'The API server must ask webhook {{webhook}} before it creates the object, and cannot reach it: {{why}}. With failurePolicy Fail every such request is refused, which may include the pods of the webhook itself.',
  fix: [
    'Look at the webhook and its pods: `kubectl get {{configuration}} -o yaml`, `kubectl -n {{serviceNamespace}} get service,endpointslices,pods`.',
    'Mend the pods of Service {{serviceNamespace}}/{{service}}; for an x509 error run the job that writes its `caBundle` again.',
    'To let requests through meanwhile, save and remove the configuration: `kubectl get {{configuration}} -o yaml > webhook.yaml && kubectl delete {{configuration}}`; install it again when its pods run.',
  ],
  tellApart: 'The webhook did not answer; `denied the request` is an answer (admission/webhook-denied).',
  causedBy: [
    { classes: ['network/*'], by: 'backend' },
    { classes: ['*'], by: 'backend' },
  ],
  needs: ['signals'],
  lines: [CALL],
  *detect({ signals, joins }) {
    for (const signal of signals) {
      if (signal.classifier !== undefined && signal.classifier !== 'admission/webhook-unreachable') continue;
      if (signal.place === 'journal' || signal.place === 'waiting' || signal.place === 'terminated') continue;
      const webhook = new RegExp(CALL).exec(signal.text)?.[1];
      if (webhook === undefined) continue;
      const [, service, namespace] = SERVICE.exec(signal.text) ?? [];
      const why = WHY.find(([expression]) => expression.test(signal.text))?.[1] ?? 'the call failed';
      const configuration = configurationOf(webhook, joins);
      yield {
        subject: signal.object,
        container: signal.container,
        culprit: service ? refTo('Service', namespace, service) : configuration && toRef(configuration.found),
        message: `webhook ${webhook} cannot be called: ${why}`,
        evidence: [signal.evidence, ...(configuration ? [configuration.evidence] : [])],
        values: {
          webhook,
          why,
          ...(service && namespace ? { service, serviceNamespace: namespace } : {}),
          ...(configuration
            ? {
                configuration: `${configuration.found.kind.toLowerCase()} ${configuration.found.metadata.name}`,
              }
            : {}),
        },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the Service of a mesh injector is gone',
        objects: `
kind: ReplicaSet
metadata: { name: meshed-5494567d49, namespace: mesh }
spec: { replicas: 1 }
status:
  replicas: 0
  conditions:
    - type: ReplicaFailure
      status: 'True'
      reason: FailedCreate
      message: 'Internal error occurred: failed calling webhook "inject.mesh.corp.local": failed to call webhook: Post "https://injector.mesh-system.svc:443/m?timeout=5s": service "injector" not found'
---
kind: MutatingWebhookConfiguration
metadata: { name: mesh-injector }
webhooks:
  - name: inject.mesh.corp.local
    failurePolicy: Fail
    clientConfig: { service: { namespace: mesh-system, name: injector, path: /m } }
`,
      },
      {
        about: 'the pods of a policy engine do not answer, and only an event tells',
        objects: `
kind: Event
metadata: { name: cart.1, namespace: shop }
type: Warning
reason: FailedCreate
message: 'Error creating: Internal error occurred: failed calling webhook "validate.policy.svc-fail": failed to call webhook: Post "https://policy.policy-system.svc:443/validate/fail?timeout=10s": context deadline exceeded'
involvedObject: { kind: DaemonSet, namespace: shop, name: cart }
lastTimestamp: '2026-11-22T11:59:00Z'
count: 14
---
kind: DaemonSet
metadata: { name: cart, namespace: shop }
status: { desiredNumberScheduled: 2, numberReady: 0 }
`,
      },
    ],
    miss: [
      {
        about: 'the webhook answered with a refusal',
        objects: `
kind: ReplicaSet
metadata: { name: cart-5494567d49, namespace: shop }
spec: { replicas: 1 }
status:
  conditions:
    - type: ReplicaFailure
      status: 'True'
      reason: FailedCreate
      message: 'admission webhook "validate.policy.svc-fail" denied the request: image must come from registry.local'
`,
      },
      {
        about: 'the event is about an old revision that wants no pods any more',
        objects: `
kind: Event
metadata: { name: cart.1, namespace: shop }
type: Warning
reason: FailedCreate
message: 'Error creating: Internal error occurred: failed calling webhook "validate.policy.svc-fail": failed to call webhook: Post "https://policy.policy-system.svc:443/validate": dial tcp 10.43.1.2:443: connect: connection refused'
involvedObject: { kind: ReplicaSet, namespace: shop, name: cart-5494567d49 }
lastTimestamp: '2026-11-22T11:30:00Z'
---
kind: ReplicaSet
metadata: { name: cart-5494567d49, namespace: shop }
spec: { replicas: 0 }
`,
      },
    ],
  },
});

function toRef({ kind, metadata }: Configuration) {
  return refTo(kind, undefined, metadata.name);
}

/** The configuration that declares a webhook, with the place where it does. */
function configurationOf(webhook: string, joins: Joins) {
  const configurations: readonly Configuration[] = [
    ...joins.inNamespace('mutatingwebhookconfigurations', undefined),
    ...joins.inNamespace('validatingwebhookconfigurations', undefined),
  ];
  for (const found of configurations)
    for (const [index, { name, failurePolicy }] of found.webhooks.entries())
      if (name === webhook)
        return {
          found,
          evidence: fieldEvidence(
            found.origin,
            `webhooks[${index}].failurePolicy`,
            `${found.kind} ${found.metadata.name}: webhook ${webhook}, failurePolicy ${failurePolicy ?? 'Fail'}`,
          ),
        };
  return undefined;
}
