import { defineClassifier } from '../../src/classifier.ts';
import { type ContainerFact, isAwaitingTurn } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { registryOf } from '../../src/model/image.ts';
import type { Joins } from '../../src/model/joins.ts';
import { refOf, refTo } from '../../src/model/ref.ts';
import { formatDuration, formatTime } from '../../src/model/time.ts';

const LONG = 300_000;
const TEXT = /no progress in|pull QPS exceeded|cancel(?:l?ing)? pulling image/;
const ABOUT_PULLS = new Set(['Pulling', 'Pulled', 'Failed', 'BackOff']);

/** The pull that the kubelet began and of which it has not said more. */
function openPull({ pod, name, status }: ContainerFact, joins: Joins) {
  const waiting = status?.state.waiting;
  if (!waiting || !isAwaitingTurn(waiting.reason)) return undefined;
  const events = joins.eventsOf(refOf(pod)).filter(({ container, reason, uid }) => {
    const isThisPod = !uid || !pod.metadata.uid || uid === pod.metadata.uid;
    return isThisPod && container === name && ABOUT_PULLS.has(reason);
  });
  const newest = events.at(-1);
  return newest?.reason === 'Pulling' ? newest : undefined;
}

export default defineClassifier({
  title: 'Image pull does not come to an end',
  stage: 'container runtime',
  severity: 'medium',
  cause:
    'The pull from {{culprit}} was begun and has neither ended nor failed. The image is large and the way slow, the way has stalled, or other pulls are ahead: by default the kubelet pulls one image at a time.',
  fix: [
    'Look on node {{node}} whether data still comes: `crictl images; ls -lt /var/lib/containerd/io.containerd.content.v1.content/ingest /var/lib/rancher/*/agent/containerd/io.containerd.content.v1.content/ingest`.',
    'Look at the way to the registry: `curl -v -o /dev/null https://{{culprit}}/v2/`, and at the registry’s own load.',
    'Bring large images to the nodes beforehand: `ctr -n k8s.io images import image.tar`.',
  ],
  tellApart: 'A pull that fails says so in an event; here there is no word since `Pulling`.',
  needs: ['containers', 'events', 'signals'],
  *detect({ containers, signals, joins, time }) {
    for (const container of containers) {
      const { pod, name, spec } = container;
      const pull = openPull(container, joins);
      if (!pull?.last || time === undefined || time - pull.last < LONG) continue;
      yield {
        subject: refOf(pod),
        container: name,
        culprit: refTo('Registry', undefined, registryOf(spec?.image ?? '')),
        message: `${spec?.image ?? 'the image'} is being pulled for ${formatDuration((time - pull.last) / 1000)}`,
        evidence: [fieldEvidence(pull.origin, 'message', `Pulling: ${pull.message}`, formatTime(pull.last))],
        last: pull.last,
      };
    }
    for (const { place, text, object, container, evidence, last } of signals)
      if ((place === 'event' || place === 'waiting') && TEXT.test(text))
        yield { subject: object, container, message: text, evidence: [evidence], last };
  },
  examples: {
    hit: [
      {
        about: 'a pull was begun ten minutes ago',
        objects: `
kind: Pod
metadata: { name: ml-0, namespace: shop, uid: u1 }
spec: { nodeName: node1, containers: [{ name: ml, image: 'reg.local:5000/shop/ml:3' }] }
status:
  phase: Pending
  containerStatuses: [{ name: ml, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: ml.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: ml-0, uid: u1, fieldPath: 'spec.containers{ml}' }
type: Normal
reason: Pulling
message: Pulling image "reg.local:5000/shop/ml:3"
lastTimestamp: '2026-11-22T11:50:00Z'
---
kind: Lease
metadata: { name: node1, namespace: kube-node-lease }
spec: { holderIdentity: node1, renewTime: '2026-11-22T12:00:00.000000Z' }
`,
      },
      {
        about: 'the kubelet spares the registry',
        objects: `
kind: Pod
metadata: { name: ml-0, namespace: shop }
spec: { containers: [{ name: ml, image: 'reg.local:5000/shop/ml:3' }] }
status:
  phase: Pending
  containerStatuses:
    - { name: ml, ready: false, restartCount: 0, state: { waiting: { reason: ErrImagePull, message: pull QPS exceeded } } }
`,
      },
    ],
    miss: [
      {
        about: 'the pull has just begun',
        objects: `
kind: Pod
metadata: { name: ml-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: ml, image: 'reg.local:5000/shop/ml:3' }] }
status:
  phase: Pending
  containerStatuses: [{ name: ml, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: ml.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: ml-0, uid: u1, fieldPath: 'spec.containers{ml}' }
type: Normal
reason: Pulling
message: Pulling image "reg.local:5000/shop/ml:3"
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
