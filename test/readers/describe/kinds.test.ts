import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Kind, type ObjectOf, SHAPES } from '../../../src/model/objects.ts';
import { describedObjects } from '../../../src/readers/describe/read-describe.ts';

const TIME = Date.parse('2026-11-22T13:14:00Z');
const read = (name: string) =>
  describedObjects(readFileSync(`test/fixtures/describe/${name}.txt`, 'utf8'), TIME);
const nodes = read('nodes');
const others = read('others');

function first<K extends Kind>(kind: K, from = others): ObjectOf<K> {
  const found = from.find((object) => object.kind === kind);
  if (!found) throw new Error(`no ${kind} was read`);
  // The shape of a kind yields the object of that kind.
  return SHAPES[kind](found.value) as ObjectOf<K>;
}

test('nodes have conditions, taints, capacity and system info', () => {
  const [agent, server] = nodes.filter(({ kind }) => kind === 'Node').map(({ value }) => SHAPES.Node(value));
  expect(agent?.metadata.name).toBe('rke2-agent2');
  expect(agent?.spec.taints.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
    'node.kubernetes.io/unreachable:NoExecute',
    'node.kubernetes.io/unreachable:NoSchedule',
  ]);
  expect(agent?.status.conditions.find(({ type }) => type === 'Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
    lastTransitionTime: '2026-11-22T13:04:16Z',
  });
  expect(server?.status.conditions).toHaveLength(4);
  expect(server?.status.allocatable).toMatchObject({ cpu: '2', memory: '24581684Ki', pods: '110' });
  expect(server?.status.addresses).toMatchObject([
    { type: 'InternalIP', address: '10.10.0.11' },
    { type: 'Hostname' },
  ]);
  expect(server?.status.nodeInfo).toMatchObject({
    kubeletVersion: 'v1.34.9',
    containerRuntimeVersion: 'containerd://1.7.24',
    osImage: 'Debian GNU/Linux 13 (trixie)',
  });
  expect(server?.spec).toMatchObject({ unschedulable: false, podCIDR: '10.42.0.0/24' });
});

test('the lease of a node is read aside', () => {
  const leases = nodes.filter(({ kind }) => kind === 'Lease');
  expect(leases.map(({ aside }) => aside)).toEqual([true]);
  expect(first('Lease', nodes)).toMatchObject({
    metadata: { name: 'rke2-server1', namespace: 'kube-node-lease' },
    spec: { renewTime: '2026-11-22T13:13:55Z' },
  });
});

test('events of a node are about the node', () => {
  const events = nodes.filter(({ kind }) => kind === 'Event').map(({ value }) => SHAPES.Event(value));
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ involvedObject }) => involvedObject.kind))).toEqual(new Set(['Node']));
});

test('a deployment and its replica set tell their counts, conditions and template', () => {
  expect(first('Deployment')).toMatchObject({
    metadata: { name: 'scaled', namespace: 'team-a', creationTimestamp: '2026-11-22T13:04:12Z' },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app: 'scaled' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      template: {
        metadata: { labels: { app: 'scaled' } },
        spec: { containers: [{ name: 'scaled', resources: { requests: { cpu: '10m', memory: '16Mi' } } }] },
      },
    },
    status: { updatedReplicas: 3, replicas: 3, availableReplicas: 3, unavailableReplicas: 2 },
  });
  expect(first('Deployment').status.conditions.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
    'Available MinimumReplicasUnavailable',
    'ReplicaFailure FailedCreate',
    'Progressing ReplicaSetUpdated',
  ]);
  expect(first('ReplicaSet')).toMatchObject({
    metadata: { ownerReferences: [{ kind: 'Deployment', name: 'scaled', controller: true }] },
    spec: { replicas: 5 },
    status: { replicas: 3 },
  });
});

