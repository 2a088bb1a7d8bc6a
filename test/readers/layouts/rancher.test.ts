import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { judge } from '../../../src/engine/judge.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import { CATALOGUE } from '../../support/cluster.ts';
import { clusterIn } from './facts.ts';
import { type Recording, recordingOf } from './recording.ts';

const HOST = 'rke2-server1-2026-11-22_13_14_00';
const text = (name: string) => readFileSync(`test/fixtures/layouts/rancher/${name}`, 'utf8');

let recording: Recording;
let cluster: Cluster;

/** The logs of all containers of a pod in one file, named after namespace and pod. */
function podLogs({ logs }: Recording): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { namespace, pod, previous, text: lines } of logs) {
    const path = `${HOST}/rke2/podlogs/${namespace}-${pod}${previous ? '-previous' : ''}`;
    files[path] = `${files[path] ?? ''}${lines}`;
  }
  return files;
}

beforeAll(async () => {
  recording = await recordingOf('samples/shop.tar.gz', ['payments']);
  cluster = clusterIn({
    [`${HOST}/collector-output.log`]: 'collecting\n',
    [`${HOST}/rke2/kubectl/nodes`]: text('nodes'),
    [`${HOST}/rke2/kubectl/pods`]: text('pods'),
    [`${HOST}/rke2/kubectl/events`]: text('events'),
    [`${HOST}/rke2/kubectl/deployments`]: text('deployments'),
    [`${HOST}/rke2/kubectl/helmcharts`]: `error: the server doesn't have a resource type "helmcharts"\n`,
    [`${HOST}/rke2/kubectl/poddescribe/payments`]: text('poddescribe'),
    [`${HOST}/journald/kubelet`]:
      'Nov 22 13:10:00 rke2-server1 kubelet[812]: E1122 13:10:00.000000 812 kubelet.go:7] started\n',
    [`${HOST}/rke2/crictl/images`]: 'IMAGE TAG\n',
    ...podLogs(recording),
  });
});

test('the layout is told, and what is of no use is counted', () => {
  expect(cluster.bundle.layout).toBe('rancher-logs-collector');
  expect(cluster.problems).toEqual([]);
  expect([...cluster.unread]).toEqual([
    ["the tool's own records", [`${HOST}/collector-output.log`]],
    ['facts about hosts', [`${HOST}/rke2/crictl/images`]],
  ]);
  expect(cluster.coverage).toMatchObject([{ status: 'absent' }]);
});

test('the tables of all namespaces are whole lists', () => {
  expect(cluster.objects.pods).toMatchObject({ extent: 'all' });
  expect(cluster.objects.pods.items).toHaveLength(12);
  expect(cluster.objects.nodes.items.map(({ metadata }) => metadata.name).sort()).toEqual([
    'rke2-agent2',
    'rke2-server1',
  ]);
  expect(cluster.objects.deployments.extent).toBe('all');
  expect(cluster.events.items.length).toBeGreaterThan(20);
});

test('a description is better than a row of a table', () => {
  const pod = cluster.objects.pods.items.find(({ metadata }) => metadata.name?.startsWith('order-cache'));
  expect(pod?.spec.containers[0]?.image).toBe('registry.airgap.local:5000/shop/order-cache:1.8.0');
  expect(pod?.status.containerStatuses[0]?.name).toBe('cache');
  const other = cluster.objects.pods.items.find(({ metadata }) => metadata.name?.startsWith('billing'));
  expect(other?.status.containerStatuses[0]).toMatchObject({
    name: '?',
    state: { waiting: { reason: 'CrashLoopBackOff' } },
  });
});

test('logs are those of the pod with the longest known name; journals belong to the host', () => {
  const owners = cluster.logs.items.map(({ owner }) => owner);
  expect(owners).toContainEqual({
    of: 'container',
    namespace: 'payments',
    pod: expect.stringMatching(/^order-cache-/),
    container: 'cache',
    previous: true,
  });
  expect(owners).toContainEqual({ of: 'node', node: 'rke2-server1', unit: 'kubelet' });
  expect(owners).toHaveLength(recording.logs.length + 1);
});

test('what was described is explained by the same causes as in a bundle with objects', () => {
  const { findings } = judge(cluster, CATALOGUE, 'test');
  const causes = findings.map(
    ({ classifier, subject }) => `${classifier} ${subject.name.replace(/-[0-9a-f]{8,10}$/, '')}`,
  );
  expect(causes).toEqual(
    expect.arrayContaining([
      'app/java-heap-oom order-cache',
      'app/dns-failure refunds',
      'app/env-missing gateway',
    ]),
  );
});
