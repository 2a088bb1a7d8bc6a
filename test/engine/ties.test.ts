import { describe, expect, it } from 'vitest';
import { formatRef } from '../../src/model/ref.ts';
import { reportOf } from '../support/judged.ts';
import {
  crashing,
  creating,
  deployment,
  event,
  node,
  running,
  service,
  type Written,
} from '../support/objects.ts';

/** Each failure with the class that its incident starts from: `image/not-found Deployment shop/cart <- itself`. */
function rootsOf(objects: readonly Written[], files: Readonly<Record<string, string>> = {}): string[] {
  const { findings, incidents } = reportOf(objects, files);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return incidents.flatMap(({ cause, effects }) =>
    [cause, ...effects].flatMap((id) => {
      const finding = byId.get(id);
      if (!finding || finding.stage === 'practice') return [];
      const root = id === cause ? 'itself' : byId.get(cause)?.classifier;
      return [`${finding.classifier} ${formatRef(finding.subject)} <- ${root}`];
    }),
  );
}

const missing = (namespace: string, name: string) => [
  ...deployment({ namespace, name }, { status: creating(name, 'ImagePullBackOff') }),
  event(
    { kind: 'Pod', namespace, name: `${name}-5f4b6d57d6-a0`, container: name },
    'Failed',
    `Failed to pull image "registry.local:5000/${name}:1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.local:5000/${name}:1": failed to resolve reference "registry.local:5000/${name}:1": registry.local:5000/${name}:1: not found`,
  ),
];
const panic = (namespace: string, name: string) => ({
  [`logs/${namespace}/${name}-5f4b6d57d6-a0/${name}.previous.log`]:
    '2026-11-22T11:57:09.1Z panic: runtime error: index out of range [3] with length 3\n',
});

describe('a node that is not ready', () => {
  const objects = [
    node('rke2-server1', false),
    ...missing('shop', 'cart'),
    ...deployment({ namespace: 'shop', name: 'checkout' }, { status: crashing('checkout', 2) }),
  ];

  it('is not the cause of an image that the registry does not have', () => {
    expect(rootsOf(objects)).toContain('image/not-found Deployment shop/cart <- itself');
  });

  it('is not the cause of a panic', () => {
    expect(rootsOf(objects, panic('shop', 'checkout'))).toContain(
      'app/go-panic Deployment shop/checkout <- itself',
    );
  });

  it('is the cause where nothing else is known of what runs there', () => {
    const lost = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False', reason: 'NodeNotReady' }],
    };
    const roots = rootsOf([
      node('rke2-server1', false),
      ...deployment(
        { namespace: 'shop', name: 'cart' },
        { status: lost, spec: { nodeName: 'rke2-server1' } },
      ),
      ...service({ namespace: 'shop', name: 'cart' }, 8080),
      event(
        { kind: 'Pod', namespace: 'shop', name: 'cart-5f4b6d57d6-a0' },
        'NodeNotReady',
        'Node is not ready',
      ),
    ]);
    expect(roots).toContain('network/service-no-endpoints Service shop/cart <- node/kubelet-down');
    expect(roots.filter((root) => root.startsWith('node/'))).toEqual([
      'node/kubelet-down Node rke2-server1 <- itself',
    ]);
  });

  it('is known by its whole name only', () => {
    const pod = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
    const roots = rootsOf([
      node('web', false),
      node('rke2-server1'),
      ...deployment(
        { namespace: 'shop', name: 'web-api' },
        { status: pod, spec: { nodeName: 'rke2-server1' } },
      ),
      ...service({ namespace: 'shop', name: 'web-api' }, 8080),
    ]);
    expect(roots.filter((root) => root.includes('web-api') && root.includes('<- node/'))).toEqual([]);
  });
});

it('a node with an old kernel is not why a Service has no endpoints', () => {
  const told = event(
    { kind: 'Node', name: 'rke2-server1' },
    'CgroupV1',
    'cgroup v1 support is in maintenance mode',
  );
  const roots = rootsOf([
    node('rke2-server1'),
    told,
    ...deployment({ namespace: 'shop', name: 'cart' }, { status: creating('cart') }),
    ...service({ namespace: 'shop', name: 'cart' }, 8080),
  ]);
  expect(roots.join('\n')).toContain('node/kernel-old');
  expect(roots.filter((root) => root.startsWith('network/service-no-endpoints'))).not.toContain(
    'network/service-no-endpoints Service shop/cart <- node/kernel-old',
  );
});

