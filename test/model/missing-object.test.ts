import { describe, expect, it } from 'vitest';
import { createJoins } from '../../src/engine/joins.ts';
import { signalsOf } from '../../src/engine/signals.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { missingObjects } from '../../src/model/missing-object.ts';
import { clusterOf } from '../support/cluster.ts';

const waiting = (what: string) => `
kind: Pod
metadata: { name: cart-0, namespace: shop }
spec: { containers: [{ name: cart, envFrom: [{ secretRef: { name: api-keys } }] }] }
status:
  phase: Pending
  containerStatuses:
    - { name: cart, ready: false, state: { waiting: { reason: CreateContainerConfigError, message: '${what} not found' } } }
`;

function missingIn(cluster: Cluster) {
  const joins = createJoins(cluster);
  return [...missingObjects('Secret', signalsOf(cluster, joins, []), joins)];
}

describe('a Secret that the kubelet asks for in vain', () => {
  it('does not exist where all Secrets were collected, and a similar name is told', () => {
    const objects = `${waiting('secret "api-keys"')}---\nkind: Secret\nmetadata: { name: api-key, namespace: shop }\n`;
    const [missing] = missingIn(clusterOf({ objects }));
    expect(missing?.message).toBe('Secret shop/api-keys does not exist; did you mean api-key?');
    expect(missing?.evidence.at(-1)?.path).toBe('items[0].spec.containers[0].envFrom[0].secretRef');
  });

  it('is only said not to be found where Secrets were not collected', () => {
    const cluster = clusterOf({ objects: waiting('secret "api-keys"') });
    const unseen: Cluster = {
      ...cluster,
      objects: { ...cluster.objects, secrets: { extent: 'none', items: [] } },
    };
    expect(missingIn(unseen)[0]?.message).toBe('Secret shop/api-keys was not found by the kubelet');
  });

  it('may exist by the time of the bundle', () => {
    const objects = `${waiting('secret "api-keys"')}---\nkind: Secret\nmetadata: { name: api-keys, namespace: shop }\n`;
    expect(missingIn(clusterOf({ objects }))[0]?.severity).toBe('low');
  });

  it('is no ConfigMap', () => {
    expect(missingIn(clusterOf({ objects: waiting('configmap "api-keys"') }))).toEqual([]);
  });
});
