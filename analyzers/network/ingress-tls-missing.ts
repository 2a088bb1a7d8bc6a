import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

/** An Ingress whose certificate Secret is missing or is no certificate: the controller shows its own. */
export default defineClassifier({
  title: 'Ingress has no TLS certificate',
  stage: 'network',
  severity: 'medium',
  cause:
    'Ingress {{name}} takes its certificate from Secret {{culprit}}, and that {{lacks}}. The ingress controller shows a certificate of its own instead ("Fake Certificate"), which browsers refuse.',
  fix: [
    'Look at the Secret and at who should make it: `kubectl -n {{namespace}} get secret {{culprit}}` and `kubectl -n {{namespace}} get certificates,certificaterequests,orders 2>/dev/null`.',
    'Make it from a certificate of your CA: `kubectl -n {{namespace}} create secret tls {{culprit}} --cert=tls.crt --key=tls.key`.',
    'With cert-manager: an ACME issuer cannot work without internet; use an issuer of type CA.',
  ],
  tellApart: 'A pod that mounts a Secret that is missing is volume/mount-secret-missing.',
  needs: ['ingresses', 'secrets'],
  complete: ['secrets'],
  *detect({ ingresses, joins }) {
    for (const { metadata, spec, origin } of ingresses)
      for (const [index, { secretName }] of spec.tls.entries()) {
        if (!secretName) continue;
        const secret = joins.find('secrets', metadata.namespace, secretName);
        if (secret === 'unknown') continue;
        const isCertificate =
          secret !== 'absent' && (secret.data.includes('tls.crt') || secret.data.length === 0);
        if (isCertificate) continue;
        const lacks = secret === 'absent' ? 'does not exist' : 'holds no tls.crt';
        yield {
          subject: refTo('Ingress', metadata.namespace, metadata.name),
          culprit: refTo('Secret', metadata.namespace, secretName),
          message: `certificate Secret ${secretName} ${lacks}`,
          values: { lacks },
          evidence: [fieldEvidence(origin, `spec.tls[${index}].secretName`, secretName)],
        };
      }
  },
  examples: {
    hit: [
      {
        about: 'the Secret does not exist',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { tls: [{ hosts: [shop.corp.local], secretName: shop-tls }] }
`,
      },
    ],
    miss: [
      {
        about: 'the Secret holds a certificate',
        objects: `
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { tls: [{ hosts: [shop.corp.local], secretName: shop-tls }, { hosts: [default.corp.local] }] }
---
kind: Secret
metadata: { name: shop-tls, namespace: shop }
type: kubernetes.io/tls
data: { tls.crt: '', tls.key: '' }
`,
      },
    ],
  },
});
