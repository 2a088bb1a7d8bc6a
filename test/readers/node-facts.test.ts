import { expect, test } from 'vitest';
import { clusterOfFiles } from '../support/cluster.ts';

const node = (files: Readonly<Record<string, string>>) =>
  clusterOfFiles({
    'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nnode=server1\n',
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`nodes/server1/${name}`, text])),
  });

test('the dates of a node’s certificates are read', () => {
  const { certificates } = node({
    'certificates.tsv':
      'path\tsubject\tissuer\tnotBefore\tnotAfter\n/etc/kubernetes/pki/apiserver.crt\tCN = kube-apiserver\tCN = kubernetes\tNov 22 12:31:03 2025 GMT\tNov  2 12:31:03 2026 GMT\n/broken.crt\t\t\tnever\t\n',
  });
  expect(certificates).toMatchObject({
    extent: 'all',
    items: [
      {
        node: 'server1',
        path: '/etc/kubernetes/pki/apiserver.crt',
        subject: 'CN = kube-apiserver',
        notAfter: Date.parse('2026-11-02T12:31:03Z'),
      },
      { path: '/broken.crt', notBefore: undefined, notAfter: undefined },
    ],
  });
  expect(certificates.items[0]?.origin.lines?.get('')).toBe(2);
});

test('how full disks and inodes are is read', () => {
  const { filesystems } = node({
    'df.txt':
      'Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/vda         264212084 14778756  80722508      91% /\nproc                     0        0         0       - /proc\n',
    'inodes.txt':
      'Filesystem       Inodes  IUsed    IFree IUse% Mounted on\n/dev/vda       16777216 488964 16288252    3% /\n',
  });
  expect(filesystems.items).toMatchObject([
    { mount: '/', used: 0.91, inodesUsed: undefined },
    { mount: '/', used: undefined, inodesUsed: 0.03 },
  ]);
});

test('the clock and the logs of a node are read, other files are counted', () => {
  const { clocks, logs, unread } = node({
    'chrony.txt':
      'Reference ID    : 0A000001 (10.0.0.1)\nSystem time     : 95.250000000 seconds slow of NTP time\n',
    'journal-rke2-server.log': '2026-11-22T11:59:00+0000 server1 rke2[812]: starting\n',
    'containerd.log': 'time="2026-11-22T11:59:00Z" level=info msg=starting\n',
    'dmesg.txt': '[Sun Nov 22 11:59:00 2026] Out of memory: Killed process 7\n',
    'memory.txt': 'MemTotal: 1 kB\n',
  });
  expect(clocks.items).toMatchObject([{ node: 'server1', offset: -95_250 }]);
  expect(logs.items.map(({ owner }) => owner)).toEqual([
    { of: 'node', node: 'server1', unit: 'rke2-server' },
    { of: 'node', node: 'server1', unit: 'containerd' },
    { of: 'node', node: 'server1', unit: 'kernel' },
  ]);
  expect(unread.get('facts about hosts')).toEqual(['nodes/server1/memory.txt']);
});

test('what was not asked of a node is not collected', () => {
  expect(node({}).certificates.extent).toBe('none');
});
