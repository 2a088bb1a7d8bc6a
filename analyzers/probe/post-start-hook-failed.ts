import { defineClassifier } from '../../src/classifier.ts';
import { containersOf } from '../../src/model/containers.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import type { Signal } from '../../src/model/signal.ts';

const TEXT = /PostStartHook failed|^FailedPostStartHook$/;
/** Older kubelets say the same of both hooks; only the reason tells which. */
const REASONS = new Set(['FailedPostStartHook', 'PostStartHookError']);

type Hook = { readonly text: string; readonly evidence: Evidence };

/** What the hook does, from the container's specification. */
function hookOf({ pod, container }: Signal): Hook | undefined {
  const fact = pod && containersOf(pod).find(({ name }) => name === container);
  const hook = fact?.spec?.lifecycle?.postStart;
  if (!fact || !hook) return undefined;
  const text = hook.exec
    ? hook.exec.command.join(' ')
    : `GET :${hook.httpGet?.port ?? '?'}${hook.httpGet?.path ?? ''}`;
  const evidence = fieldEvidence(
    fact.pod.origin,
    `${fact.specPath}.lifecycle.postStart`,
    `postStart: ${text}`,
  );
  return { text, evidence };
}

/** The kubelet's detail, where it tells one. */
function detailOf(text: string): string {
  const error = /failed - error: ([^\n]{1,200})/.exec(text)?.[1];
  return error ? `: ${error}` : '';
}

export default defineClassifier({
  title: 'Start hook of the container fails',
  stage: 'kubelet',
  severity: 'high',
  cause:
    'Just after the start of {{container}} the kubelet runs its `postStart` hook ({{hook}}). It fails, so the kubelet kills the container and starts it again. The hook begins at the same time as the program and must not count on its being up.',
  fix: [
    "Look at the hook: `kubectl -n {{namespace}} get pod {{pod}} -o jsonpath='{.spec.containers[*].lifecycle.postStart}'`. Its output is only in the log of the kubelet on node {{node}}: `journalctl -u kubelet -u rke2-agent -u k3s --since -30min | grep -i poststart | tail`.",
    'Use a command that the image has, and let it wait for what it needs.',
    'Better: do that work in an init container or in the entrypoint of the image, where its error is seen.',
  ],
  tellApart: 'The container is killed with 137 by the kubelet itself; memory is not the reason.',
  needs: ['signals'],
  *detect({ signals }) {
    for (const signal of signals) {
      const { place, reason, text, object, container, evidence, first, last } = signal;
      if (place === 'log' || place === 'journal') continue;
      if (!REASONS.has(reason) && !TEXT.test(text)) continue;
      const hook = hookOf(signal);
      yield {
        subject: object,
        container,
        message: `the postStart hook${container ? ` of container ${container}` : ''} fails${hook ? ` (${hook.text})` : ''}${detailOf(text)}`,
        evidence: hook ? [evidence, hook.evidence] : [evidence],
        values: { hook: hook?.text ?? 'see its specification' },
        first,
        last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the hook runs a command that is not in the image',
        objects: `
kind: Pod
metadata: { name: hooked-5b74458b8b-xx5jw, namespace: data, uid: u1 }
spec:
  containers:
    - name: hooked
      image: reg.local/hooked
      lifecycle: { postStart: { exec: { command: [/bin/register-with-consul] } } }
status:
  phase: Running
  containerStatuses:
    - name: hooked
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 137, reason: Error, finishedAt: '2026-11-22T11:58:54Z' } }
---
kind: Event
metadata: { name: hooked.1, namespace: data }
involvedObject: { kind: Pod, namespace: data, name: hooked-5b74458b8b-xx5jw, uid: u1, fieldPath: 'spec.containers{hooked}' }
type: Warning
reason: FailedPostStartHook
message: PostStartHook failed
count: 6
lastTimestamp: '2026-11-22T11:58:49Z'
`,
      },
      {
        about: 'the container waits because of the hook',
        objects: `
kind: Pod
metadata: { name: hooked-0, namespace: data }
spec: { containers: [{ name: hooked, image: reg.local/hooked }] }
status:
  phase: Running
  containerStatuses:
    - { name: hooked, ready: false, restartCount: 1, state: { waiting: { reason: PostStartHookError } } }
`,
      },
    ],
    miss: [
      {
        about: 'the other hook fails',
        objects: `
kind: Pod
metadata: { name: hooked-0, namespace: data, uid: u1 }
spec: { containers: [{ name: hooked, image: reg.local/hooked }] }
status:
  phase: Running
  containerStatuses: [{ name: hooked, ready: false, restartCount: 1, state: { running: { startedAt: '2026-11-22T11:50:00Z' } } }]
---
kind: Event
metadata: { name: hooked.1, namespace: data }
involvedObject: { kind: Pod, namespace: data, name: hooked-0, uid: u1, fieldPath: 'spec.containers{hooked}' }
type: Warning
reason: FailedPreStopHook
message: PreStopHook failed
lastTimestamp: '2026-11-22T11:58:49Z'
`,
      },
    ],
  },
});
