import { defineClassifier } from '../../src/classifier.ts';
import { refTo } from '../../src/model/ref.ts';

const FROM_SERVER = /^kubectl (?:get|describe|top|logs)\b/;
/** What says nothing of the cluster, and mostly is told to anybody. */
const PUBLIC = /--raw \/(?:version|livez|readyz|healthz|apis)(?:[? ]|$)/;
/** Of the server or the way to it; kubectl also fails for want of a kubeconfig. */
const OF_SERVER =
  /refused|EOF|time(?:d )?out|deadline exceeded|no route to host|unreachable|no such host|connection reset|x509|certificate|TLS handshake|Unauthorized|logged in|ServiceUnavailable|unable to handle the request|etcdserver/;
const ADDRESS = /(?:https?:\/\/|connection to the server |dial tcp |lookup )([\w.-]+(?::\d+)?)/;

export default defineClassifier({
  title: 'API server could not be asked',
  stage: 'control plane',
  severity: 'critical',
  cause:
    'The collector got no answer from {{name}}, so this bundle holds nothing of the cluster. `refused` and `EOF`: nothing serves there, the API server or what stands before it is down. A timeout: the network, a firewall or a load balancer. `x509` with a date: its certificate has expired. `Unauthorized`: it answers, but not to these credentials.',
  fix: [
    {
      rke2: 'Look on a server: `systemctl status rke2-server --no-pager; ss -lntp | grep -E ":(6443|9345|2379) "; curl -sk https://127.0.0.1:6443/livez; export CRI_CONFIG_FILE=/var/lib/rancher/rke2/agent/etc/crictl.yaml; /var/lib/rancher/rke2/bin/crictl ps -a | grep -E "etcd|kube-apiserver"`.',
      k3s: 'Look on a server: `systemctl status k3s --no-pager; ss -lntp | grep -E ":(6443|2379) "; curl -sk https://127.0.0.1:6443/livez`.',
      kubeadm:
        'Look on a control plane node: `systemctl status kubelet containerd --no-pager; ss -lntp | grep -E ":(6443|2379) "; curl -sk https://127.0.0.1:6443/livez; crictl ps -a | grep -E "etcd|kube-apiserver"`.',
    },
    'Where it is down, its own disk tells why: run `node.sh` as root on each server (`casefile collector --node > node.sh`) and analyse those archives together with this one.',
    'Where it answers on the server itself, try from the jump host: `kubectl config view --minify`, `nc -vz <server> 6443`; open the way, or correct the address in the kubeconfig.',
    {
      rke2: 'Unauthorized, or a kubeconfig that is older than a year: copy `/etc/rancher/rke2/rke2.yaml` of a server anew and set its address.',
      k3s: 'Unauthorized, or a kubeconfig that is older than a year: copy `/etc/rancher/k3s/k3s.yaml` of a server anew and set its address.',
      kubeadm:
        'Unauthorized, or a kubeconfig that is older than a year: copy `/etc/kubernetes/admin.conf` of a control plane node anew.',
    },
  ],
  tellApart:
    'Nothing at all was answered. Where some kinds were forbidden or timed out, the coverage of the report tells which.',
  causedBy: [
    {
      classes: [
        'control-plane/certificate-expired',
        'control-plane/etcd-corrupt',
        'control-plane/etcd-no-leader',
        'control-plane/component-fails',
        'node/disk-full',
        'node/readonly-filesystem',
        'node/service-fails',
        'node/kubelet-config',
        'node/kernel-settings',
        'node/manifest-invalid',
      ],
      by: 'cluster',
    },
  ],
  needs: ['coverage'],
  *detect({ coverage }) {
    const asked = coverage.filter(({ command = '' }) => FROM_SERVER.test(command));
    const isAnswered = ({ status }: { readonly status: string }) => status === 'ok' || status === 'cut';
    if (asked.some((one) => isAnswered(one) && !PUBLIC.test(one.command ?? ''))) return;
    const failed = asked.find(({ detail = '' }) => OF_SERVER.test(detail));
    if (!failed?.origin || !failed.detail) return;
    const { detail, origin } = failed;
    yield {
      subject: refTo('Host', undefined, ADDRESS.exec(detail)?.[1] ?? 'kube-apiserver'),
      message: detail,
      evidence: [{ ...origin, excerpt: detail }],
    };
  },
  examples: {
    hit: [
      {
        about: 'nothing listens there',
        files: {
          COMPLETE: 'stopped=\n',
          'ledger.tsv':
            'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n1\t-\tkubectl get --raw /version?pretty=true\t2026-11-22T11:59:00Z\t160\t1\t0\t-\t0\t0\terror\thealth/version.json\n',
          'health/version.json.err':
            'The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?\n',
        },
      },
      {
        about: 'the version is told to anybody, and nothing else to these credentials',
        files: {
          COMPLETE: 'stopped=\n',
          'ledger.tsv':
            'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n1\thealth/version.json\tkubectl get --raw /version?pretty=true\t2026-11-22T11:59:00Z\t160\t0\t0\t-\t0\t0\tok\thealth/version.json\n2\t-\tkubectl get --raw /api/v1/events?limit=500\t2026-11-22T11:59:00Z\t160\t1\t0\t-\t0\t0\tforbidden\tobjects/events.json\n',
          'health/version.json': '{"gitVersion": "v1.34.2"}\n',
          'objects/events.json.err': 'error: You must be logged in to the server (Unauthorized)\n',
        },
      },
    ],
    miss: [
      {
        about: 'the version may not be asked for, but pods may',
        files: {
          COMPLETE: 'stopped=\n',
          'ledger.tsv':
            'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n1\t-\tkubectl get --raw /version?pretty=true\t2026-11-22T11:59:00Z\t160\t1\t0\t-\t0\t0\tforbidden\thealth/version.json\n2\tobjects/pods.json\tkubectl get --raw /api/v1/pods\t2026-11-22T11:59:00Z\t160\t0\t0\t-\t0\t0\tok\tobjects/pods.json\n',
          'health/version.json.err': 'Error from server (Forbidden): unknown\n',
        },
      },
      {
        about: 'the jump host has no kubectl',
        files: {
          COMPLETE: 'stopped=\n',
          'ledger.tsv':
            'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n1\t-\tkubectl get --raw /version?pretty=true\t2026-11-22T11:59:00Z\t160\t127\t0\t-\t0\t0\terror\thealth/version.json\n',
          'health/version.json.err': 'sh: kubectl: not found\n',
        },
      },
    ],
  },
});
