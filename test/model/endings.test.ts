import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { signalsOf } from '../../src/engine/signals.ts';
import { describeExit, endings } from '../../src/model/endings.ts';
import { clusterOf } from '../support/cluster.ts';

function endingsOf(objects: string, files: Record<string, string> = {}) {
  const cluster = clusterOf({ objects, files });
  const joins = createJoins(cluster);
  const facts = { signals: signalsOf(cluster, joins, []), joins, time: cluster.time };
  return [...endings(facts, () => true)];
}

const crashing = (state: string) => `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, image: reg.local/cart }] }
status:
  phase: Running
  containerStatuses:
    - name: cart
      ready: false
      restartCount: 4
      state: { ${state} }
      lastState: { terminated: { exitCode: 1, reason: Error, finishedAt: '2026-11-22T11:58:00Z' } }
---
kind: Lease
metadata: { name: server1, namespace: kube-node-lease }
spec: { renewTime: '2026-11-22T12:00:00.000000Z' }
`;

describe('how containers ended', () => {
  it('quotes the previous log of a container that waits to be started again', () => {
    const [ending] = endingsOf(crashing('waiting: { reason: CrashLoopBackOff }'), {
      'logs/shop/cart-0/cart.previous.log': '2026-11-22T11:58:00.1Z fatal: no stock\n',
      'logs/shop/cart-0/cart.log': '2026-11-22T11:58:00.1Z fatal: another run\n',
    });
    expect(ending?.message).toBe('container cart ended with exit code 1: fatal: no stock');
    expect(ending?.evidence.map(({ file }) => file)).toContain('logs/shop/cart-0/cart.previous.log');
  });

  it('counts while the container has only just been started again', () => {
    expect(endingsOf(crashing("running: { startedAt: '2026-11-22T11:59:30Z' }"))).toHaveLength(1);
  });

  it('is past once the container runs for longer than the kubelet remembers', () => {
    expect(endingsOf(crashing("running: { startedAt: '2026-11-22T11:30:00Z' }"))).toEqual([]);
  });
});

describe('an exit code', () => {
  it.each([
    [1, 'exit code 1'],
    [139, 'exit code 139 (SIGSEGV)'],
    [3221225477, 'exit code 3221225477 (0xC0000005, access violation)'],
    [-1073741819, 'exit code -1073741819 (0xC0000005, access violation)'],
  ])('%i reads as %s', (exitCode, text) => {
    expect(
      describeExit({
        exitCode,
        signal: undefined,
        reason: undefined,
        message: undefined,
        startedAt: undefined,
        finishedAt: undefined,
      }),
    ).toBe(text);
  });
});
