import { describe, expect, it } from 'vitest';
import { formatRef } from '../../src/model/ref.ts';
import { reportOf } from '../support/judged.ts';
import { creating, deployment, event, node, type Written } from '../support/objects.ts';

const MISSING =
  'Failed to pull image "registry.local:5000/cart:2": failed to resolve reference "registry.local:5000/cart:2": registry.local:5000/cart:2: not found';

/** A Deployment whose image is missing since 11:00, made at a time, with more objects around it. */
function changesOf(created: string, others: readonly Written[] = [], cart: object = {}) {
  const objects = deployment(
    { namespace: 'shop', name: 'cart' },
    {
      spec: {
        nodeName: 'agent1',
        containers: [
          {
            name: 'cart',
            image: 'registry.local:5000/cart:2',
            envFrom: [{ configMapRef: { name: 'cart-settings' } }],
          },
        ],
      },
      status: creating('cart', 'ImagePullBackOff', 'Back-off pulling image'),
    },
  ).map((object) =>
    object.kind === 'Deployment'
      ? { ...object, metadata: { ...object.metadata, creationTimestamp: created, ...cart } }
      : object,
  );
  const failing = event(
    { kind: 'Pod', namespace: 'shop', name: 'cart-5f4b6d57d6-a0', container: 'cart' },
    'Failed',
    MISSING,
  );
  const report = reportOf([node('agent1'), ...objects, failing, ...others]);
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const incident = report.incidents.find(({ cause }) => byId.get(cause)?.classifier === 'image/not-found');
  expect(incident).toBeDefined();
  return (incident?.changes ?? []).map(
    ({ subject, what, secondsBefore }) => `${secondsBefore}s: ${formatRef(subject)} ${what}`,
  );
}

const settings = (metadata: object, name = 'cart-settings'): Written => ({
  kind: 'ConfigMap',
  metadata: { namespace: 'shop', name, creationTimestamp: '2026-11-01T08:00:00Z', ...metadata },
});

const replicaSet = (name: string, creationTimestamp: string, revision: string, image: string): Written => ({
  kind: 'ReplicaSet',
  metadata: {
    namespace: 'shop',
    name,
    creationTimestamp,
    annotations: { 'deployment.kubernetes.io/revision': revision },
    ownerReferences: [{ kind: 'Deployment', name: 'cart', controller: true }],
  },
  spec: { replicas: 0, template: { spec: { containers: [{ name: 'cart', image }] } } },
  status: { replicas: 0 },
});

const LONG_AGO = '2026-11-01T08:00:00Z';

describe('what was changed shortly before', () => {
  it('is nothing where all is older than half an hour', () => {
    expect(changesOf('2026-11-22T10:29:59Z', [settings({})])).toEqual([]);
  });

  it('is that the workload was made', () => {
    expect(changesOf('2026-11-22T10:58:00Z')).toEqual(['120s: Deployment shop/cart was created']);
  });

  it('is a new ReplicaSet with its revision and its new image', () => {
    const sets = [
      replicaSet('cart-77c', '2026-11-20T08:00:00Z', '3', 'registry.local:5000/cart:1'),
      replicaSet('cart-88d', '2026-11-22T10:50:00Z', '4', 'registry.local:5000/cart:2'),
    ];
    expect(changesOf(LONG_AGO, sets)).toEqual([
      '600s: Deployment shop/cart got ReplicaSet cart-88d, now revision 4, with image registry.local:5000/cart:2',
    ]);
  });

  it('is a ConfigMap that its pods take in, by the time that managedFields tell, and no other one', () => {
    const managedFields = [
      { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-22T10:59:00Z' },
      { manager: 'kubectl-create', operation: 'Update', time: '2026-11-01T08:00:00Z' },
    ];
    expect(
      changesOf(LONG_AGO, [settings({ managedFields }), settings({ managedFields }, 'search-settings')]),
    ).toEqual(['60s: ConfigMap shop/cart-settings was changed']);
  });

  it('is no update of a status', () => {
    const managedFields = [
      { manager: 'k3s', operation: 'Update', subresource: 'status', time: '2026-11-22T10:59:00Z' },
    ];
    expect(changesOf(LONG_AGO, [], { managedFields })).toEqual([]);
  });

  it('is an event of the node that the pods run on, and of no other node', () => {
    const rebooted = (name: string): Written => ({
      ...event({ kind: 'Node', name }, 'Rebooted', `Node ${name} has been rebooted, boot id: 5b4a`),
      firstTimestamp: '2026-11-22T10:55:00Z',
    });
    expect(changesOf(LONG_AGO, [rebooted('agent1'), rebooted('agent2')])).toEqual([
      '300s: Node agent1 Rebooted: Node agent1 has been rebooted, boot id: 5b4a',
    ]);
  });

  it('is nothing that came with the first symptom or after it', () => {
    expect(
      changesOf('2026-11-22T11:00:00Z', [settings({ creationTimestamp: '2026-11-22T11:30:00Z' })]),
    ).toEqual([]);
  });
});
