import { expect, test } from 'vitest';
import { SHAPES } from '../../src/model/objects.ts';
import { readTables } from '../../src/readers/tables.ts';

const TIME = Date.parse('2026-11-22T12:00:00Z');
const hints = { time: TIME };

test('pods of a wide table have phase, node, restarts and why they are not well', () => {
  const pods = readTables(
    `NAMESPACE   NAME       READY   STATUS             RESTARTS      AGE     IP           NODE      NOMINATED NODE   READINESS GATES
shop        cart-0     0/1     CrashLoopBackOff   6 (3m ago)    9m42s   10.42.0.7    server1   <none>           <none>
shop        web-ok     1/1     Running            0             9m      10.42.0.8    server1   <none>           <none>
batch       bigmem     0/1     Pending            0             9m      <none>       <none>    <none>           <none>
batch       report     0/1     Completed          0             9m      10.42.0.9    server1   <none>           <none>
data        migrator   0/1     Init:Error         2 (5m ago)    9m      10.42.0.10   server1   <none>           <none>
data        old        0/1     Evicted            0             3d      <none>       server1   <none>           <none>
data        gone       1/1     Terminating        0             3d      10.42.0.11   server1   <none>           <none>
`,
    hints,
  ).map(({ value }) => SHAPES.Pod(value));
  const [cart, ok, bigmem, report, migrator, old, gone] = pods;
  expect(cart).toMatchObject({
    metadata: { name: 'cart-0', namespace: 'shop', creationTimestamp: '2026-11-22T11:50:18Z' },
    spec: { nodeName: 'server1' },
    status: {
      podIP: '10.42.0.7',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        {
          restartCount: 6,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { finishedAt: '2026-11-22T11:57:00Z' } },
        },
      ],
    },
  });
  expect(ok?.status).toMatchObject({
    phase: 'Running',
    conditions: [{ status: 'True' }],
    containerStatuses: [],
  });
  expect(bigmem).toMatchObject({ spec: { nodeName: undefined }, status: { phase: 'Pending' } });
  expect(report?.status.phase).toBe('Succeeded');
  expect(migrator?.status).toMatchObject({
    phase: 'Pending',
    initContainerStatuses: [{ restartCount: 2, state: { terminated: { reason: 'Error' } } }],
  });
  expect(old?.status).toMatchObject({ phase: 'Failed', reason: 'Evicted', containerStatuses: [] });
  expect(gone?.metadata.deletionTimestamp).toBeDefined();
});

test('nodes, deployments, claims, services and API services are told by their columns', () => {
  const read = (text: string) => {
    const [first] = readTables(text, { ...hints, namespace: 'shop' });
    return first && [first.kind, first.value];
  };
  expect(
    read(
      'NAME      STATUS                        ROLES    AGE   VERSION   INTERNAL-IP\nserver1   NotReady,SchedulingDisabled   master   40m   v1.34.9   10.0.0.1\n',
    ),
  ).toMatchObject([
    'Node',
    {
      spec: { unschedulable: true },
      status: { conditions: [{ type: 'Ready', status: 'False' }], nodeInfo: { kubeletVersion: 'v1.34.9' } },
    },
  ]);
  expect(
    read('NAME   READY   UP-TO-DATE   AVAILABLE   AGE\ncart   1/3     3            1           5m\n'),
  ).toMatchObject([
    'Deployment',
    {
      metadata: { namespace: 'shop' },
      spec: { replicas: 3 },
      status: { readyReplicas: 1, availableReplicas: 1 },
    },
  ]);
  expect(
    read(
      'NAME   STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE\ndata   Pending                                      longhorn       5m\n',
    ),
  ).toMatchObject([
    'PersistentVolumeClaim',
    { status: { phase: 'Pending' }, spec: { storageClassName: 'longhorn' } },
  ]);
  expect(
    read(
      'NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)                  AGE   SELECTOR\ncart   NodePort    10.43.0.9    <none>        80:30080/TCP,443/TCP     5m    app=cart\n',
    ),
  ).toMatchObject([
    'Service',
    { spec: { selector: { app: 'cart' }, ports: [{ port: 80, nodePort: 30080 }, { port: 443 }] } },
  ]);
  expect(
    read(
      'NAME                     SERVICE                      AVAILABLE                  AGE\nv1beta1.metrics.k8s.io   kube-system/metrics-server   False (MissingEndpoints)   5m\n',
    ),
  ).toMatchObject([
    'APIService',
    { status: { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }] } },
  ]);
  expect(read('NAME   STATUS   AGE\nshop   Active   5m\n')).toMatchObject([
    'Namespace',
    { status: { phase: 'Active' } },
  ]);
});

test('events have their object, count and times', () => {
  const events = readTables(
    `NAMESPACE   LAST SEEN             TYPE      REASON             OBJECT            SUBOBJECT                SOURCE                  MESSAGE                      FIRST SEEN   COUNT   NAME
shop        87s (x12 over 9m)     Warning   BackOff            pod/cart-0        spec.containers{cart}    kubelet, server1        Back-off restarting failed   9m           12      cart-0.1
default     5m                    Normal    NodeNotReady       node/server1                               node-controller         Node server1 is not ready    5m           1       server1.1
`,
    hints,
  ).map(({ kind, value }) => [kind, SHAPES.Event(value)] as const);
  expect(events.map(([kind]) => kind)).toEqual(['Event', 'Event']);
  expect(events[0]?.[1]).toMatchObject({
    involvedObject: { kind: 'Pod', name: 'cart-0', namespace: 'shop', fieldPath: 'spec.containers{cart}' },
    source: { component: 'kubelet', host: 'server1' },
    reason: 'BackOff',
    message: 'Back-off restarting failed',
    count: 12,
    lastTimestamp: '2026-11-22T11:58:33Z',
    firstTimestamp: '2026-11-22T11:51:00Z',
  });
  expect(events[1]?.[1].involvedObject).toMatchObject({
    kind: 'Node',
    name: 'server1',
    namespace: undefined,
  });
});

test('`kubectl get all` names the kind before the name, one table below the other', () => {
  const found = readTables(
    `NAME             READY   STATUS    RESTARTS   AGE
pod/cart-0       1/1     Running   0          5m

NAME                   READY   UP-TO-DATE   AVAILABLE   AGE
deployment.apps/cart   1/1     1            1           5m
`,
    { ...hints, namespace: 'shop' },
  );
  expect(
    found.map(({ kind, value, lines }) => [kind, SHAPES.Pod(value).metadata.name, lines.get('')]),
  ).toEqual([
    ['Pod', 'cart-0', 2],
    ['Deployment', 'cart', 5],
  ]);
});

test('a table of a kind that is not known gives nothing', () => {
  expect(readTables('NAME   COLOUR   SHAPE\na      red      round\n', hints)).toEqual([]);
});
