import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { containersOf } from '../../src/model/containers.ts';
import { type Lapse, standingContainers, together } from '../../src/model/practice.ts';
import { refTo } from '../../src/model/ref.ts';
import { clusterOf } from '../support/cluster.ts';

const lapseOf = (namespace: string, name: string): Lapse => ({
  ref: refTo('Deployment', namespace, name),
  evidence: { file: 'objects/pods.json', excerpt: `container ${name}` },
});

describe('lapses of many objects', () => {
  it('are one finding about the object when there is one', () => {
    expect(together([lapseOf('shop', 'cart')], 'images without a fixed tag')).toMatchObject([
      { subject: { kind: 'Deployment', name: 'cart' }, affected: [], message: 'images without a fixed tag' },
    ]);
  });

  it('are one finding about the namespace, or the cluster, when there are several', () => {
    const shop = [lapseOf('shop', 'cart'), lapseOf('shop', 'search'), lapseOf('shop', 'cart')];
    expect(together(shop, 'no tag')).toMatchObject([
      {
        subject: { kind: 'Namespace', name: 'shop' },
        message: 'no tag in 2 workloads: Deployment shop/cart, Deployment shop/search',
      },
    ]);
    expect(together([...shop, lapseOf('data', 'redis')], 'no tag')).toMatchObject([
      { subject: { kind: 'Cluster' }, affected: [{ name: 'cart' }, { name: 'search' }, { name: 'redis' }] },
    ]);
  });

  it('are no finding when there is none', () => {
    expect(together([], 'no tag')).toEqual([]);
  });
});

describe('standing containers', () => {
  it('are one for each workload, without Jobs, ended pods and the system', () => {
    const pod = (name: string, namespace: string, owner: string, phase = 'Running') => `
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, ownerReferences: [{ kind: ${owner}, name: cart, controller: true }] }
spec: { initContainers: [{ name: migrate }], containers: [{ name: cart }] }
status: { phase: ${phase} }
`;
    const objects = [
      pod('cart-0', 'shop', 'StatefulSet'),
      pod('cart-1', 'shop', 'StatefulSet'),
      pod('cart-x', 'shop', 'Job'),
      pod('cart-2', 'data', 'StatefulSet', 'Failed'),
      pod('cart-0', 'kube-system', 'StatefulSet'),
    ].join('---');
    const cluster = clusterOf({ objects });
    const containers = cluster.objects.pods.items.flatMap(containersOf);
    expect(standingContainers(containers, createJoins(cluster)).map(({ pod }) => pod.metadata.name)).toEqual([
      'cart-0',
    ]);
  });
});
