import { expect, test } from 'vitest';
import { SHAPES } from '../../../src/model/objects.ts';
import { describedObjects } from '../../../src/readers/describe/read-describe.ts';

const TIME = Date.parse('2026-11-22T12:00:00Z');

function podOf(text: string) {
  const pod = describedObjects(text, TIME).find(({ kind }) => kind === 'Pod');
  if (!pod) throw new Error('no pod was read');
  return SHAPES.Pod(pod.value);
}
function eventsOf(text: string) {
  return describedObjects(text, TIME)
    .filter(({ kind }) => kind === 'Event')
    .map(({ value }) => SHAPES.Event(value));
}

const CART = `Name:             cart-0
Namespace:        shop
Priority:         0
Node:             server1/10.0.0.1
Labels:           app=cart
Annotations:      <none>
Status:           Running
IP:               10.42.0.7
`;

test('a termination message of several lines is joined, wherever its lines stand', () => {
  const pod = podOf(`${CART}Containers:
  cart:
    Container ID:   containerd://1
    Image:          registry.local/cart:1
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Message:      panic: no such table
goroutine 1 [running]:
main.main()
	/src/main.go:17 +0x1d

      Exit Code:    2
      Started:      Sun, 22 Nov 2026 11:58:00 +0000
      Finished:     Sun, 22 Nov 2026 11:58:01 +0000
    Ready:          False
    Restart Count:  4
Conditions:
  Type     Status
  Ready    False
QoS Class:  Burstable
`);
  const ended = pod.status.containerStatuses[0]?.lastState.terminated;
  expect(ended?.message).toBe(
    'panic: no such table\ngoroutine 1 [running]:\nmain.main()\n/src/main.go:17 +0x1d',
  );
  expect(ended?.exitCode).toBe(2);
  expect(pod.status.containerStatuses[0]?.restartCount).toBe(4);
  expect(pod.status.qosClass).toBe('Burstable');
});

test('an event message of several lines is joined and the events after it are read', () => {
  const events = eventsOf(`${CART}Events:
  Type     Reason     Age                 From     Message
  ----     ------     ----                ----     -------
  Warning  Unhealthy  5m (x3 over 7m)     kubelet  Readiness probe failed: psql: could not connect
  Is the server running?
  Warning  Unhealthy  90s                         kubelet  Liveness probe failed: timed out
`);
  expect(events.map(({ message }) => message)).toEqual([
    'Readiness probe failed: psql: could not connect\nIs the server running?',
    'Liveness probe failed: timed out',
  ]);
  expect(events[0]).toMatchObject({
    count: 3,
    lastTimestamp: '2026-11-22T11:55:00Z',
    firstTimestamp: '2026-11-22T11:53:00Z',
  });
});

test('the event table of kubectl 1.8, with tabs and two times, is read', () => {
  const tabs = `Name:\t\tcart-0
Namespace:\tshop
Node:\t\tserver1/10.0.0.1
Status:\t\tPending
IP:\t\t
Containers:
  cart:
    Container ID:\t
    Image:\t\tregistry.local/cart:1
    State:\t\tWaiting
      Reason:\t\tErrImagePull
    Ready:\t\tFalse
    Restart Count:\t0
QoS Class:\tBestEffort
Events:
  FirstSeen\tLastSeen\tCount\tFrom\t\t\tSubObjectPath\t\tType\t\tReason\t\tMessage
  ---------\t--------\t-----\t----\t\t\t-------------\t\t--------\t------\t\t-------
  2m\t\t1m\t\t4\tkubelet, server1\tspec.containers{cart}\tWarning\t\tFailed\t\tError: ErrImagePull
`;
  const pod = podOf(tabs);
  expect(pod.spec.containers[0]?.image).toBe('registry.local/cart:1');
  expect(pod.status.containerStatuses[0]?.state.waiting?.reason).toBe('ErrImagePull');
  expect(eventsOf(tabs)).toMatchObject([
    {
      type: 'Warning',
      reason: 'Failed',
      message: 'Error: ErrImagePull',
      count: 4,
      source: { component: 'kubelet', host: 'server1' },
      involvedObject: { kind: 'Pod', name: 'cart-0', fieldPath: 'spec.containers{cart}' },
      firstTimestamp: '2026-11-22T11:58:00Z',
      lastTimestamp: '2026-11-22T11:59:00Z',
    },
  ]);
});

