import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** On the control plane, where an expired certificate locks everybody out. */
export default defineClassifier({
  title: 'Certificate of the control plane has expired',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'A certificate of the control plane has expired (they live for a year), so its parts, or clients and nodes, no longer let each other in.',
  fix: [
    {
      rke2: 'Look at the dates, on a server: `for c in /var/lib/rancher/rke2/server/tls/*.crt; do echo $c; openssl x509 -noout -enddate -in $c; done`; compare with `date -u`.',
      k3s: 'Look at the dates, on a server: `for c in /var/lib/rancher/k3s/server/tls/*.crt; do echo $c; openssl x509 -noout -enddate -in $c; done`; compare with `date -u`.',
      kubeadm:
        'Look at the dates, on a control plane node: `kubeadm certs check-expiration`; compare with `date -u`.',
    },
    {
      rke2: 'Renew them: `systemctl stop rke2-server; rke2 certificate rotate; systemctl start rke2-server`, one server after the other, then `systemctl restart rke2-agent` on the agents.',
      k3s: 'Renew them: `systemctl stop k3s; k3s certificate rotate; systemctl start k3s`, one server after the other, then `systemctl restart k3s-agent` on the agents.',
      kubeadm:
        'Renew them: `kubeadm certs renew all`, then restart the static pods: move the files of `/etc/kubernetes/manifests` away for half a minute and back.',
    },
    'Give administrators the new kubeconfig.',
  ],
  tellApart:
    'An expired certificate of one node is node/certificate-invalid; in an application it is app/tls-failure; "is before" is a clock.',
  needs: ['logs'],
  lines: [
    'CA cert validation failed[^\\n]{0,300}certificate has expired',
    'Unable to authenticate the request[^\\n]{0,120}x509: certificate has expired or is not yet valid(?!: current time \\S+ is before)',
    '(?:apiserver|kube-|etcd|:6443|:9345|:2379)[^\\n]{0,300}x509: certificate has expired or is not yet valid(?!: current time \\S+ is before)',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/certificate-expired', time);
  },
  examples: {
    hit: [
      {
        about: 'the API server refuses everybody',
        files: {
          'logs/kube-system/kube-apiserver-server1/kube-apiserver.log':
            '2026-11-22T11:58:12.181Z E1122 11:58:12.207359       1 authentication.go:65] Unable to authenticate the request due to an error: x509: certificate has expired or is not yet valid\n',
        },
      },
      {
        about: 'the supervisor of RKE2 does not start',
        files: {
          'nodes/server1/journal-rke2-server.log':
            'Nov 22 11:47:33 server1 rke2[9595]: time="2026-11-22T11:47:33Z" level=error msg="Failed to validate connection to cluster at https://127.0.0.1:9345: CA cert validation failed: Get \\"https://127.0.0.1:9345/cacerts\\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T11:47:33Z is after 2026-06-16T12:45:20Z"\n',
        },
      },
    ],
    miss: [
      {
        about: 'the clock is behind the certificate',
        files: {
          'nodes/server1/journal-rke2-server.log':
            'Nov 22 11:47:33 server1 k3s[9595]: Get "https://127.0.0.1:6443/api": x509: certificate has expired or is not yet valid: current time 2022-07-22T18:55:59+12:00 is before 2022-07-22T07:45:55Z\n',
        },
      },
    ],
  },
});
