import { defineClassifier } from '../../src/classifier.ts';
import { recentlyLogged } from '../../src/model/logged.ts';
import { count } from '../../src/model/words.ts';

/** CoreDNS runs well and forwards to a server that does not answer: usual in an air gap, and worth a line. */
export default defineClassifier({
  title: 'Cluster DNS cannot reach its upstream',
  stage: 'network',
  severity: 'low',
  cause:
    "CoreDNS forwards names that are not the cluster's to a name server that does not answer. In an air gap without DNS that is expected; it matters when names of your own network (a registry, a database) are to resolve in pods.",
  fix: [
    "Look where it forwards: `kubectl -n {{namespace}} get configmaps -o yaml | grep -n -B2 -A4 'forward \\.'` and on node {{node}} `cat /etc/resolv.conf`.",
    'Let it forward to a DNS server of your network (`forward . <address>`), or take the `forward` line out so that such names fail at once instead of after a timeout.',
  ],
  tellApart: 'Names of the cluster still resolve; when they do not either, it is network/coredns-down.',
  needs: ['logs'],
  lines: [
    '\\[ERROR\\] plugin/errors: \\d+ [^\\n]{1,300}(?:i/o timeout|connection refused|no route to host|network is unreachable|server misbehaving)',
  ],
  *detect({ joins, time }) {
    for (const { subject, container, hit, evidence } of recentlyLogged(
      joins,
      'network/coredns-upstream',
      time,
    ))
      yield {
        subject,
        container,
        message: `${count(hit.count, 'query')} to the upstream name server failed`,
        evidence,
        first: hit.first,
        last: hit.last,
      };
  },
  examples: {
    hit: [
      {
        about: 'a healthy CoreDNS gets no answer from outside',
        objects: `
kind: Pod
metadata: { name: coredns-0, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { containers: [{ name: coredns }] }
status: { phase: Running, containerStatuses: [{ name: coredns, ready: true, state: { running: {} } }] }
`,
        files: {
          'logs/kube-system/coredns-0/coredns.log':
            '2026-11-22T11:58:12.181Z [ERROR] plugin/errors: 2 registry.corp.local. A: read udp 10.42.0.4:51809->10.0.0.3:53: i/o timeout\n',
        },
      },
    ],
    miss: [
      {
        about: 'an upstream that failed a day ago',
        files: {
          'logs/kube-system/coredns-0/coredns.log':
            '2026-11-21T11:58:12.181Z [ERROR] plugin/errors: 2 registry.corp.local. A: read udp 10.42.0.4:51809->10.0.0.3:53: i/o timeout\n',
        },
      },
    ],
  },
});
