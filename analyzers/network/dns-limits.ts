import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';

const REASONS = new Set(['DNSConfigForming', 'CheckLimitsForResolvConf', 'MissingClusterDNS']);

/** The kubelet says it for every pod of a node; one finding a node is enough. */
export default defineClassifier({
  title: 'Node names more DNS servers than pods can use',
  stage: 'network',
  severity: 'low',
  cause:
    'The `resolv.conf` of {{name}} names more than three name servers or too long a search list, and the kubelet leaves the rest out. It matters when the one left out is the only one that knows your registry or database.',
  fix: [
    'Look at it on the node: `cat /etc/resolv.conf`, and with systemd-resolved `resolvectl status`.',
    'Keep at most three servers and the search domains that are needed, and restart the pods with `dnsPolicy: Default` (CoreDNS first).',
  ],
  tellApart: 'A warning; names that really fail are app/dns-failure or image/registry-dns-failure.',
  needs: ['events'],
  *detect({ events, joins }) {
    for (const event of events) {
      if (!REASONS.has(event.reason)) continue;
      const { object, origin, message } = event;
      const pod = object.kind === 'Pod' ? joins.find('pods', object.namespace, object.name) : 'unknown';
      const node =
        event.node ??
        (object.kind === 'Node' ? object.name : typeof pod === 'string' ? undefined : pod.spec.nodeName);
      if (!node) continue;
      yield {
        subject: refTo('Node', undefined, node),
        message: message.replace(/[.\s]+$/, ''),
        evidence: [fieldEvidence(origin, 'message', message)],
        first: event.first,
        last: event.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'the kubelet says it of a pod that runs well',
        objects: `
kind: Event
metadata: { name: cart-0.1, namespace: shop }
involvedObject: { kind: Pod, namespace: shop, name: cart-0 }
source: { component: kubelet, host: agent1 }
type: Warning
reason: DNSConfigForming
message: 'Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 172.16.3.1 172.16.3.2 172.16.3.5'
`,
      },
    ],
    miss: [
      {
        about: 'another warning of the kubelet',
        objects: `
kind: Event
metadata: { name: agent1.1, namespace: default }
involvedObject: { kind: Node, name: agent1 }
source: { component: kubelet, host: agent1 }
type: Warning
reason: InvalidDiskCapacity
message: invalid capacity 0 on image filesystem
`,
      },
    ],
  },
});
