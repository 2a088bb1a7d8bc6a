import { describe, expect, it } from 'vitest';
import { amountsOf, totalOf } from '../../src/model/amounts.ts';
import { clusterOf } from '../support/cluster.ts';

const podsOf = (objects: string) => clusterOf({ objects }).objects.pods.items;

const CART = `
kind: Pod
metadata: { name: cart, namespace: shop }
spec:
  initContainers:
    - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 250m } } }
    - { name: migrate, resources: { requests: { cpu: '2' } } }
  containers:
    - { name: cart, resources: { requests: { cpu: 500m, memory: 1Gi } } }
    - { name: log, resources: { limits: { cpu: 100m } } }
status: { phase: Running }
`;

describe('the amounts of a pod', () => {
  it('that it requests are its containers and sidecars together, or its largest init container', () => {
    const [cart] = podsOf(CART);
    expect(cart && [...amountsOf(cart.spec, 'requests')].sort()).toEqual([
      ['cpu', 2],
      ['memory', 2 ** 30],
      ['pods', 1],
    ]);
  });

  it('that it may use at most are its limits alone', () => {
    const [cart] = podsOf(CART);
    expect(cart && [...amountsOf(cart.spec, 'limits')].sort()).toEqual([
      ['cpu', 0.1],
      ['pods', 1],
    ]);
  });
});

it('pods that are done hold nothing', () => {
  const done = CART.replace('name: cart,', 'name: backup,').replace('Running', 'Failed');
  expect([...totalOf(podsOf(`${CART}---${done}`), 'requests')].sort()).toEqual([
    ['cpu', 2],
    ['memory', 2 ** 30],
    ['pods', 1],
  ]);
});
