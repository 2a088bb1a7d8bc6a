import { defineClassifier } from '../../src/classifier.ts';
import { nearLimits } from '../../src/model/near-limits.ts';

const NEAR = 0.95;

/** What `kubectl top` saw of CPU, against the limit at which the kernel makes processes wait. */
export default defineClassifier({
  title: 'CPU is at its limit',
  stage: 'practice',
  severity: 'medium',
  cause:
    'Container {{container}} uses {{used}} of its {{limit}} of CPU, so the kernel makes it wait in every period. It answers slowly, and probes with a short timeout may fail for that alone.',
  fix: [
    'Look whether it stays so: `kubectl -n {{namespace}} top pods --containers`; on the node `cpu.stat` of its cgroup counts `nr_throttled`.',
    'Raise or remove the CPU limit and keep the request: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=cpu=<more>`.',
  ],
  tellApart: 'The figure is an average of about a minute; bursts are throttled at lower averages too.',
  needs: ['pods', 'containerUsage'],
  *detect({ containerUsage, joins }) {
    yield* nearLimits(containerUsage, 'cpu', NEAR, joins);
  },
  examples: {
    hit: [
      {
        about: 'a container uses all of its 50m',
        objects: `
kind: Pod
metadata: { name: hasher-5c6c5b5b4-4wzqw, namespace: payments }
spec: { containers: [{ name: hasher, resources: { limits: { cpu: 50m } } }] }
`,
        files: {
          'top/pods.txt': `NAMESPACE   POD                      NAME     CPU(cores)   MEMORY(bytes)
payments    hasher-5c6c5b5b4-4wzqw   hasher   50m          0Mi
`,
        },
      },
    ],
    miss: [
      {
        about: 'half of the limit is used',
        objects: `
kind: Pod
metadata: { name: hasher-5c6c5b5b4-4wzqw, namespace: payments }
spec: { containers: [{ name: hasher, resources: { limits: { cpu: 100m } } }] }
`,
        files: {
          'top/pods.txt': `NAMESPACE   POD                      NAME     CPU(cores)   MEMORY(bytes)
payments    hasher-5c6c5b5b4-4wzqw   hasher   50m          0Mi
`,
        },
      },
    ],
  },
});
