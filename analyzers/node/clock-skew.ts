import { defineClassifier } from '../../src/classifier.ts';
import type { NodeClock, Of } from '../../src/model/cluster.ts';
import { fieldEvidence, type Proof } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import type { Severity } from '../../src/model/severities.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

/** More than this between two clocks that are compared through the API is no delay. */
const APART = 60_000;
/** A time source is asked directly: a few seconds already break tokens and etcd. */
const OFF = 10_000;

/** What one clock is off: milliseconds ahead, or behind when negative. */
type Skew = {
  readonly node: string;
  readonly ahead: number;
  readonly of: string;
  readonly severity?: Severity;
  readonly evidence: Proof;
};

export default defineClassifier({
  title: 'Clock of the node is wrong',
  stage: 'node',
  severity: 'high',
  cause:
    'The clock of {{name}} is {{skew}}. Clocks drift apart where no time server is reachable; certificates and tokens then seem not yet valid, or expired.',
  fix: [
    'Look at the clocks, on {{name}} and on another node: `date -u; chronyc tracking`.',
    'Let all nodes follow one time source of your network: `server <ntp host> iburst` in `/etc/chrony.conf`, `systemctl restart chronyd`, and once `chronyc makestep`.',
  ],
  tellApart:
    'A node whose lease is old may only be silent (node/kubelet-down): behind is a clock by which a pod started before it was made. With only two nodes it cannot be told which clock is wrong.',
  needs: [],
  uses: ['nodes', 'leases', 'pods', 'clocks'],
  *detect({ leases, nodes, pods, clocks }) {
    const skews = [...byTimeSource(clocks), ...byLeases(leases, nodes), ...byStarts(pods)];
    for (const { node, ahead, of, severity, evidence } of skews) {
      const skew = `${formatDuration(Math.abs(ahead) / 1000)} ${ahead > 0 ? 'ahead of' : 'behind'} ${of}`;
      yield {
        subject: refTo('Node', undefined, node),
        message: `its clock is ${skew}`,
        ...(severity ? { severity } : {}),
        values: { skew },
        evidence,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'one of three nodes lives five minutes in the future',
        objects: ['server1:12:05:02', 'agent1:11:59:58', 'agent2:11:59:55'].map(exampleNode).join('---'),
      },
      {
        about: 'a pod was started on the node four minutes before it was made',
        objects: examplePod('cart-0', '2026-11-22T11:50:10Z', '2026-11-22T11:46:12Z'),
      },
      {
        about: 'the node itself says that it is behind its time source',
        files: {
          'nodes/agent1/chrony.txt':
            'Reference ID    : 0A000001 (ntp.corp.local)\nSystem time     : 95.250000000 seconds slow of NTP time\n',
        },
      },
    ],
    miss: [
      {
        about: 'one node has been silent for an hour',
        objects: ['server1:11:59:59', 'agent1:11:59:58', 'agent2:10:59:55'].map(exampleNode).join('---'),
      },
      {
        about: 'all nodes but one are down',
        objects: ['server1:11:59:59', 'agent1:11:30:00', 'agent2:10:59:55'].map(exampleNode).join('---'),
      },
      {
        about: 'the clock has been mended: the newest pod of the node started after it was made',
        objects: [
          examplePod('cart-0', '2026-11-22T09:50:10Z', '2026-11-22T09:46:12Z'),
          examplePod('cart-1', '2026-11-22T11:50:10Z', '2026-11-22T11:50:11Z'),
        ].join('---'),
      },
      {
        about: 'a static pod is older than its mirror',
        objects: examplePod('etcd-agent1', '2026-11-22T11:50:10Z', '2026-11-22T11:46:12Z').replace(
          'namespace: shop',
          "namespace: kube-system, annotations: { kubernetes.io/config.mirror: '1' }",
        ),
      },
      {
        about: 'the clock is a fraction of a second off',
        files: { 'nodes/agent1/chrony.txt': 'System time     : 0.000012 seconds fast of NTP time\n' },
      },
    ],
  },
});

