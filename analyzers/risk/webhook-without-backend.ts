import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

/** Before anybody has asked for what the webhook judges; once somebody has, admission/webhook-unreachable tells it. */
export default defineClassifier({
  title: 'Webhook calls a Service that does not exist',
  stage: 'practice',
  severity: 'medium',
  cause:
    'Webhook {{webhook}} with failurePolicy Fail is to be asked at Service {{culprit}}, which does not exist: every request that it is to judge will be refused. Such a configuration is often left over from a program that was removed.',
  fix: [
    'Look at it: `kubectl get {{configuration}} -o yaml`.',
    'Install the program that it belongs to again, or save and remove it: `kubectl get {{configuration}} -o yaml > webhook.yaml && kubectl delete {{configuration}}`.',
  ],
  tellApart: 'A request has been refused because of it already: admission/webhook-unreachable.',
  needs: ['services', 'mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'signals'],
  complete: ['services'],
  *detect({ mutatingwebhookconfigurations, validatingwebhookconfigurations, signals, joins }) {
    for (const { kind, metadata, webhooks, origin } of [
      ...mutatingwebhookconfigurations,
      ...validatingwebhookconfigurations,
    ])
      for (const [index, { name = '', failurePolicy, clientConfig }] of webhooks.entries()) {
        const { namespace, name: service } = clientConfig?.service ?? {};
        // The default of v1 is Fail.
        if (!service || (failurePolicy ?? 'Fail') !== 'Fail') continue;
        if (joins.find('services', namespace, service) !== 'absent') continue;
        if (signals.some(({ text }) => text.includes(`webhook "${name}"`))) continue;
        yield {
          subject: refTo(kind, undefined, metadata.name),
          culprit: refTo('Service', namespace, service),
          message: `webhook ${name} is to call Service ${namespace ?? ''}/${service}, which does not exist`,
          values: { webhook: name, configuration: `${kind.toLowerCase()} ${metadata.name}` },
          evidence: [
            fieldEvidence(
              origin,
              `webhooks[${index}].clientConfig.service`,
              `${namespace ?? ''}/${service}, failurePolicy: ${failurePolicy ?? 'Fail'}`,
            ),
          ],
        };
      }
  },
  examples: {
    hit: [
      {
        about: 'the policy engine was removed and its webhook was left',
        objects: exampleWebhook('Fail'),
      },
    ],
    miss: [
      { about: 'requests pass when it does not answer', objects: exampleWebhook('Ignore') },
      {
        about: 'its Service is there',
        objects: `${exampleWebhook('Fail')}---
kind: Service
metadata: { name: policy, namespace: policy-system }
spec: { clusterIP: 10.43.7.7, ports: [{ port: 443 }] }
`,
      },
      {
        about: 'a request has been refused already',
        objects: `${exampleWebhook('Fail')}---
kind: Event
metadata: { name: cart.1, namespace: shop }
type: Warning
reason: FailedCreate
message: 'Error creating: Internal error occurred: failed calling webhook "validate.policy.svc-fail": failed to call webhook: Post "https://policy.policy-system.svc:443/validate": service "policy" not found'
involvedObject: { kind: DaemonSet, namespace: shop, name: cart }
lastTimestamp: '2026-11-22T11:59:00Z'
---
kind: DaemonSet
metadata: { name: cart, namespace: shop }
status: { desiredNumberScheduled: 2, numberReady: 0 }
`,
      },
    ],
  },
});

function exampleWebhook(failurePolicy: string): string {
  return `
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks:
  - name: validate.policy.svc-fail
    failurePolicy: ${failurePolicy}
    clientConfig: { service: { namespace: policy-system, name: policy, path: /validate } }
`;
}
