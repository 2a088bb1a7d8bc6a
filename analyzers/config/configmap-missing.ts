import { defineClassifier } from '../../src/classifier.ts';
import { missingObjects } from '../../src/model/missing-object.ts';

export default defineClassifier({
  title: 'ConfigMap of the environment does not exist',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'The container takes its environment from ConfigMap {{culprit}}, which is not in namespace {{namespace}}. The kubelet does not start the container before it is there: it was not applied, was applied in another namespace, or has another name.',
  fix: [
    'Look which there are, here and elsewhere: `kubectl -n {{namespace}} get configmaps; kubectl get configmaps -A | grep -i {{culprit}}`.',
    'Apply the missing one: `kubectl -n {{namespace}} create configmap {{culprit}} --from-env-file=<file>`, or the manifest or chart that it belongs to. The pod starts by itself within a minute.',
    'Or correct the name in {{workload}}: `kubectl -n {{namespace}} edit {{workload}}`; `optional: true` lets the container start without it.',
  ],
  tellApart:
    'A ConfigMap that a volume needs is told by FailedMount (volume/mount-configmap-missing). Here the ConfigMap is missing as a whole, not one key of it (config/key-missing).',
  needs: ['signals'],
  *detect({ signals, joins }) {
    yield* missingObjects('ConfigMap', signals, joins);
  },
  examples: {
    hit: [
      {
        about: 'a Deployment takes its environment from a ConfigMap with a slightly different name',
        objects: `
kind: Pod
metadata: { name: theme-6fc888fd85-ltr7b, namespace: shop }
spec:
  containers: [{ name: theme, image: reg.local/theme, envFrom: [{ configMapRef: { name: theme-config } }] }]
status:
  phase: Pending
  containerStatuses:
    - name: theme
      ready: false
      restartCount: 0
      state: { waiting: { reason: CreateContainerConfigError, message: 'configmap "theme-config" not found' } }
---
kind: ConfigMap
metadata: { name: themes-config, namespace: shop }
`,
      },
      {
        about: 'the state has no message, as kubectl describe shows it, and the event tells it',
        objects: `
kind: Pod
metadata: { name: theme-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: theme, image: reg.local/theme }] }
status:
  phase: Pending
  containerStatuses:
    - { name: theme, ready: false, restartCount: 0, state: { waiting: { reason: CreateContainerConfigError } } }
---
kind: Event
metadata: { name: theme-0.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: theme-0, uid: u1, fieldPath: 'spec.containers{theme}' }
type: Warning
reason: Failed
message: 'Error: configmap "theme-config" not found'
count: 26
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'a volume needs the ConfigMap',
        objects: `
kind: Pod
metadata: { name: theme-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: theme, image: reg.local/theme }] }
status: { phase: Pending }
---
kind: Event
metadata: { name: theme-0.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: theme-0, uid: u1 }
type: Warning
reason: FailedMount
message: 'MountVolume.SetUp failed for volume "config" : configmap "theme-config" not found'
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
      {
        about: 'the pod runs by now',
        objects: `
kind: Pod
metadata: { name: theme-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: theme, image: reg.local/theme }] }
status:
  phase: Running
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses:
    - { name: theme, ready: true, restartCount: 0, state: { running: { startedAt: '2026-11-22T11:59:30Z' } } }
---
kind: Event
metadata: { name: theme-0.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: theme-0, uid: u1, fieldPath: 'spec.containers{theme}' }
type: Warning
reason: Failed
message: 'Error: configmap "theme-config" not found'
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
