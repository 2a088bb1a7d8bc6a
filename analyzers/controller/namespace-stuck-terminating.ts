import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { type Ref, refTo } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

const PATIENCE = 300;
const TELLING = [
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceFinalizersRemaining',
  'NamespaceContentRemaining',
  'NamespaceDeletionContentFailure',
];

export default defineClassifier({
  title: 'Namespace is being deleted and does not go',
  stage: 'controller',
  severity: 'medium',
  cause:
    'The namespace waits since {{overdue}} for what is still in it. Either an aggregated API does not answer, so nobody can tell whether the namespace is empty, or objects carry finalizers whose controller is gone.',
  fix: [
    'Look what is left: `kubectl get namespace {{name}} -o jsonpath="{.status.conditions}"`, `kubectl api-resources --verbs=list --namespaced -o name | xargs -n1 kubectl get -n {{name}} --ignore-not-found --show-kind`.',
    'For a failed discovery mend or delete the APIService that the message names: `kubectl get apiservices | grep False`.',
    'For finalizers bring the controller back; only when it is gone for good remove them from the object: `kubectl -n {{name}} patch <kind>/<object> --type=merge -p \'{"metadata":{"finalizers":null}}\'`.',
  ],
  tellApart:
    '`Discovery failed` is an APIService that is down; `finalizers remain` an operator that was removed first.',
  needs: ['namespaces'],
  causedBy: [{ classes: ['control-plane/apiservice-unavailable'], by: 'culprit' }],
  *detect({ namespaces, time }) {
    for (const { metadata, status, origin } of namespaces) {
      const since = parseTime(metadata.deletionTimestamp);
      if (since === undefined || time === undefined || (time - since) / 1000 < PATIENCE) continue;
      const overdue = formatDuration((time - since) / 1000);
      const index = TELLING.map((wanted) =>
        status.conditions.findIndex(({ type, status: is }) => type === wanted && is === 'True'),
      ).find((at) => at >= 0);
      const condition = index === undefined ? undefined : status.conditions[index];
      const message = condition?.message?.replace(/\s+/g, ' ').replace(/\.$/, '');
      yield {
        subject: refTo('Namespace', undefined, metadata.name),
        culprit: apiServiceIn(message ?? ''),
        message: `deleted ${overdue} ago and still there${message ? `: ${message}` : ''}`,
        evidence: [
          fieldEvidence(
            origin,
            'metadata.deletionTimestamp',
            `deletionTimestamp: ${metadata.deletionTimestamp ?? ''}`,
            metadata.deletionTimestamp,
          ),
          ...(condition
            ? [
                fieldEvidence(
                  origin,
                  `status.conditions[${index ?? 0}]`,
                  `${condition.type ?? ''}=True ${condition.reason ?? ''}: ${message ?? ''}`,
                ),
              ]
            : []),
        ],
        values: { overdue },
        first: since,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the metrics API does not answer',
        objects: `
kind: Namespace
metadata: { name: old-shop, deletionTimestamp: '2026-11-22T10:00:00Z' }
status:
  phase: Terminating
  conditions:
    - type: NamespaceDeletionDiscoveryFailure
      status: 'True'
      reason: DiscoveryFailed
      message: 'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: the server is currently unable to handle the request'
`,
      },
      {
        about: 'an operator was removed before its objects',
        objects: `
kind: Namespace
metadata: { name: mesh, deletionTimestamp: '2026-11-22T10:00:00Z' }
status:
  phase: Terminating
  conditions:
    - { type: NamespaceContentRemaining, status: 'True', reason: SomeResourcesRemain, message: 'Some resources are remaining: meshes.mesh.corp.local has 1 resource instances' }
    - { type: NamespaceFinalizersRemaining, status: 'True', reason: SomeFinalizersRemain, message: 'Some content in the namespace has finalizers remaining: mesh.corp.local/cleanup in 1 resource instances' }
`,
      },
    ],
    miss: [
      {
        about: 'the namespace was deleted a minute ago',
        objects: `
kind: Namespace
metadata: { name: old-shop, deletionTimestamp: '2026-11-22T11:59:00Z' }
status: { phase: Terminating }
`,
      },
      {
        about: 'the namespace is in use',
        objects: `
kind: Namespace
metadata: { name: shop }
status: { phase: Active }
`,
      },
    ],
  },
});

/** The APIService behind a group version that could not be asked: `metrics.k8s.io/v1beta1`. */
function apiServiceIn(message: string): Ref | undefined {
  const [, group, version] = /server APIs: ([a-z0-9.-]+)\/(v\w+):/.exec(message) ?? [];
  return group && version ? refTo('APIService', undefined, `${version}.${group}`) : undefined;
}
