import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { containersOf } from '../../src/model/containers.ts';
import { type Lapse, standingContainers, together } from '../../src/model/practice.ts';
import { refTo } from '../../src/model/ref.ts';
import { clusterOf } from '../support/cluster.ts';

const lapseOf = (namespace: string, name: string, image = 'reg.local/cart'): Lapse => ({
  ref: refTo('Deployment', namespace, name),
  what: `container ${name} uses image ${image}`,
  evidence: { file: 'objects/pods.json', excerpt: `container ${name}` },
});

describe('lapses of many objects', () => {
  it('are one finding about the object, and what of it, when there is one', () => {
    const [cart, proxy] = [lapseOf('shop', 'cart'), lapseOf('shop', 'cart', 'envoy')];
    expect(together([cart, cart, proxy])).toMatchObject([
      {
        subject: { kind: 'Deployment', name: 'cart' },
        affected: [],
        message: 'container cart uses image reg.local/cart, container cart uses image envoy',
      },
    ]);
  });

  it('are one finding about the namespace, or the cluster, when there are several', () => {
    const shop = [lapseOf('shop', 'cart'), lapseOf('shop', 'search'), lapseOf('shop', 'cart')];
    expect(together(shop)).toMatchObject([
      {
        subject: { kind: 'Namespace', name: 'shop' },
        message: '2 workloads: Deployment shop/cart, Deployment shop/search',
      },
    ]);
    expect(together([...shop, lapseOf('data', 'redis')])).toMatchObject([
      { subject: { kind: 'Cluster' }, affected: [{ name: 'cart' }, { name: 'search' }, { name: 'redis' }] },
    ]);
  });

  it('are no finding when there is none', () => {
    expect(together([])).toEqual([]);
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
