import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { isSystemNamespace, together } from '../../src/model/practice.ts';
import { refTo } from '../../src/model/ref.ts';

/** The pods run, but none of them has the DNS name that a member of a StatefulSet is known by. */
export default defineClassifier({
  title: 'StatefulSets whose Service does not exist',
  stage: 'practice',
  severity: 'low',
  cause:
    'A StatefulSet names a Service by which each of its pods gets a DNS name (`<pod>.<service>`), and that Service does not exist. The pods run; members that look for one another by name do not find each other.',
  fix: [
    'Look which Service is meant: `kubectl -n {{namespace}} get statefulsets -o custom-columns=NAME:.metadata.name,SERVICE:.spec.serviceName` and `kubectl -n {{namespace}} get services`.',
    'Create that Service with `clusterIP: None` and the labels of the pods as selector; `serviceName` itself cannot be changed.',
  ],
  tellApart: 'A Service that is there and selects nothing is network/service-selector-mismatch.',
  needs: ['statefulsets', 'services'],
  complete: ['services'],
  *detect({ statefulsets, joins }) {
    const lapses = statefulsets.flatMap(({ metadata, spec, origin }) => {
      const { serviceName } = spec;
      if (!serviceName || spec.replicas === 0 || isSystemNamespace(metadata.namespace)) return [];
      if (joins.find('services', metadata.namespace, serviceName) !== 'absent') return [];
      return [
        {
          ref: refTo('StatefulSet', metadata.namespace, metadata.name),
          what: `its pods are to be known by Service ${serviceName}, which does not exist`,
          evidence: fieldEvidence(origin, 'spec.serviceName', `serviceName: ${serviceName}`),
        },
      ];
    });
    yield* together(lapses);
  },
  examples: {
    hit: [{ about: 'the Service was never made', objects: exampleSet('redis-headless') }],
    miss: [
      {
        about: 'the Service is there',
        objects: `${exampleSet('redis')}---
kind: Service
metadata: { name: redis, namespace: shop }
spec: { clusterIP: None, selector: { app: redis }, ports: [{ port: 6379 }] }
`,
      },
    ],
  },
});

function exampleSet(serviceName: string): string {
  return `
kind: StatefulSet
metadata: { name: redis, namespace: shop }
spec: { replicas: 2, serviceName: ${serviceName}, selector: { matchLabels: { app: redis } } }
status: { replicas: 2, readyReplicas: 2 }
`;
}
