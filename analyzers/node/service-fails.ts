import { defineClassifier } from '../../src/classifier.ts';
import { recentlyLogged } from '../../src/model/logged.ts';
import { cutTo } from '../../src/model/words.ts';

const TEN_MINUTES = 600_000;
const MOST = 300;
/** rke2, k3s, containerd and CRI-O say it in the first way before they end, the kubelet in the others. */
const LAST_WORDS =
  /level=fatal msg="?(?<service>[^\n]*?)"?$|"(?:command failed|Failed to listen and serve)" err="(?<kubelet>[^\n]*?)"?$/;

/** systemd starts the service again and again, so what ends it is said every few seconds as long as it lasts. */
export default defineClassifier({
  title: 'Service of the node ends with an error',
  stage: 'node',
  severity: 'critical',
  cause:
    'The service by which {{name}} is a node of the cluster ends soon after each start. Without it the node runs no new pods, and on a server the control plane is not looked after.',
  fix: [
    {
      rke2: 'Look at what it says, on the node: `systemctl status rke2-server rke2-agent --no-pager; journalctl -u rke2-server -u rke2-agent --since -15min | grep -E "level=(fatal|error)" | tail`.',
      k3s: 'Look at what it says, on the node: `systemctl status k3s k3s-agent --no-pager; journalctl -u k3s -u k3s-agent --since -15min | grep -E "level=(fatal|error)" | tail`.',
      kubeadm:
        'Look at what it says, on the node: `systemctl status kubelet containerd --no-pager; journalctl -u kubelet -u containerd --since -15min | grep -E "command failed|level=fatal" | tail`.',
    },
    {
      rke2: 'Mend what the line tells: a file below `/etc/rancher/rke2` that does not parse (`config.yaml`, `registries.yaml`), a wrong option, a port that is taken, a certificate.',
      k3s: 'Mend what the line tells: a file below `/etc/rancher/k3s` that does not parse (`config.yaml`, `registries.yaml`), a wrong option, a port that is taken, a certificate.',
      kubeadm:
        'Mend what the line tells: `/var/lib/kubelet/config.yaml`, `/var/lib/kubelet/kubeadm-flags.env`, `/etc/containerd/config.toml`, a port that is taken, a certificate.',
    },
    {
      rke2: 'Start it again: `systemctl restart rke2-agent` (on a server `rke2-server`).',
      k3s: 'Start it again: `systemctl restart k3s-agent` (on a server `k3s`).',
      kubeadm: 'Start it again: `systemctl restart containerd kubelet`.',
    },
  ],
  tellApart: 'The umbrella of services that end; it is shown only where no other class knows why.',
  yieldsTo: [
    'control-plane/*',
    'node/certificate-invalid',
    'node/default-route-missing',
    'node/disk-full',
    'node/etcd-user-missing',
    'node/join-failed',
    'node/kernel-settings',
    'node/kubelet-config',
    'node/name-changed',
    'node/readonly-filesystem',
    'runtime/host-denies',
  ],
  needs: ['logs'],
  lines: ['level=fatal msg=', '"command failed" err=', '"Failed to listen and serve" err='],
  *detect({ joins, time }) {
    const ofNode = ({ of }: { readonly of: string }) => of === 'node';
    for (const logged of recentlyLogged(joins, 'node/service-fails', time, TEN_MINUTES, ofNode)) {
      const { subject, evidence, hit } = logged;
      const { service, kubelet } = LAST_WORDS.exec(evidence[0].excerpt)?.groups ?? {};
      const node = joins.find('nodes', undefined, subject.name);
      yield {
        subject,
        message: cutTo(service ?? kubelet ?? evidence[0].excerpt, MOST),
        evidence,
        over: typeof node !== 'string' && !joins.unreadyNodes().has(subject.name),
        first: hit.first,
        last: hit.last,
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a file of the agent does not parse',
        files: {
          'nodes/agent1/journal-rke2-agent.log':
            '2026-11-22T11:58:21+00:00 agent1 rke2[901]: time="2026-11-22T11:58:21Z" level=fatal msg="Error: failed to load registry configuration from /etc/rancher/rke2/registries.yaml: yaml: line 7: mapping values are not allowed in this context"\n',
        },
      },
      {
        about: 'the kubelet cannot listen',
        files: {
          'nodes/agent1/journal-kubelet.log':
            '2026-11-22T11:58:21+00:00 agent1 kubelet[901]: E1122 11:58:21.000000     901 run.go:72] "command failed" err="failed to run Kubelet: listen tcp 127.0.0.1:10248: bind: address already in use"\n',
        },
      },
      {
        about: 'another program has the port of the kubelet',
        files: {
          'nodes/agent1/journal-kubelet.log':
            '2026-11-22T11:58:21+00:00 agent1 kubelet[901]: E1122 11:58:21.000000     901 server.go:180] "Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"\n',
        },
      },
    ],
    miss: [
      {
        about: 'it was so an hour ago',
        files: {
          'nodes/agent1/journal-rke2-agent.log':
            '2026-11-22T10:58:21+00:00 agent1 rke2[901]: time="2026-11-22T10:58:21Z" level=fatal msg="Error: failed to load registry configuration from /etc/rancher/rke2/registries.yaml: yaml: line 7: mapping values are not allowed in this context"\n',
        },
      },
      {
        about: 'a program in a pod ends, not the node',
        files: {
          'logs/shop/cart-0/cart.log':
            '2026-11-22T11:58:21Z time="2026-11-22T11:58:21Z" level=fatal msg="no database"\n',
        },
      },
    ],
  },
});
