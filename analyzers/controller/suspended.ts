import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

export default defineClassifier({
  title: 'Job or CronJob is suspended',
  stage: 'controller',
  severity: 'info',
  cause:
    'Somebody has suspended it, so it starts nothing until that is taken back. That is a choice and no failure.',
  fix: [
    'Look whether it is still meant: `kubectl -n {{namespace}} get {{workload}} -o jsonpath="{.spec.suspend}"`.',
    'Let it go on: `kubectl -n {{namespace}} patch {{workload}} -p \'{"spec":{"suspend":false}}\'`.',
  ],
  needs: ['jobs', 'cronjobs'],
  *detect({ jobs, cronjobs }) {
    for (const { kind, metadata, spec, origin } of [...jobs, ...cronjobs]) {
      if (!spec.suspend || metadata.deletionTimestamp) continue;
      yield {
        subject: refTo(kind, metadata.namespace, metadata.name),
        message: 'is suspended and starts nothing',
        evidence: [fieldEvidence(origin, 'spec.suspend', 'suspend: true')],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a nightly report is suspended',
        objects: `
kind: CronJob
metadata: { name: nightly-report, namespace: batch }
spec: { schedule: '0 2 * * *', suspend: true }
`,
      },
    ],
    miss: [
      {
        about: 'it is not',
        objects: `
kind: CronJob
metadata: { name: nightly-report, namespace: batch }
spec: { schedule: '0 2 * * *', suspend: false }
`,
      },
    ],
  },
});
