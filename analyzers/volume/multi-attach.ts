import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import type { Joins } from '../../src/model/joins.ts';
import { NODE_FAILURES } from '../../src/model/node-failures.ts';
import { refTo } from '../../src/model/ref.ts';

const MULTI_ATTACH = /Multi-Attach error for volume "([^"]*)"/;
const ELSEWHERE =
  /AttachVolume\.Attach failed for volume "([^"]*)"[\s\S]{0,400}(?:already|currently) attached to (?:the |a )?(?:different |another )?(?:node|instance)/;

export default defineClassifier({
  title: 'Volume is still attached to another node',
  stage: 'storage',
  severity: 'high',
  cause:
    'Volume {{volume}} can be used by one node at a time and is still attached to {{holder}}. Either that node went down without giving it back, or a rolling update starts the new pod before the old one has gone.',
  fix: [
    'Look who holds it: `kubectl get volumeattachments | grep {{volume}}`, `kubectl get pods -A -o wide | grep {{holder}}`.',
    'When that node is really switched off: `kubectl taint node {{holder}} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`; its pods and attachments are then given up. Remove the taint when the node is back.',
    'For a rolling update set `strategy: {type: Recreate}` in {{workload}}, and delete the old pod now.',
    'Only when the node is gone and the attachment stays: `kubectl delete volumeattachment {{attachment}}`.',
  ],
  tellApart:
    '`already used by pod(s)` is a rolling update, `exclusively attached to one node` mostly a node that is down.',
  needs: ['signals'],
  causedBy: [
    {
      classes: NODE_FAILURES,
      by: 'node',
    },
  ],
  *detect({ signals, joins }) {
    for (const signal of signals) {
      if (signal.place !== 'event') continue;
      const volume = (MULTI_ATTACH.exec(signal.text) ?? ELSEWHERE.exec(signal.text))?.[1];
      if (volume === undefined) continue;
      const held = attachmentOf(volume, signal.pod?.spec.nodeName, joins);
      const holder = held?.spec.nodeName;
      const down = holder !== undefined && joins.unreadyNodes().has(holder);
      const users = /already used by pod\(s\) ([^\n]+)/.exec(signal.text)?.[1];
      yield {
        subject: signal.object,
        culprit: down ? refTo('Node', undefined, holder) : undefined,
        message: `volume ${volume} is still attached to ${holder ? `node ${holder}` : 'another node'}${down ? ', which is not ready' : ''}${users ? `, used by ${users}` : ''}`,
        evidence: [
          signal.evidence,
          ...(held && holder
            ? [
                fieldEvidence(
                  held.origin,
                  'spec.nodeName',
                  `VolumeAttachment ${held.metadata.name}: nodeName: ${holder}`,
                ),
              ]
            : []),
        ],
        values: {
          volume,
          ...(holder ? { holder } : {}),
          ...(held?.metadata.name ? { attachment: held.metadata.name } : {}),
        },
        first: signal.first,
        last: signal.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the node that holds the volume is down',
        objects: `
kind: Pod
metadata: { name: postgres-1, namespace: data, uid: u1 }
spec: { nodeName: agent1, containers: [{ name: postgres, image: reg.local/postgres }] }
status: { phase: Pending }
---
kind: Event
metadata: { name: postgres-1.1, namespace: data }
type: Warning
reason: FailedAttachVolume
message: Multi-Attach error for volume "pvc-80c52f0e" Volume is already exclusively attached to one node and can't be attached to another
involvedObject: { kind: Pod, namespace: data, name: postgres-1, uid: u1 }
---
kind: VolumeAttachment
metadata: { name: csi-5051bd }
spec: { attacher: driver.longhorn.io, nodeName: agent2, source: { persistentVolumeName: pvc-80c52f0e } }
status: { attached: true }
---
kind: Node
metadata: { name: agent2 }
status: { conditions: [{ type: Ready, status: Unknown }] }
`,
      },
      {
        about: 'the storage system says it in its own words',
        objects: `
kind: Pod
metadata: { name: postgres-1, namespace: data }
spec: { nodeName: agent1, containers: [{ name: postgres, image: reg.local/postgres }] }
status: { phase: Pending }
---
kind: Event
metadata: { name: postgres-1.1, namespace: data }
type: Warning
reason: FailedAttachVolume
message: 'AttachVolume.Attach failed for volume "pvc-2efe" : rpc error: code = Internal desc = volume pvc-2efe failed to attach to node agent1 with attachmentID csi-5051: the volume is currently attached to different node agent2.'
involvedObject: { kind: Pod, namespace: data, name: postgres-1 }
`,
      },
    ],
    miss: [
      {
        about: 'the attacher does not answer',
        objects: `
kind: Pod
metadata: { name: postgres-1, namespace: data }
spec: { nodeName: agent1, containers: [{ name: postgres, image: reg.local/postgres }] }
status: { phase: Pending }
---
kind: Event
metadata: { name: postgres-1.1, namespace: data }
type: Warning
reason: FailedAttachVolume
message: 'AttachVolume.Attach failed for volume "pvc-2efe" : timed out waiting for external-attacher of driver.longhorn.io CSI driver to attach volume pvc-2efe'
involvedObject: { kind: Pod, namespace: data, name: postgres-1 }
`,
      },
    ],
  },
});

/** The attachment of a volume to another node than the one that now wants it. */
function attachmentOf(volume: string, wanting: string | undefined, joins: Joins) {
  return joins
    .inNamespace('volumeattachments', undefined)
    .find(({ spec }) => spec.source.persistentVolumeName === volume && spec.nodeName !== wanting);
}
