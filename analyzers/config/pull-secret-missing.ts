import { type Detection, defineClassifier } from '../../src/classifier.ts';
import type { ContainerFact } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import { isPullFailing } from '../../src/model/image.ts';
import type { Joins } from '../../src/model/joins.ts';
import { type Ref, refKey, refOf, refTo } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';
import { mostSimilar } from '../../src/model/similar.ts';

/** New kubelets name all of them at once, older ones one at a time. */
const SOME = /Unable to retrieve some image pull secrets \(([^)]+)\)/;
const ONE = /Unable to retrieve pull secret [^/\s]+\/(\S+) for /;

type Missing = {
  readonly subject: Ref;
  readonly name: string;
  readonly evidence: Evidence;
  readonly last?: number | undefined;
};

function* namedByEvents(signals: readonly Signal[]): Iterable<Missing> {
  for (const { text, object, evidence, last } of signals) {
    const names = SOME.exec(text)?.[1]?.split(/,\s*/) ?? [ONE.exec(text)?.[1] ?? ''];
    for (const name of names) if (name) yield { subject: object, name, evidence, last };
  }
}

/** Events expire after an hour; where all Secrets are known, the pods that wait for their image tell it too. */
function* namedByPods(containers: readonly ContainerFact[], joins: Joins): Iterable<Missing> {
  for (const { pod } of containers.filter(isPullFailing)) {
    const { namespace } = pod.metadata;
    for (const [index, { name }] of pod.spec.imagePullSecrets.entries()) {
      if (!name || joins.find('secrets', namespace, name) !== 'absent') continue;
      const evidence = fieldEvidence(pod.origin, `spec.imagePullSecrets[${index}].name`, name);
      yield { subject: refOf(pod), name, evidence };
    }
  }
}

function toDetection(
  { subject, name, evidence, last }: Missing,
  joins: Joins,
  pulling: ReadonlySet<string>,
): Detection {
  const { namespace } = subject;
  const found = joins.find('secrets', namespace, name);
  const others = joins
    .inNamespace('secrets', namespace)
    .filter(({ type }) => type?.startsWith('kubernetes.io/docker'))
    .map(({ metadata }) => metadata.name);
  const similar = found === 'absent' ? mostSimilar(name, others) : undefined;
  const what = `pull secret ${name} ${found === 'absent' ? 'does not exist' : 'was not found'} in namespace ${namespace ?? ''}`;
  return {
    subject,
    culprit: refTo('Secret', namespace, name),
    message: similar ? `${what}; did you mean ${similar}?` : what,
    evidence: [evidence],
    severity: pulling.has(refKey(subject)) ? 'high' : 'low',
    last,
  };
}

export default defineClassifier({
  title: 'Image pull secret does not exist',
  stage: 'kubelet',
  severity: 'low',
  cause:
    'The pod, or its ServiceAccount, names the pull secret {{culprit}}, which is not in namespace {{namespace}}. Pull secrets must be in the namespace of the pod. Alone it is harmless; with a registry that asks for a login it is why the pull fails.',
  fix: [
    'Look which pull secrets there are: `kubectl -n {{namespace}} get secrets --field-selector type=kubernetes.io/dockerconfigjson; kubectl get secrets -A --field-selector type=kubernetes.io/dockerconfigjson`.',
    'Create it: `kubectl -n {{namespace}} create secret docker-registry {{culprit}} --docker-server={{registry}} --docker-username=<user> --docker-password=<password>`.',
    'Or correct the name in `imagePullSecrets` of {{workload}} or of its ServiceAccount.',
  ],
  tellApart:
    'A warning that does not block by itself: with a public or cached image the pod starts all the same.',
  needs: ['signals', 'containers'],
  *detect({ signals, containers, joins }) {
    const pulling = new Set(containers.filter(isPullFailing).map(({ pod }) => refKey(refOf(pod))));
    for (const missing of [...namedByEvents(signals), ...namedByPods(containers, joins)])
      yield toDetection(missing, joins, pulling);
  },
  examples: {
    hit: [
      {
        about: 'the event names it and the pull fails',
        objects: `
kind: Pod
metadata: { name: loyalty-5b88c94fd6-8mgrm, namespace: shop, uid: u1 }
spec:
  imagePullSecrets: [{ name: regcred-typo }]
  containers: [{ name: loyalty, image: 'reg.local:5000/shop/orders-api:4.0.2' }]
status:
  phase: Pending
  containerStatuses:
    - name: loyalty
      ready: false
      restartCount: 0
      state: { waiting: { reason: ImagePullBackOff, message: 'Back-off pulling image "reg.local:5000/shop/orders-api:4.0.2"' } }
---
kind: Event
metadata: { name: loyalty.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: loyalty-5b88c94fd6-8mgrm, uid: u1 }
type: Warning
reason: FailedToRetrieveImagePullSecret
message: Unable to retrieve some image pull secrets (regcred-typo); attempting to pull the image may not succeed.
count: 22
lastTimestamp: '2026-11-22T11:59:00Z'
---
kind: Secret
metadata: { name: regcred, namespace: shop }
type: kubernetes.io/dockerconfigjson
data: { .dockerconfigjson: '' }
`,
      },
      {
        about: 'the event has expired and the Secrets are known',
        objects: `
kind: Pod
metadata: { name: loyalty-0, namespace: shop }
spec: { imagePullSecrets: [{ name: regcred }], containers: [{ name: loyalty, image: 'reg.local:5000/shop/orders-api' }] }
status:
  phase: Pending
  containerStatuses:
    - { name: loyalty, ready: false, restartCount: 0, state: { waiting: { reason: ErrImagePull } } }
`,
      },
    ],
    miss: [
      {
        about: 'the image was there all the same and the pod is ready',
        objects: `
kind: Pod
metadata: { name: loyalty-0, namespace: shop, uid: u1 }
spec: { imagePullSecrets: [{ name: regcred }], containers: [{ name: loyalty, image: 'reg.local:5000/shop/orders-api' }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - { name: loyalty, ready: true, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } }
---
kind: Event
metadata: { name: loyalty.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: loyalty-0, uid: u1 }
type: Warning
reason: FailedToRetrieveImagePullSecret
message: Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
