import { defineClassifier } from '../../src/classifier.ts';
import { fieldEvidence } from '../../src/model/evidence.ts';
import { refTo } from '../../src/model/ref.ts';
import { minorOf } from '../../src/model/version.ts';

/** Kubernetes supports kubelets up to this many minor versions older than the API server. */
const MOST_BEHIND = 3;

/** The kubelet's version against the API server's; an upgrade that was left half done. */
export default defineClassifier({
  title: 'Kubelet version does not fit the API server',
  stage: 'node',
  severity: 'medium',
  cause:
    'The kubelet of {{name}} is {{kubelet}} and the API server {{server}}. A kubelet must not be newer than the API server, nor more than three minor versions older; an upgrade was mostly left half done.',
  fix: [
    'Look at all versions: `kubectl get nodes -o wide` and `kubectl version`.',
    'Finish the upgrade: first the servers, then the agents, with the installation files of one version from your mirror.',
  ],
  tellApart: 'Nodes of different versions within the bounds are normal while an upgrade goes on.',
  needs: ['nodes'],
  *detect({ nodes, cluster }) {
    const server = minorOf(cluster.version);
    if (server === undefined) return;
    for (const { metadata, status, origin } of nodes) {
      const version = status.nodeInfo.kubeletVersion;
      const minor = minorOf(version);
      if (!version || minor === undefined || (minor <= server && server - minor <= MOST_BEHIND)) continue;
      const behind = server - minor;
      yield {
        subject: refTo('Node', undefined, metadata.name),
        message:
          behind > 0
            ? `kubelet ${version} is ${behind} minor versions older than the API server ${cluster.version}`
            : `kubelet ${version} is newer than the API server ${cluster.version}`,
        values: { kubelet: version, server: cluster.version ?? '' },
        evidence: [fieldEvidence(origin, 'status.nodeInfo.kubeletVersion', version)],
      };
    }
  },
  examples: {
    hit: [
      {
        about: 'a kubelet is five minor versions older',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { nodeInfo: { kubeletVersion: v1.29.4+rke2r1 } }
`,
        files: { 'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.2+rke2r1\n' },
      },
    ],
    miss: [
      {
        about: 'a kubelet is two minor versions older, and another is as new as the server',
        objects: `
kind: Node
metadata: { name: agent1 }
status: { nodeInfo: { kubeletVersion: v1.32.4+rke2r1 } }
---
kind: Node
metadata: { name: server1 }
status: { nodeInfo: { kubeletVersion: v1.34.2+rke2r1 } }
`,
        files: { 'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.2+rke2r1\n' },
      },
    ],
  },
});
