import { describe, expect, it } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { CATALOGUE, clusterOfFiles } from '../support/cluster.ts';
import { failuresIn, reportOf, reportOnServer, SERVER } from '../support/judged.ts';
import {
  crashing,
  creating,
  deployment,
  documents,
  event,
  node,
  running,
  type Written,
} from '../support/objects.ts';

const POD = { kind: 'Pod', namespace: 'shop', name: 'cart-5f4b6d57d6-a0' };
const cart = (status: object, ready = 0, spec: object = {}) =>
  deployment({ namespace: 'shop', name: 'cart' }, { status, ready, spec: { nodeName: SERVER, ...spec } });

/** Classes with their severities, risks left out. */
function found(objects: readonly Written[], files: Readonly<Record<string, string>> = {}): string[] {
  return failuresIn(reportOnServer(objects, files)).map(
    ({ severity, classifier }) => `${severity} ${classifier}`,
  );
}

const lastLog = (...lines: readonly string[]) => ({
  [`logs/shop/${POD.name}/cart.previous.log`]: lines
    .map((line) => `2026-11-22T11:57:09.1Z ${line}\n`)
    .join(''),
});

describe('a log line that is not the cause', () => {
  const general = ['high exit/general-error'];
  it.each([
    [
      'a trace of a slow request',
      'I1122 trace.go:219] Trace[1852186258]: "List" url:/api/v1/pods (total time: 1200ms)',
    ],
    [
      'an event of another object that a controller quotes',
      `I1122 event.go:285] Event(v1.ObjectReference{Kind:"Pod", Namespace:"shop", Name:"pay-0"}): type: 'Warning' reason: 'Failed' Failed to pull image "registry.local:5000/pay:1": registry.local:5000/pay:1: not found`,
    ],
    ['the kubelet that cannot watch the log', 'failed to create fsnotify watcher: too many open files'],
    ['a database that is starting', 'FATAL:  the database system is starting up'],
  ])('%s', (_what, line) => {
    expect(found(cart(crashing('cart')), lastLog(line))).toEqual(general);
  });
});

describe('the type of an event and the level of a line', () => {
  it('are no verdict: an event of type Normal tells of a failure', () => {
    const said = {
      ...event(POD, 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.'),
    };
    expect(found([...cart(creating('cart')), { ...said, type: 'Normal' }])).toContain('low sandbox/changed');
  });

  it('are no verdict: a warning tells of none', () => {
    const said = event(
      { ...POD },
      'DNSConfigForming',
      'Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.1.0.2 10.1.0.3 10.1.0.4',
    );
    const bad = found([...cart(running('cart'), 1), said]).filter((one) => !/^(?:low|info) /.test(one));
    expect(bad).toEqual([]);
  });

  it('are no verdict: an agent that cannot join says so at level info', () => {
    const line =
      'time="2026-11-22T11:57:10Z" level=info msg="Waiting to retrieve agent configuration; server is not ready: Node password rejected, duplicate hostname or contents of \'/etc/rancher/node/password\' may not match server node-passwd entry"';
    expect(found([], { [`nodes/${SERVER}/journal.log`]: `${line}\n` }).join()).toContain('node/join-failed');
  });
});

describe('an end that is no failure', () => {
  const endedWith = (terminated: object, restartCount = 1) => ({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'cart',
        ready: true,
        started: true,
        restartCount,
        state: { running: { startedAt: '2026-11-22T11:00:00Z' } },
        lastState: { terminated },
      },
    ],
  });

  it.each([
    ['code 0 with reason Error, as dockershim wrote it', { exitCode: 0, reason: 'Error' }],
    ['code 255 of all containers when the node booted', { exitCode: 255, reason: 'Unknown' }],
    ['a status that was lost with the node', { exitCode: 137, reason: 'ContainerStatusUnknown' }],
  ])('%s', (_what, terminated) => {
    const status = endedWith({ ...terminated, finishedAt: '2026-11-22T10:59:00Z' });
    expect(found(cart(status, 1))).toEqual([]);
  });

  it('is not seen in the many restarts of a month ago', () => {
    const terminated = { exitCode: 1, reason: 'Error', finishedAt: '2026-10-22T10:59:00Z' };
    expect(found(cart(endedWith(terminated, 97), 1))).toEqual([]);
  });
});

