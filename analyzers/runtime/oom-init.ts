import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { containerNamed } from '../../src/model/joins.ts';
import { formatBytes, parseQuantity } from '../../src/model/quantity.ts';
import type { Signal } from '../../src/model/signal.ts';

const SURE =
  /container init was OOM-killed|memory limit too low\?|memory limit could be too low|unable to set memory limit to|(?:memory\.(?:memsw\.)?limit_in_bytes|memory\.max)[^\n]{0,400}device or resource busy/;
/** runc's first process is gone: with a tiny limit the kernel killed it, otherwise something else did. */
const VAGUE = /init-p: (?:broken pipe|connection reset)|can't get final child's PID from pipe/;
/** runc itself needs more than this. */
const TINY = 16 * 2 ** 20;

type Limit = {
  readonly container: string;
  readonly written: string;
  readonly bytes: number;
  readonly path: string;
};

/** The smallest memory limit of the container, or of the pod's containers when the text is about its sandbox. */
function smallestLimit({ pod, container }: Signal): Limit | undefined {
  if (!pod) return undefined;
  const specs = container ? [containerNamed(pod.spec, container)] : pod.spec.containers;
  return specs
    .flatMap((spec) => {
      const written = spec?.resources.limits.memory;
      const bytes = parseQuantity(written);
      if (!spec?.name || !written || bytes === undefined) return [];
      const index = pod.spec.containers.indexOf(spec);
      const path = index < 0 ? 'spec.initContainers' : `spec.containers[${index}].resources.limits.memory`;
      return [{ container: spec.name, written, bytes, path }];
    })
    .sort((a, b) => a.bytes - b.bytes)[0];
}

function told(limit: Limit | undefined): string {
  if (!limit) return 'the memory limit is too small to start the container at all';
  const { container, written, bytes } = limit;
  const amount = formatBytes(bytes);
  const meant = written.endsWith('m') ? ' (`m` stands for thousandths, `Mi` was meant)' : '';
  const read = amount === written ? '' : `, ${amount}${/\d$/.test(amount) ? ' bytes' : ''}`;
  return `the memory limit of ${container} is ${written}${read}${meant}`;
}

export default defineClassifier({
  title: 'Memory limit is too small to start the container',
  stage: 'kernel',
  severity: 'high',
  cause:
    'The memory limit of the container is so small that the kernel kills runc while it prepares the container, before the program begins. Mostly the unit is wrong: `128m` are thousandths of a byte, `128` are bytes.',
  fix: [
    "Look at the limit: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].resources}'`.",
    'Write the unit that was meant, e.g. `limits: {memory: 128Mi}`: `kubectl -n {{namespace}} set resources {{workload}} -c {{container}} --limits=memory=128Mi`.',
  ],
  tellApart: 'A program that began and was killed later is memory/oom-killed.',
  needs: ['signals'],
  lines: [
    'container init was OOM-killed',
    'memory limit (?:could be )?too low',
    'unable to set memory limit to',
  ],
  *detect({ signals }) {
    for (const signal of signals) {
      const { place, text, object, container, evidence, pod, first, last } = signal;
      if (place === 'condition' || place === 'journal') continue;
      const sure = SURE.test(text);
      if (!sure && !VAGUE.test(text)) continue;
      const limit = smallestLimit(signal);
      if (!sure && (!limit || limit.bytes >= TINY)) continue;
      const set = limit && pod ? [fieldEvidence(pod.origin, limit.path, `memory: ${limit.written}`)] : [];
      yield { subject: object, container, message: told(limit), evidence: [evidence, ...set], first, last };
    }
  },
  examples: {
    hit: [
      {
        about: 'the limit was written in thousandths of a byte',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, resources: { limits: { memory: 128m } } }] }
status:
  phase: Pending
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1 }
type: Warning
reason: FailedCreatePodSandBox
message: "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: can't get final child's PID from pipe: EOF: unknown"
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
      {
        about: 'runc says itself that the kernel killed it',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart, resources: { limits: { memory: 4Mi } } }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 4
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState:
        terminated:
          reason: StartError
          exitCode: 128
          finishedAt: '2026-11-22T11:58:00Z'
          message: 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown'
`,
      },
      {
        about: 'crun says it in the log, where it has no program to give it to',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart, resources: { limits: { memory: 512Ki } } }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 4
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { reason: Error, exitCode: 1, finishedAt: '2026-11-22T11:58:00Z' } }
`,
        files: {
          'logs/shop/cart-0/cart.previous.log':
            '2026-11-22T11:58:00.000722463Z OOM: the memory limit could be too low: read from the init process\n',
        },
      },
    ],
    miss: [
      {
        about: 'the first process is gone although the limit is large',
        objects: `
kind: Pod
metadata: { name: cart-0, namespace: shop, uid: u1 }
spec: { containers: [{ name: cart, image: reg.local/cart, resources: { limits: { memory: 512Mi } } }] }
status:
  phase: Pending
  containerStatuses: [{ name: cart, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: cart.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0, uid: u1 }
type: Warning
reason: FailedCreatePodSandBox
message: "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: unable to start container process: can't get final child's PID from pipe: EOF: unknown"
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
