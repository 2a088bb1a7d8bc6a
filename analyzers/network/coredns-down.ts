import { defineClassifier } from '../../src/classifier.ts';
import type { Of } from '../../src/model/cluster.ts';
import { fieldEvidence, type Proof } from '../../src/model/evidence.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refOf } from '../../src/model/ref.ts';
import { formatSelector } from '../../src/model/selectors.ts';
import { endpointsOf, podsBehind, readyBehind } from '../../src/model/services.ts';

/** The Service that pods ask for names has no endpoint: every name fails, in every pod. */
export default defineClassifier({
  title: 'Cluster DNS does not answer',
  stage: 'network',
  severity: 'critical',
  cause:
    'No ready pod stands behind the DNS Service {{name}}, so no pod of the cluster resolves any name. The reason is with the DNS pods; when they run and only wait for the API server, the pod network or kube-proxy of their node is at fault.',
  fix: [
    'Look at the DNS pods: `kubectl -n {{namespace}} get pods -l {{selector}} -o wide` and `kubectl -n {{namespace}} logs -l {{selector}} --tail=40 --prefix`.',
    'Mend what keeps them from being ready: the image in the mirror, the Corefile (`kubectl -n {{namespace}} get configmaps | grep -i coredns`), or the network of their node.',
    'Lines `plugin/ready: … kubernetes` or timeouts to the first address of the Service range: restart kube-proxy and the CNI agent of that node.',
  ],
  tellApart:
    'A single name that fails in one application is app/dns-failure alone; names of the internet fail in every air gap (network/coredns-upstream).',
  causedBy: [
    { classes: ['*'], by: 'pods' },
    {
      classes: [...NODE_FAILURES, 'node/network-unavailable'],
      by: 'node',
    },
  ],
  needs: ['services', 'pods'],
  *detect({ services, joins }) {
    for (const service of services.filter(isClusterDns)) {
      const backends = endpointsOf(service, joins);
      const pods = podsBehind(service, joins);
      const { namespace } = service.metadata;
      if (readyBehind(service, joins) > 0 || (pods.length === 0 && !joins.knowsAll('pods', namespace)))
        continue;
      const selector = formatSelector(service.spec.selector);
      const evidence: Proof = [
        fieldEvidence(service.origin, 'spec.selector', selector),
        ...(backends === 'unknown' ? [] : backends.evidence),
        ...pods.map((pod) => fieldEvidence(pod.origin, 'status.conditions', 'not ready')),
      ];
      yield {
        subject: refOf(service),
        message: wordPods(pods.length),
        values: { selector },
        evidence,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the only CoreDNS pod waits for the API server',
        objects: `
kind: Service
metadata: { name: rke2-coredns-rke2-coredns, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { clusterIP: 10.43.0.10, selector: { k8s-app: kube-dns }, ports: [{ name: dns, port: 53, protocol: UDP }] }
---
kind: Pod
metadata: { name: rke2-coredns-rke2-coredns-0, namespace: kube-system, labels: { k8s-app: kube-dns } }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
    miss: [
      {
        about: 'one of two DNS pods is ready',
        objects: `
kind: Service
metadata: { name: kube-dns, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { clusterIP: 10.96.0.10, selector: { k8s-app: kube-dns }, ports: [{ name: dns, port: 53, protocol: UDP }] }
---
kind: EndpointSlice
metadata: { name: kube-dns-1, namespace: kube-system, labels: { kubernetes.io/service-name: kube-dns } }
endpoints: [{ addresses: [10.42.0.4], conditions: { ready: true } }]
ports: [{ name: dns, port: 53, protocol: UDP }]
---
kind: Pod
metadata: { name: coredns-1, namespace: kube-system, labels: { k8s-app: kube-dns } }
status: { phase: Running, conditions: [{ type: Ready, status: 'False' }] }
`,
      },
    ],
  },
});

function isClusterDns({ metadata, spec }: Of<'services'>): boolean {
  if (Object.keys(spec.selector).length === 0) return false;
  const { namespace, name, labels } = metadata;
  if (namespace === 'openshift-dns') return name === 'dns-default';
  const isDns =
    labels['k8s-app'] === 'kube-dns' || name === 'kube-dns' || spec.selector['k8s-app'] === 'kube-dns';
  return namespace === 'kube-system' && isDns && spec.ports.some(({ port }) => port === 53);
}

function wordPods(number: number): string {
  if (number === 0) return 'selects no pod';
  return number === 1 ? 'its only pod is not ready' : `none of its ${number} pods is ready`;
}