test('a job that gave up has its condition from the event', () => {
  const jobs = others.filter(({ kind }) => kind === 'Job').map(({ value }) => SHAPES.Job(value));
  expect(jobs.map(({ metadata, status }) => [metadata.name, status.conditions[0]?.type])).toEqual([
    ['nightly-report', 'Failed'],
    ['backup', 'Complete'],
  ]);
  expect(jobs[0]).toMatchObject({
    spec: { backoffLimit: 1, completions: 1 },
    status: {
      failed: 2,
      conditions: [
        { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' },
      ],
    },
  });
});

test('an autoscaler tells its target, bounds and why it is idle', () => {
  const { spec, status } = first('HorizontalPodAutoscaler');
  expect(spec).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'stock' },
    minReplicas: 1,
    maxReplicas: 4,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
  });
  expect(status).toMatchObject({ currentReplicas: 1, desiredReplicas: 0 });
  expect(status.conditions.find(({ type }) => type === 'ScalingActive')?.message).toMatch(
    /missing request for cpu in container stock/,
  );
});

test('a service tells its ports, and the ready addresses behind it aside', () => {
  const services = others.filter(({ kind }) => kind === 'Service').map(({ value }) => SHAPES.Service(value));
  expect(services[0]).toMatchObject({
    metadata: { name: 'profile-web' },
    spec: {
      clusterIP: '10.43.143.95',
      selector: { app: 'profile' },
      ports: [{ port: 80, targetPort: 'web', protocol: 'TCP' }],
    },
  });
  expect(services[0]?.spec.ports[0]?.name).toBeUndefined();
  const aside = others
    .filter(({ kind, aside }) => kind === 'Endpoints' && aside)
    .map(({ value }) => SHAPES.Endpoints(value));
  expect(
    aside.map(({ metadata, subsets }) => [
      metadata.name,
      subsets.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)),
    ]),
  ).toEqual([
    ['profile-web', ['10.42.0.197']],
    ['stock', []],
  ]);
});

test('endpoints tell which addresses are not ready', () => {
  const found = others.find(({ kind, aside }) => kind === 'Endpoints' && !aside);
  expect(SHAPES.Endpoints(found?.value).subsets).toMatchObject([
    { addresses: [], notReadyAddresses: [{ ip: '10.42.0.177' }] },
  ]);
});

test('an ingress tells its class, hosts and backends', () => {
  expect(first('Ingress').spec).toMatchObject({
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.corp.local',
        http: {
          paths: [{ path: '/', backend: { service: { name: 'frontend-svc', port: { number: 80 } } } }],
        },
      },
    ],
  });
});

test('claims, classes, quotas and limits are read', () => {
  expect(first('PersistentVolumeClaim')).toMatchObject({
    metadata: { name: 'pgdata', namespace: 'data', finalizers: ['kubernetes.io/pvc-protection'] },
    spec: { storageClassName: 'longhorn' },
    status: { phase: 'Pending' },
  });
  expect(first('StorageClass')).toMatchObject({
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  expect(first('ResourceQuota').status).toEqual({
    hard: { pods: '3', 'requests.memory': '64Gi' },
    used: { pods: '3', 'requests.memory': '48Mi' },
  });
  expect(first('LimitRange').spec.limits).toMatchObject([
    {
      type: 'Container',
      max: { memory: '256Mi' },
      default: { memory: '256Mi' },
      defaultRequest: { memory: '256Mi' },
    },
  ]);
});

test('kinds that kubectl prints field by field are read back', () => {
  expect(first('MutatingWebhookConfiguration').webhooks).toMatchObject([
    {
      name: 'inject.mesh.corp.local',
      failurePolicy: 'Fail',
      timeoutSeconds: 5,
      clientConfig: { service: { name: 'injector', namespace: 'mesh-system', path: '/m', port: 443 } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'mesh' } },
      rules: [{ operations: ['CREATE'], resources: ['pods'], scope: '*' }],
    },
  ]);
  expect(first('APIService')).toMatchObject({
    metadata: { name: 'v2.autoscaling', creationTimestamp: '2026-11-22T12:31:34Z' },
    status: {
      conditions: [{ type: 'Available', status: 'True', message: 'Local APIServices are always available' }],
    },
  });
});
