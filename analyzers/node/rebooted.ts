import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { formatTime } from '../../src/model/time.ts';

/** Told for what it explains: all containers of the node ended at once. */
export default defineClassifier({
  title: 'Node was rebooted',
  stage: 'node',
  severity: 'info',
  cause:
    '{{name}} was rebooted. All containers there ended at once, mostly with exit code 255 and reason Unknown, and were started again.',
  fix: [
    'Look why: on the node `last -x reboot | head`, `journalctl -b -1 -n 100`, and for a crash `ls /var/crash`.',
    'When it was planned there is nothing to do; drain before the next one: `kubectl drain {{name}} --ignore-daemonsets --delete-emptydir-data`.',
  ],
  tellApart: 'Explains restarts; no failure by itself.',
  needs: ['events'],
  *detect({ events }) {
    for (const { object, reason, message, origin, last } of events) {
      if (object.kind !== 'Node' || reason !== 'Rebooted') continue;
      const when = last === undefined ? undefined : formatTime(last);
      yield {
        subject: refTo('Node', undefined, object.name),
        message: when ? `was rebooted before ${when}` : 'was rebooted',
        evidence: [fieldEvidence(origin, 'message', message, when)],
        first: last,
        last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the kubelet met another boot id than before',
        objects: `
kind: Event
metadata: { name: agent1.1, namespace: default }
involvedObject: { kind: Node, name: agent1 }
type: Warning
reason: Rebooted
message: 'Node agent1 has been rebooted, boot id: 8122700b-359c-4011-9fac-797615c88930'
lastTimestamp: '2026-11-22T11:02:00Z'
`,
      },
    ],
    miss: [
      {
        about: 'only the kubelet was started again',
        objects: `
kind: Event
metadata: { name: agent1.1, namespace: default }
involvedObject: { kind: Node, name: agent1 }
type: Normal
reason: Starting
message: Starting kubelet.
`,
      },
    ],
  },
});
