import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refOf } from '../../src/model/ref.ts';
import { isSelecting, podsBehind } from '../../src/model/services.ts';
import { mostSimilar } from '../../src/model/similar.ts';
import { type Workload, workloadsIn } from '../../src/model/workloads.ts';

type Labels = Readonly<Record<string, string>>;
type Candidate = { readonly workload: Workload; readonly wrong: readonly string[] };

/** A Service that selects nothing while a workload beside it nearly fits: a label is misspelt on one side. */
export default defineClassifier({
  title: 'Service selector fits no pod',
  stage: 'network',
  severity: 'high',
  cause:
    'The selector of Service {{name}} fits no pod, while the pods of {{near}} carry nearly the same labels. One side is misspelt or was renamed, so the Service has no endpoints and refuses every connection.',
  fix: [
    'Compare the two: `kubectl -n {{namespace}} get service {{name}} -o wide` and `kubectl -n {{namespace}} get pods --show-labels`.',
    "Correct the selector: `kubectl -n {{namespace}} patch service {{name}} --type merge -p '{{patch}}'`, and the chart or manifest that it came from.",
  ],
  tellApart:
    'Pods that fit and are not ready are network/service-no-endpoints; a workload scaled to 0 and a Service that nothing resembles are no mismatch.',
  needs: ['services', 'pods'],
  complete: ['pods'],
  *detect({ services, joins }) {
    for (const service of services) {
      const { namespace } = service.metadata;
      if (!isSelecting(service) || !joins.knowsAll('pods', namespace)) continue;
      if (podsBehind(service, joins).length > 0) continue;
      const found = nearest(service, joins);
      if (!found) continue;
      const { workload, wrong } = found;
      const labels = workload.template.metadata.labels;
      const said = wrong.map((key) => `${key}=${service.spec.selector[key]}`).join(',');
      const true_ = wrong.map((key) => (labels[key] ? `${key}=${labels[key]}` : `no ${key}`)).join(',');
      const near = `${workload.ref.kind} ${workload.ref.name}`;
      yield {
        subject: refOf(service),
        message: `selects ${said}, which no pod has; the pods of ${near} have ${true_}`,
        values: { near, patch: patchFor(wrong, labels) },
        evidence: [
          fieldEvidence(service.origin, 'spec.selector', JSON.stringify(service.spec.selector)),
          fieldEvidence(workload.object.origin, 'spec.template.metadata.labels', JSON.stringify(labels)),
        ],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the selector says profiles and the pods say profile',
        objects: `
kind: Service
metadata: { name: profile, namespace: shop }
spec: { selector: { app: profiles }, clusterIP: 10.43.90.41, ports: [{ port: 80, targetPort: 8080 }] }
---
kind: Deployment
metadata: { name: profile, namespace: shop }
spec: { replicas: 1, template: { metadata: { labels: { app: profile } } } }
---
kind: Pod
metadata: { name: profile-74954bc7-l8lm2, namespace: shop, labels: { app: profile } }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'the workload behind the Service is scaled to zero',
        objects: `
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
---
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { replicas: 0, template: { metadata: { labels: { app: cart } } } }
---
kind: Deployment
metadata: { name: carts, namespace: shop }
spec: { replicas: 1, template: { metadata: { labels: { app: carts } } } }
`,
      },
      {
        about: 'another component of the same release runs, the selected one is switched off',
        objects: `
kind: Service
metadata: { name: shop-redis, namespace: shop }
spec: { selector: { app.kubernetes.io/instance: shop, app.kubernetes.io/component: redis }, ports: [{ port: 6379 }] }
---
kind: Deployment
metadata: { name: shop-web, namespace: shop }
spec:
  replicas: 1
  template: { metadata: { labels: { app.kubernetes.io/instance: shop, app.kubernetes.io/component: web } } }
`,
      },
    ],
  },
});

/** The workload whose labels come nearest; none when one fits, for then only its pods are missing. */
function nearest(service: Of<'services'>, joins: Joins): Candidate | undefined {
  let best: Candidate | undefined;
  for (const workload of workloadsIn(joins, service.metadata.namespace)) {
    const wrong = misfits(service.spec.selector, workload.template.metadata.labels);
    if (wrong.length === 0) return undefined;
    if (workload.replicas === 0 || !isNear(service, workload, wrong)) continue;
    if (!best || wrong.length < best.wrong.length) best = { workload, wrong };
  }
  return best;
}

function misfits(selector: Labels, labels: Labels): string[] {
  return Object.keys(selector).filter((key) => labels[key] !== selector[key]);
}

/** Each wrong label is a near miss, or the two share their name. */
function isNear({ metadata, spec }: Of<'services'>, { ref, template }: Workload, wrong: readonly string[]) {
  if (metadata.name === ref.name) return true;
  const labels = template.metadata.labels;
  const isPartly = wrong.length < Object.keys(spec.selector).length;
  return wrong.every((key) => {
    const value = labels[key];
    return value === undefined ? isPartly : areAlike(value, spec.selector[key] ?? '');
  });
}

/** Short values such as v1 and v2 differ on purpose. */
function areAlike(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 3 && mostSimilar(a, [b]) !== undefined;
}

function patchFor(wrong: readonly string[], labels: Labels): string {
  const selector = Object.fromEntries(wrong.map((key) => [key, labels[key] ?? null]));
  return JSON.stringify({ spec: { selector } });
}
