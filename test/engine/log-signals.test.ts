import { expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { signalsOf } from '../../src/engine/signals.ts';
import { clusterOfFiles } from '../support/cluster.ts';

const POD = {
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'cart-0' },
  spec: { initContainers: [{ name: 'init' }], containers: [{ name: 'cart' }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'cart', ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
  },
};
const REFUSED = '2026-11-22T11:59:00Z dial tcp 10.43.0.7:5432: connect: connection refused';

/** The lines of logs.txt from which the last lines of the container's log gave signals, when so many lines stand between. */
function signalsBehind(linesBetween: number): (number | undefined)[] {
  const cluster = clusterOfFiles({
    'shop/pods.json': JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [POD] }),
    'shop/cart-0/logs.txt': [
      '==== START logs for container init of pod shop/cart-0 ====',
      ...Array(1000).fill('all is well'),
      '==== END logs for container init of pod shop/cart-0 ====',
      '==== START logs for container cart of pod shop/cart-0 ====',
      REFUSED,
      ...Array(linesBetween).fill('all is well'),
      '==== END logs for container cart of pod shop/cart-0 ====',
      '',
    ].join('\n'),
  });
  const ofLogs = signalsOf(cluster, createJoins(cluster), []).filter(({ place }) => place === 'log');
  return [...new Set(ofLogs.map(({ evidence }) => evidence.line))];
}

it('the last lines of a log tell why its container ended, wherever in a file the log stands', () => {
  expect(signalsBehind(100)).toEqual([1004]);
  expect(signalsBehind(300)).toEqual([]);
});
