import { defineClassifier } from '../../src/classifier.ts';
import {
  containerLapse,
  type StandingContainer,
  standingContainers,
  together,
} from '../../src/model/practice.ts';

/** Outside the namespaces of the distribution only. */
export default defineClassifier({
  title: 'Workloads with the rights of their node',
  stage: 'practice',
  severity: 'low',
  cause:
    'A privileged container, or one that shares the processes of its node, can do there whatever root can. Agents of storage, network and monitoring need that; an application does not.',
  fix: [
    'Look whether each needs it: `kubectl -n <namespace> get <workload> -o yaml | grep -nE "privileged|hostPID|hostIPC"`.',
    'Take it away, and add only the capability that lacks: `securityContext.capabilities.add`.',
  ],
  tellApart: 'A namespace that enforces Pod Security refuses such pods: admission/podsecurity-denied.',
  needs: ['containers'],
  *detect({ containers, joins }) {
    const lapses = standingContainers(containers, joins)
      .filter(({ pod, spec }) => spec?.securityContext?.privileged || pod.spec.hostPID || pod.spec.hostIPC)
      .map((container) =>
        containerLapse(container, `has ${rightsOf(container)}`, 'securityContext', rightsOf(container)),
      );
    yield* together(lapses);
  },
  examples: {
    hit: [
      {
        about: 'an application is privileged',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, securityContext: { privileged: true } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
    miss: [
      {
        about: 'an agent of the system is privileged',
        objects: `
kind: Pod
metadata: { name: agent-0, namespace: longhorn-system, labels: { app: cart } }
spec: { containers: [{ name: cart, image: reg.local/cart:1, securityContext: { privileged: true } }] }
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`,
      },
    ],
  },
});

/** What gives a container the rights of its node, as its pod is written. */
function rightsOf({ pod: { spec }, spec: container }: StandingContainer): string {
  const rights = {
    privileged: container?.securityContext?.privileged,
    hostPID: spec.hostPID,
    hostIPC: spec.hostIPC,
  };
  return Object.entries(rights)
    .flatMap(([name, given]) => (given ? [`${name}: true`] : []))
    .join(', ');
}
