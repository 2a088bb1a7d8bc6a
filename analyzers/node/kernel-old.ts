import { defineClassifier } from '../../src/classifier.ts';
import { eventEvidence, fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { minorOf } from '../../src/model/version.ts';

/** The oldest kernel that a minor version of Kubernetes is tested on, newest first. */
const OLDEST_KERNELS = [
  { minor: 31, kernel: [4, 19] },
  { minor: 24, kernel: [4, 15] },
] as const;

/** Said by events (CgroupV1) or by the node itself: the host is too old for what Kubernetes will need next. */
export default defineClassifier({
  title: 'Kernel or cgroup version of the node is too old',
  stage: 'node',
  severity: 'low',
  cause:
    'Node {{name}} runs {{what}}. Kubernetes still works with it or only just, and later versions do not: from 1.35 the kubelet refuses cgroup v1 unless told otherwise.',
  fix: [
    'Look at the host: `uname -r; stat -fc %T /sys/fs/cgroup` (`cgroup2fs` is cgroup v2).',
    'Before the next upgrade of Kubernetes: boot with `systemd.unified_cgroup_hierarchy=1` (`grubby --update-kernel=ALL --args=systemd.unified_cgroup_hierarchy=1`), or move the node to a newer release of its system.',
  ],
  tellApart: 'A warning ahead of time; a kubelet that does not start for it is node/kubelet-config.',
  needs: ['nodes', 'events'],
  *detect({ nodes, joins, cluster }) {
    for (const node of nodes) {
      const { metadata, status, origin } = node;
      const subject = refTo('Node', undefined, metadata.name);
      const kernel = status.nodeInfo.kernelVersion ?? '';
      if (isOld(kernel, cluster.version))
        yield {
          subject,
          message: `kernel ${kernel} is older than Kubernetes ${cluster.version ?? ''} expects`,
          values: { what: `kernel ${kernel}` },
          evidence: [fieldEvidence(origin, 'status.nodeInfo.kernelVersion', kernel)],
        };
      const said = joins.eventsOf(subject).findLast(({ reason }) => reason === 'CgroupV1');
      if (said)
        yield {
          subject,
          message: 'runs with cgroup v1, which Kubernetes is giving up',
          values: { what: 'with cgroup v1' },
          evidence: [eventEvidence(said)],
        };
    }
  },
  examples: {
    hit: [
      {
        about: 'the kubelet says that cgroup v1 is in maintenance mode',
        objects: `
kind: Node
metadata: { name: server1 }
status: { nodeInfo: { kernelVersion: 5.14.0-503.el9.x86_64 } }
---
kind: Event
metadata: { name: server1.1, namespace: default }
involvedObject: { kind: Node, name: server1 }
type: Warning
reason: CgroupV1
message: cgroup v1 support is in maintenance mode, please migrate to cgroup v2
`,
      },
      {
        about: 'a CentOS 7 kernel runs under a recent Kubernetes',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { nodeInfo: { kernelVersion: 3.10.0-1160.el7.x86_64 } }
`,
        files: { 'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.2\n' },
      },
    ],
    miss: [
      {
        about: 'the kernel is new enough',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { nodeInfo: { kernelVersion: 5.14.0-503.el9.x86_64 } }
`,
        files: { 'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.2\n' },
      },
    ],
  },
});

function isOld(kernel: string, version: string | undefined): boolean {
  const minor = minorOf(version) ?? 0;
  const [major, patch] = (/^(\d+)\.(\d+)/.exec(kernel) ?? []).slice(1).map(Number);
  const least = OLDEST_KERNELS.find((known) => minor >= known.minor)?.kernel;
  if (!least || major === undefined || patch === undefined) return false;
  return major < least[0] || (major === least[0] && patch < least[1]);
}