describe('an init container', () => {
  const init = (name: string, state: object) => ({ name, ready: false, restartCount: 0, state });
  const withInits = (...statuses: readonly object[]) => ({
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    initContainerStatuses: statuses,
    containerStatuses: [
      { name: 'cart', ready: false, restartCount: 0, state: { waiting: { reason: 'PodInitializing' } } },
    ],
  });
  const inits = {
    initContainers: [
      { name: 'schema', image: 'a' },
      { name: 'warm', image: 'a' },
    ],
  };

  it('that fails is the only failure of its pod: the others wait for their turn', () => {
    const failed = init('schema', { waiting: { reason: 'CrashLoopBackOff' } });
    const status = withInits(
      { ...failed, restartCount: 5, lastState: { terminated: { exitCode: 3, reason: 'Error' } } },
      init('warm', { waiting: { reason: 'PodInitializing' } }),
    );
    expect(found(cart(status, 0, inits))).toEqual(['high exit/general-error']);
  });

  it('that was killed for memory has failed, whatever its code', () => {
    const status = withInits({
      ...init('schema', { waiting: { reason: 'CrashLoopBackOff' } }),
      restartCount: 5,
      lastState: { terminated: { exitCode: 0, reason: 'OOMKilled', finishedAt: '2026-11-22T11:58:00Z' } },
    });
    expect(found(cart(status, 0, inits)).join()).toContain('memory/');
  });
});

it('a heap that is full is the cause of an abort, not the kernel', () => {
  const line = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
  expect(found(cart(crashing('cart', 134)), lastLog(line))).toEqual(['high app/node-heap-oom']);
});

it('a code of Windows is not read as a signal', () => {
  const classes = found(cart(crashing('cart', 3221225477))).join();
  expect(classes).not.toMatch(/oom|killed|terminated/);
});

