import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import type { Log, LogOwner } from '../../src/model/cluster.ts';
import type { Joins } from '../../src/model/joins.ts';
import { controlPlaneLines, recentlyLogged } from '../../src/model/logged.ts';
import { clusterOf } from '../support/cluster.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const ETCD = 'control-plane/etcd-slow';

function logOf(owner: LogOwner, last: number | undefined, count = 1): Log {
  const line = { line: 7, text: 'apply request took too long', time: last };
  const hit = { classifier: ETCD, count, first: last, last, lines: [line] };
  return {
    file: 'etcd.log',
    owner,
    lines: 7,
    bytes: 0,
    hits: [hit],
    before: 0,
    ends: { head: () => [], tail: () => [], last: () => last },
  };
}

const joinsOf = (logs: readonly Log[]): Joins =>
  createJoins({ ...clusterOf({}), logs: { extent: 'all', items: logs } });

const container = (namespace: string): LogOwner => ({
  of: 'container',
  namespace,
  pod: 'etcd-server1',
  container: 'etcd',
  previous: false,
});

describe('what a class asked logs for', () => {
  it('counts within the last hour, and when no time is known', () => {
    const logs = [NOON - 60_000, NOON - 7_200_000, undefined].map((last) => logOf(container('shop'), last));
    expect([...recentlyLogged(joinsOf(logs), ETCD, NOON)].map(({ hit }) => hit.last)).toEqual([
      NOON - 60_000,
      undefined,
    ]);
  });

  it('is quoted with its line, newest first', () => {
    const [logged] = recentlyLogged(joinsOf([logOf(container('shop'), NOON)]), ETCD, NOON);
    expect(logged?.evidence).toEqual([
      { file: 'etcd.log', line: 7, excerpt: 'apply request took too long', time: '2026-11-22T12:00:00Z' },
    ]);
  });

  it('is of the control plane in its namespaces and in journals only', () => {
    const owners = [
      container('shop'),
      container('kube-system'),
      { of: 'node', node: 'server1', unit: 'k3s' },
    ] as const;
    const logs = owners.map((owner) => logOf(owner, NOON, 3));
    const found = [...controlPlaneLines(joinsOf(logs), ETCD, NOON)];
    expect(found.map(({ subject }) => `${subject.kind} ${subject.name}`)).toEqual([
      'Pod etcd-server1',
      'Node server1',
    ]);
    expect(found[0]?.message).toBe('said 3 times: apply request took too long');
    expect([...controlPlaneLines(joinsOf(logs), ETCD, NOON, 4)]).toEqual([]);
  });
});
