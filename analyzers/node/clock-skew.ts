import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { formatDuration, parseTime } from '../../src/model/time.ts';

/** Kubelets renew their leases every ten seconds with their own clock; more than this ahead of the others is no delay. */
const AHEAD = 60_000;

/** A lease that was renewed "later" than all others: its node's clock is ahead, or theirs are behind. */
export default defineClassifier({
  title: 'Clock of the node is ahead of the others',
  stage: 'node',
  severity: 'high',
  cause:
    'The kubelet of {{name}} signs its lease with a time {{ahead}} after that of all other nodes. Clocks drift apart where no time server is reachable; certificates and tokens then seem not yet valid, or expired.',
  fix: [
    'Look at the clocks, on {{name}} and on another node: `date -u; chronyc tracking`.',
    'Let all nodes follow one time source of your network: `server <ntp host> iburst` in `/etc/chrony.conf`, `systemctl restart chronyd`, and once `chronyc makestep`.',
  ],
  tellApart:
    'A node that is behind looks like one whose kubelet is down for a while. With only two nodes it cannot be told which clock is wrong.',
  needs: ['nodes', 'leases'],
  *detect({ leases, nodes }) {
    const ready = new Set(nodes.map(({ metadata }) => metadata.name ?? ''));
    const renewals = leases
      .filter(({ metadata }) => metadata.namespace === 'kube-node-lease' && ready.has(metadata.name ?? ''))
      .flatMap((lease) => {
        const at = parseTime(lease.spec.renewTime);
        return at === undefined ? [] : [{ lease, at }];
      })
      .sort((a, b) => b.at - a.at);
    const [newest, next] = renewals;
    if (!newest || !next || newest.at - next.at < AHEAD) return;
    // Where the second newest is itself old, the others are down and no clock can be compared.
    const third = renewals[2];
    if (third && next.at - third.at > AHEAD) return;
    const ahead = formatDuration((newest.at - next.at) / 1000);
    const name = newest.lease.metadata.name ?? '';
    const others = `${renewals.length - 1} other node${renewals.length === 2 ? '' : 's'}`;
    yield {
      subject: refTo('Node', undefined, name),
      message: `its lease is ${ahead} ahead of that of ${others}`,
      severity: third ? 'high' : 'low',
      values: { ahead },
      evidence: [
        fieldEvidence(
          newest.lease.origin,
          'spec.renewTime',
          `${name} renewed ${newest.lease.spec.renewTime ?? ''}`,
        ),
        fieldEvidence(
          next.lease.origin,
          'spec.renewTime',
          `${next.lease.metadata.name ?? ''} renewed ${next.lease.spec.renewTime ?? ''}`,
        ),
      ],
    };
  },
  examples: {
    hit: [
      {
        about: 'one of three nodes lives five minutes in the future',
        objects: ['server1:12:05:02', 'agent1:11:59:58', 'agent2:11:59:55'].map(exampleNode).join('---'),
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
    ],
  },
});

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