/** What `chronyc tracking` said on the node. */
function byTimeSource(clocks: readonly NodeClock[]): Skew[] {
  return clocks
    .filter(({ offset }) => Math.abs(offset) >= OFF)
    .map(({ node, offset, origin }) => {
      const said = `System time: ${Math.abs(offset) / 1000} seconds ${offset > 0 ? 'fast' : 'slow'} of NTP time`;
      return { node, ahead: offset, of: 'its time source', evidence: [fieldEvidence(origin, '', said)] };
    });
}

/** Kubelets renew their leases every ten seconds with their own clock: one "later" than all others is ahead, or they are behind. */
function byLeases(leases: readonly Of<'leases'>[], nodes: readonly Of<'nodes'>[]): Skew[] {
  const known = new Set(nodes.map(({ metadata }) => metadata.name));
  const renewals = leases
    .filter(({ metadata }) => metadata.namespace === 'kube-node-lease' && known.has(metadata.name))
    .flatMap((lease) => {
      const at = parseTime(lease.spec.renewTime);
      return at === undefined ? [] : [{ lease, at }];
    })
    .sort((a, b) => b.at - a.at);
  const [newest, next, third] = renewals;
  if (!newest || !next || newest.at - next.at < APART) return [];
  // Where the second newest is itself old, the others are down and no clock can be compared.
  if (third && next.at - third.at > APART) return [];
  const others = `that of ${renewals.length - 1} other node${renewals.length === 2 ? '' : 's'}`;
  return [
    {
      node: newest.lease.metadata.name,
      ahead: newest.at - next.at,
      of: others,
      severity: third ? 'high' : 'low',
      evidence: [renewal(newest.lease), renewal(next.lease)],
    },
  ];
}

function renewal({ metadata, spec, origin }: Of<'leases'>): Proof[0] {
  return fieldEvidence(origin, 'spec.renewTime', `${metadata.name} renewed ${spec.renewTime ?? ''}`);
}

/** The kubelet writes when it began with a pod by its own clock, the API server when the pod was made by its own. */
function byStarts(pods: readonly Of<'pods'>[]): Skew[] {
  const newest = new Map<string, { pod: Of<'pods'>; made: number; begun: number }>();
  for (const pod of pods) {
    const { creationTimestamp, annotations } = pod.metadata;
    const [made, begun] = [parseTime(creationTimestamp), parseTime(pod.status.startTime)];
    const node = pod.spec.nodeName;
    // The mirror of a static pod is made after the pod began.
    if (!node || made === undefined || begun === undefined || annotations['kubernetes.io/config.mirror'])
      continue;
    if (made > (newest.get(node)?.made ?? 0)) newest.set(node, { pod, made, begun });
  }
  return [...newest].flatMap(([node, { pod, made, begun }]) => {
    if (made - begun < APART) return [];
    const said = `startTime: ${pod.status.startTime ?? ''}, created: ${pod.metadata.creationTimestamp ?? ''}`;
    return [
      {
        node,
        ahead: begun - made,
        of: 'that of the API server',
        evidence: [fieldEvidence(pod.origin, 'status.startTime', said)],
      },
    ];
  });
}

function exampleNode(written: string): string {
  const [name, time] = [written.replace(/:.*/, ''), written.replace(/^[^:]*:/, '')];
  return `
kind: Node
metadata: { name: ${name} }
status: { conditions: [{ type: Ready, status: 'True' }] }
---
kind: Lease
metadata: { name: ${name}, namespace: kube-node-lease }
spec: { renewTime: '2026-11-22T${time}.000000Z' }
`;
}

function examplePod(name: string, created: string, started: string): string {
  return `
kind: Pod
metadata: { name: ${name}, namespace: shop, creationTimestamp: '${created}' }
spec: { nodeName: agent1, containers: [{ name: cart }] }
status: { phase: Running, startTime: '${started}', conditions: [{ type: Ready, status: 'True' }] }
`;
}
