import { defineClassifier } from '../../src/classifier.ts';
import type { LogHit } from '../../src/model/cluster.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** A single line at boot or during a backup is harmless; many of them are not. */
export default defineClassifier({
  title: 'etcd is slow',
  stage: 'control plane',
  severity: 'high',
  cause:
    'etcd needs too long to write or to hear from its other members: its disk is slow or shared, or the network between the servers is. Requests to the API server time out, and leaders are lost.',
  fix: [
    'Look at the disk while it happens, on the node: `iostat -x 5 3`, and `fio --name=etcd --rw=write --ioengine=sync --fdatasync=1 --size=22m --bs=2300 --directory=<etcd data folder>` (the 99th percentile of fdatasync should be below 10 ms).',
    'Give etcd a disk of its own (SSD), take other load off the node, and stop backups that run over it.',
    'Where the servers are far apart: raise `heartbeat-interval` to the round trip and `election-timeout` to ten times that, on all members.',
  ],
  tellApart: 'Told from 20 lines on that come at least once a minute.',
  needs: ['logs'],
  lines: [
    'apply (?:request|entries) took too long',
    'waiting for ReadIndex response took too long|slow fdatasync|leader failed to send out heartbeat on time',
    'read-only range request[^\\n]{0,300}took too long|failed to send out heartbeat|sync duration of |rafthttp: the clock difference',
    'etcdserver: request timed out',
  ],
  *detect({ joins, time }) {
    for (const logged of controlPlaneLines(joins, 'control-plane/etcd-slow', time, 20))
      if (isSustained(logged.hit)) yield logged;
  },
  examples: {
    hit: [
      {
        about: 'etcd warns twice a minute for a quarter of an hour',
        files: { 'logs/kube-system/etcd-server1/etcd.log': exampleLog(30, 30) },
      },
    ],
    miss: [
      {
        about: 'etcd warned a few times while it started',
        files: { 'logs/kube-system/etcd-server1/etcd.log': exampleLog(5, 1) },
      },
      {
        about: 'etcd warns once in ten minutes',
        files: { 'logs/kube-system/etcd-server1/etcd.log': exampleLog(24, 600) },
      },
    ],
  },
});

const MINUTE = 60_000;

/** At least one a minute from the first to the last. */
function isSustained({ count, first, last }: LogHit): boolean {
  return first === undefined || last === undefined || count >= (last - first) / MINUTE;
}

/** So many warnings, the last of them at noon, each some seconds after the one before. */
function exampleLog(count: number, seconds: number): string {
  const noon = Date.parse('2026-11-22T12:00:00Z');
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(noon - (count - 1 - index) * seconds * 1000).toISOString();
    return `${time} {"level":"warn","msg":"apply request took too long","took":"1.2s"}\n`;
  }).join('');
}
