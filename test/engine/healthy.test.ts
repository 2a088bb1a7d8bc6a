import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { formatRef } from '../../src/model/ref.ts';
import type { Report } from '../../src/model/report.ts';
import { CATALOGUE, clusterOf } from '../support/cluster.ts';

const OBJECTS = readFileSync(new URL('../fixtures/healthy-shop.yaml', import.meta.url), 'utf8');

/** Logs of programs that are well: they say `error` and `failed` all day. */
const FILES = {
  'logs/shop/cart-7d9c-a/cart.log': [
    '2026-11-22T11:20:05.1Z WARN orders not reachable yet: dial tcp 10.43.1.20:5432: connect: connection refused, retrying',
    '2026-11-22T11:20:08.1Z INFO connected to orders',
    '2026-11-22T11:58:00.1Z ERROR checkout 4711 failed: card declined',
    '2026-11-22T11:58:01.1Z INFO 0 errors, 0 failed, no exception',
    '2026-11-22T11:58:02.1Z failed to create fsnotify watcher: too many open files',
    '',
  ].join('\n'),
  'logs/shop/orders-db-0/postgres.log': [
    '2026-11-21T06:00:01.1Z FATAL:  the database system is starting up',
    '2026-11-22T11:30:01.1Z FATAL:  password authentication failed for user "probe"',
    '',
  ].join('\n'),
  'logs/shop/migrate-1/migrate.log': '2026-11-22T09:00:09.1Z panic: relation "orders" does not exist\n',
  'logs/kube-system/etcd-server1/etcd.log': [
    '2026-11-22T11:40:01.1Z {"level":"warn","msg":"apply request took too long","took":"120ms"}',
    '2026-11-22T11:58:01.1Z W1122 watcher.go:199] watch chan error: etcdserver: mvcc: required revision has been compacted',
    '2026-11-22T11:58:02.1Z http: TLS handshake error from 10.1.0.7:53211: EOF',
    '',
  ].join('\n'),
  'logs/kube-system/kube-controller-manager-server1/kube-controller-manager.log':
    '2026-11-22T11:58:01.1Z I1122 event.go:307] "Event occurred" object="shop/cart-66c5" kind="ReplicaSet" reason="FailedCreate" message="Error creating: pods \\"cart-66c5-\\" is forbidden: exceeded quota: shop"\n',
  'nodes/server1/kubelet.log': [
    'time="2026-11-22T07:10:31Z" level=error msg="PullImage \\"registry.local:5000/shop/search:3\\" failed" error="failed to resolve reference \\"registry.local:5000/shop/search:3\\": dial tcp 10.1.0.9:5000: connect: connection refused"',
    'E1122 11:57:10.1    1082 kubelet.go:1419] "Image garbage collection failed once" err="invalid capacity 0 on image filesystem"',
    'E1122 11:57:11.1    1082 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"cart\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=cart pod=cart-66c5-gone_shop(9c1d)\\"" pod="shop/cart-66c5-gone"',
    '',
  ].join('\n'),
};

describe('a healthy cluster', () => {
  let report: Report;
  beforeAll(() => {
    report = judge(clusterOf({ objects: OBJECTS, files: FILES }), CATALOGUE, 'test');
  });

  it('is read without a problem', () => {
    expect(report.problems).toEqual([]);
    expect(report.cluster).toMatchObject({ nodes: 1, pods: 11 });
  });

  it('gives no failure of any weight', () => {
    const failures = report.findings
      .filter(({ stage, severity }) => stage !== 'practice' && severity !== 'info' && severity !== 'low')
      .map(({ classifier, subject, message }) => `${classifier} ${formatRef(subject)}: ${message}`);
    expect(failures).toEqual([]);
  });

  it('tells in passing of what is switched off or waits on purpose', () => {
    const told = report.findings
      .filter(({ stage }) => stage !== 'practice')
      .map(({ classifier, subject, severity }) => `${severity} ${classifier} ${formatRef(subject)}`);
    expect(told).toEqual([
      'low network/service-no-endpoints Service shop/campaign',
      'info claim/wait-first-consumer PersistentVolumeClaim shop/spare',
      'info controller/suspended CronJob shop/audit',
    ]);
  });

  it('leaves nothing unexplained', () => {
    expect(report.unexplained.map(({ subject, state }) => `${formatRef(subject)}: ${state}`)).toEqual([]);
  });

  it('has a line for each owner of pods that are left over', () => {
    const left = report.findings.filter(({ classifier }) => classifier === 'risk/failed-pod-leftovers');
    expect(left.map(({ subject, message }) => `${formatRef(subject)}: ${message}`)).toEqual([
      'Deployment shop/search: 2 of its pods: Evicted, TerminationByKubelet',
    ]);
  });
});
