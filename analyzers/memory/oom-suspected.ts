import { defineClassifier } from '../../src/classifier.ts';
import type { ContainerUsage } from '../../src/model/cluster.ts';
import { type ContainerFact, containersOf } from '../../src/model/containers.ts';
import { endings } from '../../src/model/endings.ts';
import type { Joins } from '../../src/model/joins.ts';
import { memoryLimitOf, usageOf } from '../../src/model/memory.ts';
import { formatBytes } from '../../src/model/quantity.ts';

/** The share of its limit from which a container is close to being killed. */
const NEAR = 0.9;

/** The container itself, running again, or the same one of another replica, close to its limit. */
function nearLimit({ pod, name }: ContainerFact, usage: readonly ContainerUsage[], joins: Joins) {
  for (const replica of joins.podsOf(joins.workloadOf(pod)))
    for (const fact of containersOf(replica)) {
      const limit = fact.name === name ? memoryLimitOf(fact) : undefined;
      const used = limit && usageOf(fact, usage);
      if (limit && used && used.bytes >= NEAR * limit.bytes) return { used, limit, pod: replica };
    }
  return undefined;
}

export default defineClassifier({
  title: 'Container was probably killed for using up its memory',
  stage: 'kernel',
  severity: 'medium',
  cause:
    "The container {{container}} was ended with SIGKILL (code 137) without a named reason, and its kind uses nearly all of its memory limit: {{used}} of {{limit}}. Container runtimes sometimes miss the kernel's word that it killed for memory.",
  fix: [
    'Look at the kernel of node {{node}} at that time: `journalctl -k --since -1h | grep -iE "oom|killed process"`.',
    'If it was memory, raise the limit: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=memory=<more than {{limit}}>`.',
  ],
  tellApart:
    'With the reason OOMKilled it is certain (memory/oom-killed); without a sign of short memory it is exit/killed.',
  yieldsTo: [
    'memory/oom-killed',
    'memory/child-oom-killed',
    'kubelet/*',
    'probe/liveness-killing',
    'probe/startup-failing',
    'probe/post-start-hook-failed',
  ],
  needs: ['signals', 'containerUsage'],
  *detect({ containerUsage, ...facts }) {
    for (const { fact, ...ending } of endings(
      facts,
      ({ exitCode, reason }) => exitCode === 137 && reason === 'Error',
    )) {
      const near = nearLimit(fact, containerUsage, facts.joins);
      if (!near) continue;
      const { used, limit, pod } = near;
      const who = pod === fact.pod ? 'it now uses' : `replica ${pod.metadata.name} uses`;
      yield {
        ...ending,
        message: `container ${fact.name} was killed without a named reason; ${who} ${formatBytes(used.bytes)} of its limit ${limit.written}`,
        evidence: [...ending.evidence, used.evidence, limit.evidence],
        values: { used: formatBytes(used.bytes), limit: limit.written },
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the container runs again and is close to its limit once more',
        objects: `
kind: Pod
metadata: { name: rates-0, namespace: payments }
spec: { containers: [{ name: rates, image: reg.local/rates, resources: { limits: { memory: 64Mi } } }] }
status:
  phase: Running
  containerStatuses:
    - name: rates
      ready: false
      restartCount: 4
      state: { running: { startedAt: '2026-11-22T11:58:30Z' } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'top/pods.txt':
            'NAMESPACE   POD       NAME    CPU(cores)   MEMORY(bytes)   \npayments    rates-0   rates   1m           61Mi            \n',
        },
      },
    ],
    miss: [
      {
        about: 'there is much memory left',
        objects: `
kind: Pod
metadata: { name: rates-0, namespace: payments }
spec: { containers: [{ name: rates, image: reg.local/rates, resources: { limits: { memory: 64Mi } } }] }
status:
  phase: Running
  containerStatuses:
    - name: rates
      ready: false
      restartCount: 4
      state: { running: { startedAt: '2026-11-22T11:58:30Z' } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'top/pods.txt':
            'NAMESPACE   POD       NAME    CPU(cores)   MEMORY(bytes)   \npayments    rates-0   rates   1m           12Mi            \n',
        },
      },
    ],
  },
});
