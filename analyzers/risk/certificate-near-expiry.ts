import { defineClassifier } from '../../src/classifier.ts';
import type { NodeCertificate } from '../../src/model/cluster.ts';
import { type Evidence, fieldEvidence } from '../../src/model/evidence.ts';
import { groupBy } from '../../src/model/group-by.ts';
import { refTo } from '../../src/model/ref.ts';
import { formatDuration, formatTime } from '../../src/model/time.ts';

type Dated = NodeCertificate & { readonly notAfter: number };

const DAY = 86_400_000;
const SOON = 30 * DAY;
const VERY_SOON = 7 * DAY;

/** By the dates that were read on the nodes. One that has expired may lie unused: what it has locked out is told by other classes. */
export default defineClassifier({
  title: 'Certificate on a node expires soon or has expired',
  stage: 'practice',
  severity: 'medium',
  cause:
    'Certificate {{path}} of {{name}} {{when}}. Kubernetes certificates live for a year and are renewed when their service restarts close to the end, or by hand.',
  fix: [
    'Look at it, on the node: `openssl x509 -noout -subject -dates -in {{path}}`.',
    {
      rke2: 'Look at all dates, on the node: `rke2 certificate check --output table`.',
      k3s: 'Look at all dates, on the node: `k3s certificate check --output table`.',
      kubeadm: 'Look at all dates, on a control plane node: `kubeadm certs check-expiration`.',
    },
    {
      rke2: 'Renew: `systemctl stop rke2-server; rke2 certificate rotate; systemctl start rke2-server`, one server after the other, then `systemctl restart rke2-agent` on the agents.',
      k3s: 'Renew: `systemctl stop k3s; k3s certificate rotate; systemctl start k3s`, one server after the other, then `systemctl restart k3s-agent` on the agents.',
      kubeadm: 'Renew: `kubeadm certs renew all`, and restart the static pods of the control plane.',
    },
  ],
  tellApart:
    'Where it has locked somebody out already: node/certificate-invalid or control-plane/certificate-expired.',
  needs: ['certificates'],
  *detect({ certificates, time }) {
    if (time === undefined) return;
    for (const [node, all] of groupBy(certificates, (one) => one.node)) {
      const ending = inUse(all).filter((one) => one.notAfter - time <= soonFor(one));
      const [first] = ending.sort((a, b) => a.notAfter - b.notAfter);
      if (!first) continue;
      const left = first.notAfter - time;
      const span = formatDuration(Math.abs(left) / 1000);
      const when = left > 0 ? `expires in ${span}` : `expired ${span} ago`;
      const more = ending.length > 1 ? `; ${ending.length - 1} more by ${dateOf(ending.at(-1))}` : '';
      yield {
        subject: refTo('Node', undefined, node),
        message: `${first.path} ${when}${more}`,
        severity: left < VERY_SOON ? 'high' : 'medium',
        values: { path: first.path, when },
        evidence: [toEvidence(first), ...ending.slice(1, 6).map(toEvidence)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a certificate of the API server ends in nine days',
        files: { 'nodes/server1/certificates.tsv': exampleDates('Dec  1 12:00:00 2026 GMT') },
      },
      {
        about: 'it ended two days ago',
        files: { 'nodes/server1/certificates.tsv': exampleDates('Nov 20 12:00:00 2026 GMT') },
      },
    ],
    miss: [
      {
        about: 'it is good for months',
        files: { 'nodes/server1/certificates.tsv': exampleDates('Nov 20 12:00:00 2027 GMT') },
      },
      {
        about: 'only the certificate that the kubelet has replaced is expired',
        files: {
          'nodes/server1/certificates.tsv': [
            'path\tsubject\tissuer\tnotBefore\tnotAfter',
            '/var/lib/kubelet/pki/kubelet-client-2025-11-20-12-00-00.pem\tCN = system:node:server1\tCN = kubernetes\tNov 20 12:00:00 2025 GMT\tNov 20 12:00:00 2026 GMT',
            '/var/lib/kubelet/pki/kubelet-client-2026-09-20-12-00-00.pem\tCN = system:node:server1\tCN = kubernetes\tSep 20 12:00:00 2026 GMT\tSep 20 12:00:00 2027 GMT',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/** The kubelet keeps its old certificates, with their dates in their names, beside the one that it uses. */
function inUse(certificates: readonly NodeCertificate[]): Dated[] {
  const dated = certificates.flatMap((one) =>
    one.notAfter === undefined ? [] : [{ ...one, notAfter: one.notAfter }],
  );
  const files = groupBy(dated, ({ path }) => path.replace(/\d{4}(?:-\d\d){5}/, ''));
  return [...files.values()].flatMap(([first, ...others]) =>
    first ? [others.reduce((best, one) => (one.notAfter > best.notAfter ? one : best), first)] : [],
  );
}

/** A certificate that lives for a day only is renewed every day. */
function soonFor({ notBefore, notAfter }: Dated): number {
  return notBefore === undefined ? SOON : Math.min(SOON, (notAfter - notBefore) / 5);
}

function dateOf(one: Dated | undefined): string {
  return one ? formatTime(one.notAfter).slice(0, 10) : '';
}

function toEvidence({ origin, path, notAfter }: Dated): Evidence {
  return fieldEvidence(origin, '', `${path}: notAfter ${formatTime(notAfter)}`);
}

function exampleDates(notAfter: string): string {
  return `path\tsubject\tissuer\tnotBefore\tnotAfter\n/etc/kubernetes/pki/apiserver.crt\tCN = kube-apiserver\tCN = kubernetes\tNov 20 12:00:00 2025 GMT\t${notAfter}\n`;
}
