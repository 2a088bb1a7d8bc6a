import { defineClassifier } from '../../src/classifier.ts';
import { referenceEvidence } from '../../src/model/config-references.ts';
import { containersOf } from '../../src/model/containers.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refTo } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';
import { mostSimilar } from '../../src/model/similar.ts';

/** `couldn't find key paypal in Secret shop/api-keys` */
const TEXT = /couldn't find key (\S+) in (ConfigMap|Secret) ([^/\s]+)\/(\S+)/;

function* missingKeys(signals: readonly Signal[], joins: Joins) {
  for (const signal of signals) {
    const [, key, kind, namespace, name] = TEXT.exec(signal.text) ?? [];
    if (!key || !namespace || !name || (kind !== 'ConfigMap' && kind !== 'Secret')) continue;
    const found = joins.find(kind === 'Secret' ? 'secrets' : 'configmaps', namespace, name);
    const keys = typeof found === 'string' ? undefined : [...found.data, ...found.binaryData];
    yield { signal, key, kind, namespace, name, keys } as const;
  }
}

function told(keys: readonly string[] | undefined, key: string): string {
  if (!keys) return '';
  if (keys.includes(key)) return '; it has it by now';
  const similar = mostSimilar(key, keys);
  const known = keys.length > 0 ? `it has ${keys.slice(0, 10).join(', ')}` : 'it has no keys';
  return `; ${known}${similar ? `; did you mean ${similar}?` : ''}`;
}

export default defineClassifier({
  title: 'Key is missing in a ConfigMap or Secret',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'A variable of the container takes the key {{key}} of {{what}}. The object exists, the key does not: it is misspelt, of another case, or was not added. The kubelet does not start the container before it is there.',
  fix: [
    'Look which keys it has: `kubectl -n {{namespace}} describe {{what}}` (values are not shown).',
    "Add the key: `kubectl -n {{namespace}} patch {{what}} --type merge -p '{{patch}}'`. The pod starts by itself within a minute.",
    'Or correct the key in {{workload}}: `kubectl -n {{namespace}} edit {{workload}}`; `optional: true` lets the container start without it.',
  ],
  tellApart:
    'Where the object as a whole is missing the text says `not found` (config/configmap-missing, config/secret-missing).',
  needs: ['signals'],
  *detect({ signals, joins }) {
    for (const { signal, key, kind, namespace, name, keys } of missingKeys(signals, joins)) {
      const referred = signal.pod ? referenceEvidence(containersOf(signal.pod), { kind, name, key }) : [];
      const field = kind === 'Secret' ? 'stringData' : 'data';
      yield {
        subject: signal.object,
        container: signal.container,
        culprit: refTo(kind, namespace, name),
        message: `${kind} ${namespace}/${name} has no key ${key}${told(keys, key)}`,
        evidence: [signal.evidence, ...referred],
        values: {
          key,
          what: `${kind.toLowerCase()}/${name}`,
          patch: JSON.stringify({ [field]: { [key]: '<value>' } }),
        },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the Secret has another key',
        objects: `
kind: Pod
metadata: { name: checkout-7fcfd54fbf-l9fjx, namespace: shop }
spec:
  containers:
    - name: checkout
      image: reg.local/checkout
      env: [{ name: K, valueFrom: { secretKeyRef: { name: api-keys, key: paypal } } }]
status:
  phase: Pending
  containerStatuses:
    - name: checkout
      ready: false
      restartCount: 0
      state:
        waiting: { reason: CreateContainerConfigError, message: couldn't find key paypal in Secret shop/api-keys }
---
kind: Secret
metadata: { name: api-keys, namespace: shop }
data: { stripe: '' }
`,
      },
      {
        about: 'nothing more is known of the ConfigMap',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 0
      state:
        waiting: { reason: CreateContainerConfigError, message: couldn't find key log-level in ConfigMap shop/cart }
`,
      },
    ],
    miss: [
      {
        about: 'the object as a whole is missing',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Pending
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 0
      state: { waiting: { reason: CreateContainerConfigError, message: 'configmap "cart" not found' } }
`,
      },
    ],
  },
});
