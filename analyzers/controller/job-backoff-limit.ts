import { defineClassifier } from '../../src/classifier.ts';
import { type Ending, type EndingsIn, endings } from '../../src/model/endings.ts';

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
  *detect(facts) {
    const ends = lastEndings(facts);
    for (const { object, reason, evidence, first, last } of facts.signals) {
      if (object.kind !== 'Job' || !REASONS.has(reason)) continue;
      const ending = ends.get(`${object.namespace ?? ''}/${object.name}`);
      yield {
        subject: object,
        message: `${reason}${ending ? `; at last ${ending.message}` : ''}`,
        evidence: [evidence, ...(ending?.evidence ?? [])],
        values: { job: object.name },
        first,
        last,
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

/** The Job that made the pod of an ending. */
function jobOf({ fact }: Ending): string | undefined {
  return fact.pod.metadata.ownerReferences.find(({ kind }) => kind === 'Job')?.name;
}

/** How the last failed pod of each Job ended. */
function lastEndings(facts: EndingsIn): Map<string, Ending> {
  const found = [...endings(facts, ({ exitCode }) => exitCode !== undefined && exitCode !== 0)];
  found.sort((a, b) => (a.last ?? 0) - (b.last ?? 0));
  return new Map(found.map((ending) => [`${ending.subject.namespace ?? ''}/${jobOf(ending) ?? ''}`, ending]));
}
