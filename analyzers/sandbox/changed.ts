import { defineClassifier } from '../../src/classifier.ts';
import { times } from '../../src/model/words.ts';

/** Once after a restart of the node or its runtime is usual. */
const OFTEN = 4;

export default defineClassifier({
  title: 'Pod sandbox is made again and again',
  stage: 'container runtime',
  severity: 'low',
  cause:
    'The sandbox of the pod goes away and is made again, {{times}} times so far. Something on node {{node}} ends it: the runtime or the node restarts, the pause process is killed, or the network cannot be set up.',
  fix: [
    'Look on node {{node}} why: `journalctl -u containerd -u crio -u kubelet -u rke2-agent -u k3s --since -30min | grep {{pod}} | tail -20; dmesg | tail -30`.',
    'Look at the other events of the pod: `kubectl -n {{namespace}} describe pod {{pod}}`.',
  ],
  tellApart: 'A symptom. Once or twice after a restart of the node it is usual and not told.',
  yieldsTo: ['cni/*', 'sandbox/*', 'sandbox/create-failed', 'runtime/*'],
  causedBy: [{ classes: ['node/rebooted'], by: 'node' }],
  needs: ['signals'],
  *detect({ signals }) {
    for (const { place, reason, text, object, evidence, count, first, last } of signals) {
      if (place !== 'event' || count < OFTEN) continue;
      if (reason !== 'SandboxChanged' && !text.startsWith('Pod sandbox changed')) continue;
      yield {
        subject: object,
        message: `its sandbox was made anew ${times(count)}`,
        evidence: [evidence],
        values: { times: String(count) },
        first,
        last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the sandbox of a pod that does not come up was made 25 times',
        objects: `
kind: Pod
metadata: { name: press-558bfd9444-cp9mv, namespace: plant, uid: u1 }
spec: { containers: [{ name: press, image: reg.local/press }] }
status:
  phase: Pending
  containerStatuses: [{ name: press, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: press.1, namespace: plant }
involvedObject: { kind: Pod, namespace: plant, name: press-558bfd9444-cp9mv, uid: u1 }
type: Normal
reason: SandboxChanged
message: Pod sandbox changed, it will be killed and re-created.
count: 25
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'the node restarted once',
        objects: `
kind: Pod
metadata: { name: press-0, namespace: plant, uid: u1 }
spec: { containers: [{ name: press, image: reg.local/press }] }
status:
  phase: Pending
  containerStatuses: [{ name: press, ready: false, restartCount: 0, state: { waiting: { reason: ContainerCreating } } }]
---
kind: Event
metadata: { name: press.1, namespace: plant }
involvedObject: { kind: Pod, namespace: plant, name: press-0, uid: u1 }
type: Normal
reason: SandboxChanged
message: Pod sandbox changed, it will be killed and re-created.
count: 1
lastTimestamp: '2026-11-22T11:59:00Z'
`,
      },
    ],
  },
});
