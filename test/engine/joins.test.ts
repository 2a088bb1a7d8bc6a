import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { formatRef } from '../../src/model/ref.ts';
import { clusterOf, clusterOfFiles } from '../support/cluster.ts';
import { deployment, documents, running, service } from '../support/objects.ts';

const cart = deployment({ namespace: 'shop', name: 'cart' }, { status: running('cart'), ready: 1 });
const shop = createJoins(
  clusterOf({
    objects: documents([
      ...cart,
      ...service({ namespace: 'shop', name: 'cart' }, 80),
      ...service({ namespace: 'store', name: 'db' }, 5432),
    ]),
  }),
);

describe('looking an object up', () => {
  it('finds it', () =>
    expect(shop.find('deployments', 'shop', 'cart')).toMatchObject({ metadata: { name: 'cart' } }));
  it('knows that it is absent where the whole list was collected', () =>
    expect(shop.find('deployments', 'shop', 'carts')).toBe('absent'));

  it('does not know where the list was not collected', () => {
    const joins = createJoins(clusterOfFiles({ 'about.txt': 'layout=1\n' }));
    expect(joins.find('deployments', 'shop', 'cart')).toBe('unknown');
  });

  it('does not believe an empty list whose command failed', () => {
    const joins = createJoins(
      clusterOfFiles({
        'ledger.tsv':
          'id\tpath\targv\texit\tclass\n7\tobjects/configmaps.json\tkubectl get configmaps -A -o json\t1\tforbidden\n',
        'objects/configmaps.json': '{"apiVersion": "v1", "kind": "ConfigMapList", "items": []}',
      }),
    );
    expect(joins.find('configmaps', 'shop', 'theme')).toBe('unknown');
  });
});

describe('the workload of a pod', () => {
  const [pod] = shop.podsOf({ kind: 'Deployment', namespace: 'shop', name: 'cart' });
  it('is the Deployment of its ReplicaSet', () =>
    expect(pod && formatRef(shop.workloadOf(pod))).toBe('Deployment shop/cart'));

  it('is told by the template hash where ReplicaSets were not collected', () => {
    const podsOnly = cart.filter(({ kind }) => kind === 'Pod');
    const joins = createJoins(
      clusterOfFiles({ 'objects/pods.json': JSON.stringify({ kind: 'PodList', items: podsOnly }) }),
    );
    expect(joins.podsOf({ kind: 'Deployment', namespace: 'shop', name: 'cart' })).toHaveLength(1);
  });

  it('is the pod itself when nothing owns it', () => {
    const joins = createJoins(
      clusterOf({ objects: documents([{ kind: 'Pod', metadata: { namespace: 'shop', name: 'debug' } }]) }),
    );
    const found = joins.find('pods', 'shop', 'debug');
    expect(typeof found !== 'string' && formatRef(joins.workloadOf(found))).toBe('Pod shop/debug');
  });
});

describe('an address', () => {
  it.each([
    ['cart', 'shop', 'Service shop/cart'],
    ['cart:80', 'shop', 'Service shop/cart'],
    ['db.store', 'shop', 'Service store/db'],
    ['db.store.svc.cluster.local:5432', 'shop', 'Service store/db'],
    ['db-0.db.store.svc', 'shop', 'Service store/db'],
    ['10.43.12.182:5432', 'shop', 'Service store/db'],
    ['10.42.0.9:8080', 'store', 'Pod shop/cart-5f4b6d57d6-a0'],
  ])('%s seen from %s is %s', (address, from, ref) => {
    const found = shop.atAddress(address, from);
    expect(found && formatRef(found)).toBe(ref);
  });

  it.each([
    ['cart', 'store'],
    ['db.shop.svc', 'shop'],
    ['example.com:443', 'shop'],
    ['10.1.1.1', 'shop'],
  ])('%s seen from %s is nothing of the cluster', (address, from) =>
    expect(shop.atAddress(address, from)).toBeUndefined(),
  );
});
