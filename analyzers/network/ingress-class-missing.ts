import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

const DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

/** An Ingress that no controller feels responsible for. */
export default defineClassifier({
  title: 'Ingress belongs to no ingress class',
  stage: 'network',
  severity: 'medium',
  cause:
    'Ingress {{name}} {{asks}}, so no ingress controller serves it. Charts often assume `nginx`, while k3s brings `traefik`.',
  fix: [
    'Look which classes there are: `kubectl get ingressclasses`.',
    'Set one: `kubectl -n {{namespace}} patch ingress {{name}} -p \'{"spec":{"ingressClassName":"<class>"}}\'`; or make one the default: `kubectl annotate ingressclass <class> ingressclass.kubernetes.io/is-default-class=true`.',
    'If there is none at all, install an ingress controller from your mirror.',
  ],
  tellApart:
    'The class exists and the answer is 503: network/ingress-backend-missing or network/service-no-endpoints.',
  needs: ['ingresses', 'ingressclasses'],
  complete: ['ingressclasses'],
  *detect({ ingresses, ingressclasses }) {
    const names = ingressclasses.map(({ metadata }) => metadata.name);
    const hasDefault = ingressclasses.some(({ metadata }) => metadata.annotations[DEFAULT] === 'true');
    for (const { metadata, spec, status, origin } of ingresses) {
      const wanted = spec.ingressClassName;
      // Controllers may serve an Ingress by the old annotation, or without a class at all; an address tells that one does.
      if (metadata.annotations['kubernetes.io/ingress.class'] || status.loadBalancer.ingress.length > 0)
        continue;
      if (wanted ? names.includes(wanted) : hasDefault) continue;
      const known = names.length > 0 ? `there is ${names.join(', ')}` : 'there is none';
      yield {
        subject: refTo('Ingress', metadata.namespace, metadata.name),
        culprit: wanted ? refTo('IngressClass', undefined, wanted) : undefined,
        message: wanted
          ? `asks for class ${wanted}; ${known}`
          : `names no class and no class is the default; ${known}`,
        // Where no class exists at all a controller may still be told to serve every Ingress.
        severity: wanted && names.length > 0 ? 'medium' : 'low',
        values: {
          asks: wanted
            ? `asks for class ${wanted}, which does not exist`
            : 'names no class, and none is the default',
        },
        evidence: [fieldEvidence(origin, 'spec.ingressClassName', wanted ?? 'no ingressClassName')],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'an Ingress asks for nginx and only traefik is there',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { ingressClassName: nginx }
---
kind: IngressClass
metadata: { name: traefik }
spec: { controller: traefik.io/ingress-controller }
`,
      },
    ],
    miss: [
      {
        about: 'the class is there, another Ingress uses the old annotation, a third has an address',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { ingressClassName: nginx }
---
kind: Ingress
metadata: { name: old, namespace: shop, annotations: { kubernetes.io/ingress.class: nginx } }
---
kind: Ingress
metadata: { name: served, namespace: shop }
status: { loadBalancer: { ingress: [{ ip: 10.0.0.50 }] } }
---
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
`,
      },
    ],
  },
});