test('a text that was cut off is read as far as it goes', () => {
  const pod = podOf(`${CART}Containers:
  cart:
    Image:          registry.local/cart:1
    State:          Waiting
      Reason:       Crash`);
  expect(pod.metadata.name).toBe('cart-0');
  expect(pod.status.containerStatuses[0]?.state.waiting?.reason).toBe('Crash');
});

test('a command of several lines does not hide what stands below it', () => {
  const pod = podOf(`${CART}Containers:
  cart:
    Image:          registry.local/cart:1
    Command:
      sh
      -c
      if true; then
        Status: echo

      Name: x
      fi
    State:          Running
      Started:      Sun, 22 Nov 2026 11:00:00 +0000
    Ready:          True
    Restart Count:  0
`);
  expect(pod.spec.containers[0]?.command?.join('|')).toBe('sh|-c|if true; then|Status: echo|Name: x|fi');
  expect(pod.status.containerStatuses[0]?.state.running?.startedAt).toBe('2026-11-22T11:00:00Z');
});

test('values of the environment are references where they come from elsewhere', () => {
  const pod = podOf(`${CART}Containers:
  cart:
    Image:          registry.local/cart:1
    Liveness:       http-get http://:8080/healthz%3Fdeep=1 delay=5s timeout=1s period=10s #success=1 #failure=3
    Readiness:      tcp-socket :5432 delay=0s timeout=1s period=10s #success=1 #failure=3
    Startup:        exec [cat /tmp/ready] delay=0s timeout=1s period=2s #success=1 #failure=30
    Environment Variables from:
      defaults      ConfigMap with prefix 'CART_'  Optional: true
    Environment:
      DATABASE_URL:  postgres://db.shop.svc:5432/cart
      KEY:           <set to the key 'paypal' in secret 'api-keys'>     Optional: false
      MODE:          <set to the key 'mode' of config map 'settings'>  Optional: true
      POD_NAME:      cart-0 (v1:metadata.name)
`);
  const container = pod.spec.containers[0];
  expect(container?.env).toMatchObject([
    { name: 'DATABASE_URL', value: 'postgres://db.shop.svc:5432/cart' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'api-keys', key: 'paypal', optional: false } } },
    { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode', optional: true } } },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ]);
  expect(container?.envFrom).toMatchObject([
    { configMapRef: { name: 'defaults', optional: true }, prefix: 'CART_' },
  ]);
  expect(container?.livenessProbe).toMatchObject({
    httpGet: { scheme: 'HTTP', port: 8080, path: '/healthz%3Fdeep=1' },
    initialDelaySeconds: 5,
    failureThreshold: 3,
  });
  expect(container?.readinessProbe?.tcpSocket?.port).toBe(5432);
  expect(container?.startupProbe?.exec?.command).toEqual(['cat', '/tmp/ready']);
});

test('names like those of the language are only names', () => {
  const pod = podOf(`${CART.replace('app=cart', '__proto__=polluted')}Containers:
  constructor:
    Image:  registry.local/cart:1
    Limits:
      __proto__:  1
`);
  expect(Object.hasOwn(pod.metadata.labels, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(pod.spec.containers[0]?.name).toBe('constructor');
});

test('text that describes nothing gives nothing', () => {
  expect(describedObjects('', TIME)).toEqual([]);
  expect(describedObjects('Error from server (Forbidden): pods is forbidden\n', TIME)).toEqual([]);
  expect(describedObjects('Name: a person\nAge: 7\n', TIME)).toEqual([]);
});
