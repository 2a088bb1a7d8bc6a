import { defineClassifier } from '../../src/classifier.ts';
import { containersOf } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import type { Ref } from '../../src/model/ref.ts';

const REASONS = new Set([
  'BackoffLimitExceeded',
  'PodFailurePolicy',
  'MaxFailedIndexesExceeded',
  'FailedIndexes',
]);

export default defineClassifier({
  title: 'Job has failed for good: its pods failed too often',
  stage: 'controller',
  severity: 'high',
  cause:
    'Every try of the Job ended with a failure, and it may not try again (`backoffLimit`, or a rule of its podFailurePolicy). Why the tries failed is in the exit code and log of its pods.',
  fix: [
    'Look at the last try: `kubectl -n {{namespace}} logs job/{{job}} --tail=50`, `kubectl -n {{namespace}} get pods -l job-name={{job}}`.',
    'Mend what the log tells, then start the Job anew: `kubectl -n {{namespace}} get job {{job}} -o yaml > job.yaml`, remove `status`, the generated labels and selector, and `kubectl replace --force -f job.yaml`.',
  ],
  tellApart: 'Failed tries of a Job that is complete or still trying are no failure of the Job.',
  needs: ['signals'],
  causedBy: [{ classes: ['image/*', 'config/*', 'volume/*', 'runtime/*', 'exit/*', 'app/*'], by: 'pods' }],
  *detect({ signals, joins }) {
    for (const signal of signals) {
      if (signal.object.kind !== 'Job' || !REASONS.has(signal.reason)) continue;
      const last = lastFailure(signal.object, joins);
      yield {
        subject: signal.object,
        message: `${signal.reason}${last ? `: ${last.message}` : ''}`,
        evidence: [signal.evidence, ...(last ? [last.evidence] : [])],
        values: { job: signal.object.name },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'all tries of a report ended with exit code 4',
        objects: `
kind: Job
metadata: { name: nightly-report, namespace: batch }
spec: { backoffLimit: 1 }
status:
  failed: 2
  conditions: [{ type: Failed, status: 'True', reason: BackoffLimitExceeded, message: Job has reached the specified backoff limit }]
---
kind: Pod
metadata: { name: nightly-report-flkn5, namespace: batch, creationTimestamp: '2026-11-22T11:04:37Z', ownerReferences: [{ kind: Job, name: nightly-report, controller: true }] }
spec: { restartPolicy: Never, containers: [{ name: report, image: reg.local/report }] }
status:
  phase: Failed
  containerStatuses: [{ name: report, state: { terminated: { exitCode: 4, reason: Error, finishedAt: '2026-11-22T11:04:39Z' } } }]
`,
      },
      {
        about: 'only the event tells, in the wording of older controllers',
        objects: `
kind: Event
metadata: { name: import.1, namespace: data }
type: Warning
reason: BackoffLimitExceeded
message: Job has reached the specified backoff limit
involvedObject: { kind: Job, namespace: data, name: import }
---
kind: Job
metadata: { name: import, namespace: data }
status: { failed: 7 }
`,
      },
    ],
    miss: [
      {
        about: 'a complete Job needed two tries',
        objects: `
kind: Job
metadata: { name: backup, namespace: data }
status:
  succeeded: 1
  failed: 1
  conditions: [{ type: Complete, status: 'True', reason: CompletionsReached }]
`,
      },
      {
        about: 'a later Job of the same CronJob succeeded',
        objects: `
kind: Job
metadata: { name: nightly-1, namespace: batch, creationTimestamp: '2026-11-21T02:00:00Z', ownerReferences: [{ kind: CronJob, name: nightly }] }
status: { conditions: [{ type: Failed, status: 'True', reason: BackoffLimitExceeded }] }
---
kind: Job
metadata: { name: nightly-2, namespace: batch, creationTimestamp: '2026-11-22T02:00:00Z', ownerReferences: [{ kind: CronJob, name: nightly }] }
status: { conditions: [{ type: Complete, status: 'True' }] }
`,
      },
    ],
  },
});

/** How the newest failed pod of a Job ended. */
function lastFailure(
  job: Ref,
  joins: Joins,
): { readonly message: string; readonly evidence: Evidence } | undefined {
  const ends = joins
    .inNamespace('pods', job.namespace)
    .filter(({ metadata }) =>
      metadata.ownerReferences.some(({ kind, name }) => kind === 'Job' && name === job.name),
    )
    .flatMap(containersOf)
    .filter(({ ended }) => ended?.exitCode)
    .sort((a, b) => (a.ended?.finishedAt ?? '').localeCompare(b.ended?.finishedAt ?? ''));
  const container = ends.at(-1);
  if (!container?.ended) return undefined;
  const { pod, name, ended, endedPath } = container;
  const message = `container ${name} of the last pod ${pod.metadata.name ?? ''} ended with exit code ${ended.exitCode ?? ''}`;
  return {
    message,
    evidence: fieldEvidence(
      pod.origin,
      endedPath,
      `${ended.reason ?? ''}, exit code ${ended.exitCode ?? ''}`,
    ),
  };
}
