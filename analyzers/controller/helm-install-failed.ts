import { defineClassifier } from '../../src/classifier.ts';
import { isTrue } from '../../src/model/conditions.ts';
import { containersOf, isUnwell } from '../../src/model/containers.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refKey, refOf, refTo } from '../../src/model/ref.ts';
import type { Signal } from '../../src/model/signal.ts';

const SAID =
  'INSTALLATION FAILED: .+|UPGRADE FAILED: .+|another operation \\(install/upgrade/rollback\\) is in progress';

export default defineClassifier({
  title: 'Helm cannot install or upgrade a chart',
  stage: 'controller',
  severity: 'high',
  cause:
    'Chart {{chart}} is installed by a Job that keeps failing. RKE2 and k3s install the network plugin, CoreDNS and the ingress controller in this way, so the cluster may lack one of these.',
  fix: [
    'Look at its log: `kubectl -n {{namespace}} logs -l helmcharts.helm.cattle.io/chart={{chart}} --tail=50`, and at the pod: `kubectl -n {{namespace}} get pods | grep helm-install`.',
    {
      rke2: 'Where the image is missing, copy the image tarballs of this RKE2 version into `/var/lib/rancher/rke2/agent/images/` and restart `rke2-server`; a wrong value stands in a HelmChartConfig: `kubectl get helmchartconfigs -A`.',
      k3s: 'Where the image is missing, copy the image tarball of this k3s version into `/var/lib/rancher/k3s/agent/images/` and restart `k3s`; a wrong value stands in a HelmChartConfig: `kubectl get helmchartconfigs -A`.',
    },
    'Then delete the Job; it is made anew: `kubectl -n {{namespace}} delete job {{job}}`. For `another operation is in progress` delete the newest release Secret first: `kubectl get secrets -A -l owner=helm,status=pending-install`.',
  ],
  tellApart: 'An image that cannot be pulled or a kind that is missing is found as the cause of this.',
  needs: ['pods', 'signals'],
  lines: [SAID],
  causedBy: [
    {
      classes: [
        'controller/chart-unreachable',
        'image/*',
        'admission/*',
        'scheduling/*',
        'sandbox/*',
        'cni/*',
        'runtime/*',
        'app/*',
      ],
      by: 'object',
    },
  ],
  *detect({ pods, signals, joins, time }) {
    const said = new Map<string, Signal>();
    for (const signal of signals)
      if (signal.classifier === 'controller/helm-install-failed') said.set(refKey(signal.object), signal);
    for (const pod of pods) {
      const { namespace, labels } = pod.metadata;
      const job = labels['job-name'] ?? labels['batch.kubernetes.io/job-name'];
      if (!job?.startsWith('helm-install-') && !job?.startsWith('helm-delete-')) continue;
      const bad = containersOf(pod).find((container) => isUnwell(container, time));
      const signal = said.get(refKey(refOf(pod)));
      const found = joins.find('jobs', namespace, job);
      const done = typeof found !== 'string' && isTrue(found.status.conditions, 'Complete');
      if (done || (!bad && !signal)) continue;
      const chart = labels['helmcharts.helm.cattle.io/chart'] ?? job.replace(/^helm-(?:install|delete)-/, '');
      const state = bad?.status?.state.waiting?.reason ?? bad?.ended?.reason ?? 'failing';
      const words = signal && new RegExp(SAID).exec(signal.text)?.[0];
      yield {
        subject: refOf(pod),
        container: bad?.name,
        culprit: refTo('HelmChart', namespace, chart),
        message: words ?? `chart ${chart} is not installed: ${state}`,
        evidence: [
          bad
            ? fieldEvidence(pod.origin, bad.statusPath, `${bad.name}: ${state}, ${bad.restarts} restarts`)
            : fieldEvidence(pod.origin, 'status.phase', pod.status.phase ?? ''),
          ...(signal ? [signal.evidence] : []),
        ],
        values: { chart, job },
        first: signal?.first,
        last: signal?.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the chart of CoreDNS has a wrong value',
        objects: `
kind: Pod
metadata: { name: helm-install-rke2-coredns-x7k2p, namespace: kube-system, labels: { job-name: helm-install-rke2-coredns, helmcharts.helm.cattle.io/chart: rke2-coredns } }
spec: { containers: [{ name: helm, image: reg.local/rancher/klipper-helm:v0.9.3 }] }
status:
  phase: Running
  containerStatuses: [{ name: helm, ready: false, restartCount: 6, state: { waiting: { reason: CrashLoopBackOff } }, lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } } }]
`,
        files: {
          'logs/kube-system/helm-install-rke2-coredns-x7k2p/helm.previous.log':
            '2026-11-22T11:57:58.100000000Z Error: INSTALLATION FAILED: template: rke2-coredns/templates/service.yaml:24: function "foo" not defined\n',
        },
      },
    ],
    miss: [
      {
        about: 'a try failed, and the Job is complete',
        objects: `
kind: Pod
metadata: { name: helm-install-traefik-a1, namespace: kube-system, labels: { job-name: helm-install-traefik }, ownerReferences: [{ kind: Job, name: helm-install-traefik, controller: true }] }
spec: { restartPolicy: OnFailure, containers: [{ name: helm, image: reg.local/rancher/klipper-helm:v0.9.3 }] }
status: { phase: Succeeded, containerStatuses: [{ name: helm, restartCount: 1, state: { terminated: { exitCode: 0, reason: Completed } } }] }
---
kind: Job
metadata: { name: helm-install-traefik, namespace: kube-system }
status: { conditions: [{ type: Complete, status: 'True' }] }
`,
      },
    ],
  },
});
