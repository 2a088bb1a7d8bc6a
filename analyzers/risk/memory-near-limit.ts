import { defineClassifier } from '../../src/classifier.ts';
import { nearLimits } from '../../src/model/near-limits.ts';

const NEAR = 0.9;

/** What `kubectl top` saw of memory, against the limit at which the kernel kills. */
export default defineClassifier({
  title: 'Memory is close to its limit',
  stage: 'practice',
  severity: 'medium',
  cause:
    'Container {{container}} uses {{used}} of its {{limit}} of memory. At the limit the kernel kills a process of it. The figure holds the page cache that is in use too, so the true need is a little less.',
  fix: [
    'Look whether it grows: `kubectl -n {{namespace}} top pods --containers` a few times, some minutes apart.',
    'Raise the limit before it is killed: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=memory=<more>`; if it grows without end, find the leak.',
  ],
  tellApart: 'A container that was killed for memory is memory/oom-killed.',
  needs: ['pods', 'containerUsage'],
  *detect({ containerUsage, joins }) {
    yield* nearLimits(containerUsage, 'memory', NEAR, joins);
  },
  examples: {
    hit: [
      {
        about: 'a container uses 58Mi of its 64Mi',
        objects: `
kind: Pod
metadata: { name: rates-597464f8db-pnj77, namespace: payments }
spec: { containers: [{ name: rates, resources: { limits: { memory: 64Mi } } }] }
status: { phase: Running, containerStatuses: [{ name: rates, ready: true, state: { running: {} } }] }
`,
        files: {
          'top/pods.txt': `NAMESPACE   POD                      NAME    CPU(cores)   MEMORY(bytes)
payments    rates-597464f8db-pnj77   rates   1m           58Mi
`,
        },
      },
    ],
    miss: [
      {
        about: 'half of the limit is used, and another container has no limit',
        objects: `
kind: Pod
metadata: { name: rates-597464f8db-pnj77, namespace: payments }
spec: { containers: [{ name: rates, resources: { limits: { memory: 128Mi } } }, { name: proxy }] }
`,
        files: {
          'top/pods.txt': `NAMESPACE   POD                      NAME    CPU(cores)   MEMORY(bytes)
payments    rates-597464f8db-pnj77   rates   1m           58Mi
payments    rates-597464f8db-pnj77   proxy   1m           900Mi
`,
        },
      },
    ],
  },
});
