import { describe, expect, it } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { formatRef } from '../../src/model/ref.ts';
import { CATALOGUE, clusterOf } from '../support/cluster.ts';
import { crashing, creating, deployment, documents, event, node, running } from '../support/objects.ts';

const image = (namespace: string, name: string) => [
  ...deployment({ namespace, name }, { status: creating(name, 'ImagePullBackOff') }),
  event(
    { kind: 'Pod', namespace, name: `${name}-5f4b6d57d6-a0`, container: name },
    'Failed',
    'Failed to pull image "registry.local:5000/cart:1": dial tcp 10.1.2.3:5000: connect: connection refused',
  ),
];
const cluster = clusterOf({
  objects: documents([
    node('rke2-server1'),
    ...image('shop', 'cart'),
    ...image('batch', 'report'),
    ...deployment({ namespace: 'batch', name: 'import' }, { status: crashing('import') }),
    ...deployment({ namespace: 'docs', name: 'wiki' }, { status: running('wiki'), ready: 1 }),
  ]),
});
const reportOn = (...namespaces: string[]) => judge(cluster, CATALOGUE, 'test', undefined, namespaces);

describe('a report on one namespace', () => {
  const shop = reportOn('shop');

  it('tells the incidents that touch it, with a cause elsewhere, and no others', () => {
    const failures = shop.findings.filter(({ stage }) => stage !== 'practice');
    expect(failures.map(({ subject }) => formatRef(subject)).sort()).toEqual([
      'Deployment batch/report',
      'Deployment shop/cart',
    ]);
    expect(reportOn('batch').findings.map(({ subject }) => formatRef(subject))).toContain(
      'Deployment batch/import',
    );
  });

  it('names a finding as the whole report does', () => {
    const whole = new Map(reportOn().findings.map(({ id, fingerprint }) => [id, fingerprint]));
    for (const { id, fingerprint } of shop.findings) expect(whole.get(id)).toBe(fingerprint);
  });

  it('lists its own pods and events, and every node', () => {
    expect(shop.namespaces.map(({ name }) => name)).toEqual(['shop']);
    expect(shop.inventory.pods?.map(({ subject }) => subject.namespace)).toEqual(['shop']);
    expect(shop.nodes).toHaveLength(1);
    const elsewhere = shop.timeline.filter(({ subject }) => subject.namespace === 'docs');
    expect(elsewhere).toEqual([]);
  });

  it('says in its verdict that it is about the namespace', () => {
    expect(shop.verdict).toContain('1 root cause in namespace shop: ');
    expect(reportOn('docs').verdict).toBe('No failure was found in namespace docs.');
    expect(reportOn('shop', 'batch').verdict).toContain('in namespace shop, batch; the worst: ');
  });
});