describe('images of one registry', () => {
  it('that are missing are one incident each', () => {
    const { incidents, findings } = reportOf([...missing('shop', 'cart'), ...missing('shop', 'checkout')]);
    const causes = incidents.map(({ cause }) => findings.find(({ id }) => id === cause));
    const roots = causes.filter((finding) => finding?.classifier === 'image/not-found');
    expect(roots.map((finding) => finding?.culprit?.name).sort()).toEqual([
      'registry.local:5000/cart:1',
      'registry.local:5000/checkout:1',
    ]);
  });

  it('that are missing from two namespaces are one incident when they are the same image', () => {
    const objects = ['shop', 'billing'].flatMap((namespace) => missing(namespace, 'cart'));
    const { incidents, findings } = reportOf(objects);
    const roots = incidents.filter(
      ({ cause }) => findings.find(({ id }) => id === cause)?.classifier === 'image/not-found',
    );
    expect(roots).toHaveLength(1);
  });
});

describe('pods that no scheduler has looked at', () => {
  const waiting: Written = {
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'cart-0', creationTimestamp: '2026-11-22T11:00:00Z' },
    spec: { containers: [{ name: 'cart', image: 'registry.local:5000/cart:1' }] },
    status: { phase: 'Pending' },
  };
  const component = (name: string): Written => ({
    kind: 'Pod',
    metadata: {
      namespace: 'kube-system',
      name: `${name}-rke2-server1`,
      annotations: { 'kubernetes.io/config.mirror': 'x' },
    },
    spec: { nodeName: 'rke2-server1', containers: [{ name }] },
    status: crashing(name),
  });

  it('wait for the scheduler that crashes', () => {
    expect(rootsOf([waiting, component('kube-scheduler')])).toContain(
      'scheduling/no-scheduler Pod shop/cart-0 <- exit/general-error',
    );
  });

  it('do not wait for another component that crashes', () => {
    expect(rootsOf([waiting, component('kube-controller-manager')])).toContain(
      'scheduling/no-scheduler Pod shop/cart-0 <- itself',
    );
  });
});

describe('events about objects that are gone', () => {
  it.each([
    ['Pod', 'BackOff', 'Back-off restarting failed container cart in pod cart-old_shop(6f1c)'],
    ['Pod', 'FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "cart-tls" not found'],
    [
      'CronJob',
      'FailedNeedsStart',
      'Cannot determine if job needs to be started: too many missed start times',
    ],
    ['ReplicaSet', 'FailedCreate', 'Error creating: pods "cart-" is forbidden: exceeded quota: shop'],
  ])('are history: %s %s', (kind, reason, message) => {
    const healthy = deployment({ namespace: 'shop', name: 'cart' }, { status: running('cart'), ready: 1 });
    const gone = event({ kind, namespace: 'shop', name: 'cart-old' }, reason, message);
    expect(rootsOf([node('rke2-server1'), ...healthy, gone])).toEqual([]);
  });

  it('are all that is known where the objects were not collected', () => {
    const gone = event(
      { kind: 'Pod', namespace: 'shop', name: 'cart-old' },
      'FailedMount',
      'MountVolume.SetUp failed for volume "tls" : secret "cart-tls" not found',
    );
    const { findings } = reportOf([gone], { 'objects/pods.json': '' });
    expect(findings.map(({ classifier }) => classifier)).toContain('volume/mount-secret-missing');
  });
});

it('pods that were evicted and replaced are one line of their owner', () => {
  const owner = { kind: 'StatefulSet', name: 'press', controller: true };
  const evicted = ['a', 'b'].map(
    (name): Written => ({
      kind: 'Pod',
      metadata: { namespace: 'plant', name: `press-${name}`, ownerReferences: [owner] },
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: ephemeral-storage.',
      },
    }),
  );
  const next: Written = {
    kind: 'Pod',
    metadata: { namespace: 'plant', name: 'press-0', ownerReferences: [owner] },
    spec: { containers: [{ name: 'press', image: 'registry.local:5000/press:1' }] },
    status: running('press'),
  };
  const left = reportOf([...evicted, next]).findings.filter(
    ({ classifier }) => classifier === 'risk/failed-pod-leftovers',
  );
  expect(left.map(({ subject, severity, message }) => [formatRef(subject), severity, message])).toEqual([
    ['StatefulSet plant/press', 'info', '2 of its pods: Evicted'],
  ]);
});