describe('events', () => {
  it('that have expired leave the state to tell', () => {
    const status = creating(
      'cart',
      'ImagePullBackOff',
      'Back-off pulling image "registry.local:5000/cart:1"',
    );
    expect(found(cart(status))).toEqual(['high image/backoff']);
  });

  it('are all heard: the older one that tells more comes before the newest', () => {
    const old = event(
      POD,
      'FailedMount',
      'MountVolume.SetUp failed for volume "tls" : secret "cart-tls" not found',
    );
    const late = event(
      POD,
      'FailedMount',
      'Unable to attach or mount volumes: unmounted volumes=[tls], unattached volumes=[tls]: timed out waiting for the condition',
    );
    const classes = found([
      ...cart(creating('cart')),
      { ...old, lastTimestamp: '2026-11-22T11:40:00Z' },
      { ...late, lastTimestamp: '2026-11-22T11:59:00Z' },
    ]);
    expect(classes).toContain('high volume/mount-secret-missing');
    expect(classes.join()).not.toContain('volume/mount-timeout');
  });

  describe('that a pod waits for the network of its node', () => {
    // As a kubelet writes them, in the form of events.k8s.io.
    const {
      involvedObject: regarding,
      message: note,
      lastTimestamp: _,
      ...rest
    } = event(
      { kind: 'Pod', namespace: 'plant', name: 'straight' },
      'NetworkNotReady',
      'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    );
    const said = {
      ...rest,
      regarding,
      note,
      eventTime: null,
      reportingController: 'kubelet',
      reportingInstance: SERVER,
      source: undefined,
      deprecatedSource: { component: 'kubelet', host: SERVER },
      deprecatedFirstTimestamp: '2026-11-22T11:55:00Z',
      deprecatedLastTimestamp: '2026-11-22T11:56:00Z',
    };
    const readySince = (lastTransitionTime: string, status = 'True') => ({
      ...node(SERVER),
      status: { conditions: [{ type: 'Ready', status, lastTransitionTime }] },
    });

    /** What is found where only the event tells of the pod. */
    const failuresOf = (server: Written) => {
      const files = {
        'about.txt': `layout=1\ntime=2026-11-22T12:00:00Z\n`,
        'extra/all.yaml': documents([server, said]),
      };
      return failuresIn(judge(clusterOfFiles(files), CATALOGUE, 'test'));
    };

    it('is past once the node is ready', () => {
      expect(failuresOf(readySince('2026-11-22T11:57:00Z'))).toEqual([]);
    });

    it.each([
      ['that was ready before', readySince('2026-11-22T11:55:30Z')],
      ['that is not ready', readySince('2026-11-22T11:57:00Z', 'False')],
    ])('is told of a node %s', (_which, server) => {
      const told = failuresOf(server).find(({ classifier }) => classifier === 'cni/not-initialized');
      expect(told).toMatchObject({ severity: 'critical', subject: { kind: 'Pod', name: 'straight' } });
      expect(told?.fix.join('\n')).toContain(`spec.nodeName=${SERVER}`);
    });
  });

  it('about a ServiceAccount that came a moment later are past once the pods are there', () => {
    const said = event(
      { kind: 'ReplicaSet', namespace: 'shop', name: 'cart-5f4b6d57d6' },
      'FailedCreate',
      'Error creating: pods "cart-5f4b6d57d6-" is forbidden: error looking up service account shop/default: serviceaccount "default" not found',
      'replicaset-controller',
    );
    expect(found([...cart(running('cart'), 1), said])).toEqual([]);
  });
});

it('a resize that has to wait, a gate that is open and a sandbox that is not up are no failures', () => {
  const status = running('cart') as { conditions: object[] };
  const conditions = [
    ...status.conditions,
    {
      type: 'PodResizePending',
      status: 'True',
      reason: 'Deferred',
      message: 'Node does not have enough memory',
    },
    { type: 'PodReadyToStartContainers', status: 'False' },
    { type: 'shop.local/routed', status: 'False' },
  ];
  expect(found(cart({ ...status, conditions }, 1))).toEqual([]);
});

it('names of the internet that CoreDNS cannot resolve are no failure of the cluster', () => {
  const line =
    '2026-11-22T11:58:48.181Z [ERROR] plugin/errors: 2 8373768935828175380.8715076686105595443. HINFO: read udp 10.42.0.13:51809->10.1.0.2:53: i/o timeout';
  const coredns = deployment(
    { namespace: 'kube-system', name: 'coredns' },
    { status: running('coredns'), ready: 1 },
  );
  const logs = { 'logs/kube-system/coredns-5f4b6d57d6-a0/coredns.log': `${line}\n` };
  expect(found(coredns, logs)).toEqual(['low network/coredns-upstream']);
});

it('control plane components that run inside another process are not missed', () => {
  expect(found([node('k3s-server1')])).toEqual([]);
});

it('a pod that is deleted is flagged only when it stays much longer than its grace', () => {
  const leaving = (deletionTimestamp: string): Written => ({
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name: 'cart-0',
      creationTimestamp: '2026-11-22T08:00:00Z',
      deletionTimestamp,
      deletionGracePeriodSeconds: 30,
    },
    spec: { nodeName: SERVER, containers: [{ name: 'cart', image: 'registry.local:5000/cart:1' }] },
    status: { ...crashing('cart', 143) },
  });
  expect(found([leaving('2026-11-22T11:59:30Z')])).toEqual([]);
  expect(found([leaving('2026-11-22T11:00:00Z')]).join()).toContain('controller/pod-stuck-terminating');
});

it('a pull secret that was not found is none where the image came all the same', () => {
  const said = event(
    POD,
    'FailedToRetrieveImagePullSecret',
    'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
  );
  expect(found([...cart(running('cart'), 1), said])).toEqual([]);
});

describe('usage that is not known', () => {
  const report = reportOnServer(cart(running('cart'), 1));

  it('is no failure of a pod', () => {
    expect(failuresIn(report)).toEqual([]);
  });

  it('is said: what needs it was not judged', () => {
    const skipped = report.skipped.map(({ classifier }) => classifier);
    expect(skipped).toContain('risk/memory-near-limit');
  });
});

it('a node that is short of disk does not explain an image that is nowhere', () => {
  const waiting = creating(
    'cart',
    'ImagePullBackOff',
    'Back-off pulling image "registry.local:5000/cart:2": ErrImagePull: failed to resolve reference "registry.local:5000/cart:2": registry.local:5000/cart:2: not found',
  );
  const full = node(SERVER);
  const pressure = { type: 'DiskPressure', status: 'True', reason: 'KubeletHasDiskPressure' };
  const sick = { ...full, status: { conditions: [{ type: 'Ready', status: 'True' }, pressure] } };
  const report = reportOf([sick, ...cart(waiting)]);
  const causes = report.incidents.map(
    ({ cause }) => report.findings.find(({ id }) => id === cause)?.classifier,
  );
  expect(causes).toEqual(expect.arrayContaining(['image/not-found', 'node/disk-pressure']));
});
