import { describe, expect, it } from 'vitest';
import { formatRef } from '../../src/model/ref.ts';
import type { Report } from '../../src/model/report.ts';
import { toText } from '../../src/report/text.ts';
import { reportOf } from '../support/judged.ts';
import {
  crashing,
  creating,
  deployment,
  event,
  node,
  running,
  service,
  unschedulable,
  type Written,
} from '../support/objects.ts';

/** The failures as incidents: the cause's class and object, and the objects that it takes down. */
function incidentsOf(report: Report) {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  return report.incidents.flatMap(({ cause, effects }) => {
    const root = byId.get(cause);
    if (!root || root.stage === 'practice' || root.severity === 'info' || root.severity === 'low') return [];
    const members = [cause, ...effects].flatMap((id) => byId.get(id) ?? []);
    const subjects = new Set(members.map(({ subject }) => formatRef(subject)));
    return [{ cause: root.classifier, subjects: [...subjects].sort() }];
  });
}

/** A line that an application wrote before it ended, as `kubectl logs --previous --timestamps` gives it. */
function lastWords(namespace: string, pod: string, container: string, line: string): Record<string, string> {
  return {
    [`logs/${namespace}/${pod}/${container}.previous.log`]: `2026-11-22T11:57:09.123456789Z ${line}\n`,
  };
}

const podOf = (name: string) => `${name}-5f4b6d57d6-a0`;

describe('one cause behind many symptoms', () => {
  it('a container runtime that is down: its node and what waits there', () => {
    const refused =
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"';
    const down = { type: 'Ready', status: 'False', reason: 'KubeletNotReady' };
    const server = {
      ...node('rke2-server1'),
      status: { conditions: [{ ...down, message: 'container runtime is down' }] },
    };
    const waiting = ['lathe', 'mill'].flatMap((name) => [
      ...deployment({ namespace: 'plant', name }, { status: creating(name) }),
      event(
        { kind: 'Pod', namespace: 'plant', name: podOf(name) },
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: ${refused}`,
      ),
    ]);
    expect(incidentsOf(reportOf([server, ...waiting]))).toEqual([
      {
        cause: 'node/not-ready-runtime',
        subjects: ['Deployment plant/lathe', 'Deployment plant/mill', 'Node rke2-server1'],
      },
    ]);
  });

  it('a registry that runs in the cluster itself, behind an Ingress', () => {
    const failed = 'unexpected status from HEAD request to https://harbor.plant.local/v2/';
    const pulling = ['lathe', 'mill'].flatMap((name) => [
      ...deployment({ namespace: 'plant', name }, { status: creating(name, 'ImagePullBackOff') }),
      event(
        { kind: 'Pod', namespace: 'plant', name: podOf(name), container: name },
        'Failed',
        `Failed to pull image "harbor.plant.local/${name}:1": failed to pull and unpack image "harbor.plant.local/${name}:1": failed to resolve reference "harbor.plant.local/${name}:1": ${failed}${name}/manifests/1: 503 Service Unavailable`,
      ),
    ]);
    const ingress = {
      kind: 'Ingress',
      metadata: { namespace: 'harbor', name: 'harbor' },
      spec: {
        rules: [
          {
            host: 'harbor.plant.local',
            http: { paths: [{ path: '/', backend: { service: { name: 'core', port: { number: 80 } } } }] },
          },
        ],
      },
    };
    const report = reportOf(
      [
        node('rke2-server1'),
        ingress,
        ...service({ namespace: 'harbor', name: 'core' }, 80),
        ...deployment({ namespace: 'harbor', name: 'core' }, { status: crashing('core', 2) }),
        ...pulling,
      ],
      lastWords(
        'harbor',
        podOf('core'),
        'core',
        'panic: runtime error: index out of range [3] with length 3',
      ),
    );
    expect(incidentsOf(report)).toEqual([
      {
        cause: 'app/go-panic',
        subjects: [
          'Deployment harbor/core',
          'Deployment plant/lathe',
          'Deployment plant/mill',
          'Service harbor/core',
        ],
      },
    ]);
  });

  describe('kube-proxy that has no image', () => {
    const dials = 'dial tcp 10.43.0.1:443: i/o timeout';
    const api = {
      kind: 'Service',
      metadata: { namespace: 'default', name: 'kubernetes' },
      spec: { clusterIP: '10.43.0.1', ports: [{ port: 443, protocol: 'TCP' }] },
    };
    const names = ['metrics-server', 'snapshot-controller'];
    const clients = names.flatMap((name) =>
      deployment({ namespace: 'kube-system', name }, { status: crashing(name) }),
    );
    const files = Object.assign(
      {},
      ...names.map((name) =>
        lastWords('kube-system', podOf(name), name, `panic: Get "https://10.43.0.1:443/version": ${dials}`),
      ),
    ) as Record<string, string>;
    const proxyOn = (nodeName: string): Written[] => [
      {
        kind: 'Pod',
        metadata: {
          namespace: 'kube-system',
          name: `kube-proxy-${nodeName}`,
          creationTimestamp: '2026-11-22T11:00:00Z',
        },
        spec: {
          nodeName,
          hostNetwork: true,
          containers: [{ name: 'kube-proxy', image: 'registry.local:5000/kubernetes:v1' }],
        },
        status: creating('kube-proxy', 'ImagePullBackOff'),
      },
      event(
        { kind: 'Pod', namespace: 'kube-system', name: `kube-proxy-${nodeName}`, container: 'kube-proxy' },
        'Failed',
        'Failed to pull image "registry.local:5000/kubernetes:v1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.local:5000/kubernetes:v1": failed to resolve reference "registry.local:5000/kubernetes:v1": registry.local:5000/kubernetes:v1: not found',
      ),
    ];
    const nodes = [node('rke2-server1'), node('agent1')];

    it('takes down who asks Services from its node', () => {
      const objects = [...nodes, api, ...proxyOn('rke2-server1'), ...clients];
      expect(incidentsOf(reportOf(objects, files))).toEqual([
        {
          cause: 'image/not-found',
          subjects: [
            ...names.map((name) => `Deployment kube-system/${name}`),
            'Pod kube-system/kube-proxy-rke2-server1',
          ],
        },
      ]);
    });

    it('does nothing to who asks from another node, or asks what is no Service', () => {
      const elsewhere = incidentsOf(reportOf([...nodes, api, ...proxyOn('agent1'), ...clients], files));
      expect(elsewhere.map(({ cause }) => cause).sort()).toEqual(['app/timeout', 'image/not-found']);
      const outside = incidentsOf(reportOf([...nodes, ...proxyOn('rke2-server1'), ...clients], files));
      expect(outside.map(({ cause }) => cause).sort()).toEqual(['app/timeout', 'image/not-found']);
    });
  });

  it('a CoreDNS that ends because it asks itself', () => {
    const loop =
      '[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."';
    const dns = deployment({ namespace: 'kube-system', name: 'coredns' }, { status: crashing('coredns') });
    expect(incidentsOf(reportOf(dns, lastWords('kube-system', podOf('coredns'), 'coredns', loop)))).toEqual([
      { cause: 'network/coredns-loop', subjects: ['Deployment kube-system/coredns'] },
    ]);
  });

  it('pods that a lost node was starting are not told to be unexplained', () => {
    const waiting: Written = {
      kind: 'Pod',
      metadata: { namespace: 'shop', name: 'cart', creationTimestamp: '2026-11-22T11:00:00Z' },
      spec: { nodeName: 'rke2-server1', containers: [{ name: 'cart', image: 'registry.local:5000/cart:1' }] },
      status: creating('cart'),
    };
    const unexplainedWith = (ready: boolean) =>
      reportOf([node('rke2-server1', ready), waiting]).unexplained.map(({ subject }) => formatRef(subject));
    expect(unexplainedWith(false)).toEqual([]);
    expect(unexplainedWith(true)).toEqual(['Pod shop/cart']);
  });

  it('a volume whose helper pod has no image', () => {
    const uid = '0c4b7c2e-7f0e-4b0c-9c59-3a1d6f6b8d11';
    const helper = { kind: 'Pod', namespace: 'kube-system', name: `helper-pod-create-pvc-${uid}` };
    const claim: Written = {
      kind: 'PersistentVolumeClaim',
      metadata: { namespace: 'plant', name: 'data-db-0', uid, creationTimestamp: '2026-11-22T11:00:00Z' },
      spec: { storageClassName: 'local-path' },
      status: { phase: 'Pending' },
    };
    const objects = [
      node('rke2-server1'),
      { kind: 'StorageClass', metadata: { name: 'local-path' }, provisioner: 'rancher.io/local-path' },
      claim,
      event(
        { kind: 'PersistentVolumeClaim', namespace: 'plant', name: 'data-db-0' },
        'ProvisioningFailed',
        `failed to provision volume with StorageClass "local-path": failed to create volume pvc-${uid}: create process timeout after 120 seconds`,
        'rancher.io/local-path_local-path-provisioner-5b4c',
      ),
      {
        kind: 'Pod',
        metadata: {
          namespace: helper.namespace,
          name: helper.name,
          creationTimestamp: '2026-11-22T11:50:00Z',
        },
        spec: {
          nodeName: 'rke2-server1',
          containers: [{ name: 'helper-pod', image: 'registry.local:5000/busybox:1' }],
        },
        status: creating('helper-pod', 'ImagePullBackOff'),
      },
      event(
        { ...helper, container: 'helper-pod' },
        'Failed',
        'Failed to pull image "registry.local:5000/busybox:1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.local:5000/busybox:1": failed to resolve reference "registry.local:5000/busybox:1": registry.local:5000/busybox:1: not found',
      ),
    ];
    expect(incidentsOf(reportOf(objects))).toEqual([
      {
        cause: 'image/not-found',
        subjects: ['PersistentVolumeClaim plant/data-db-0', `Pod kube-system/${helper.name}`],
      },
    ]);
  });

  it('a service of a node that ends: the node is lost, and tells why itself', () => {
    const journal = {
      'nodes/agent1/journal-rke2-agent.log':
        '2026-11-22T11:58:21+00:00 agent1 rke2[901]: time="2026-11-22T11:58:21Z" level=fatal msg="Error: failed to load registry configuration from /etc/rancher/rke2/registries.yaml: yaml: line 7: mapping values are not allowed in this context"\n',
    };
    expect(incidentsOf(reportOf([node('agent1', false)], journal))).toEqual([
      { cause: 'node/service-fails', subjects: ['Node agent1'] },
    ]);
    // Ready, so it was started again since.
    expect(incidentsOf(reportOf([node('agent1')], journal))).toEqual([]);
  });

  it('a webhook that does not answer although its pods are ready: equals, and no circle', () => {
    const denied =
      'Error creating: Internal error occurred: failed calling webhook "validate.policy.local": failed to call webhook: Post "https://policy.policy.svc:443/validate?timeout=10s": context deadline exceeded';
    const names = ['cart', 'reviews', 'search'];
    const stuck = names.flatMap((name) => [
      ...deployment({ namespace: 'shop', name }, { replicas: 0, status: {} }).map((object) => ({
        ...object,
        spec: { ...(object.spec as object), replicas: 2 },
      })),
      event(
        { kind: 'ReplicaSet', namespace: 'shop', name: `${name}-5f4b6d57d6` },
        'FailedCreate',
        denied,
        'replicaset-controller',
      ),
    ]);
    const backend = [
      ...deployment({ namespace: 'policy', name: 'policy' }, { status: running('policy'), ready: 1 }),
      ...service({ namespace: 'policy', name: 'policy' }, 443, 'policy', ['10.42.0.9']),
    ];
    const report = reportOf([node('rke2-server1'), ...backend, ...stuck]);
    expect(incidentsOf(report)).toEqual([
      { cause: 'admission/webhook-unreachable', subjects: names.map((name) => `Deployment shop/${name}`) },
    ]);
    expect(report.incidents.flatMap(({ circle }) => circle ?? [])).toEqual([]);
  });

  it('nodes that are full: all who wait for the same resource, but not who never fits or wants a node of its own', () => {
    const message = '0/1 nodes are available: 1 Insufficient memory.';
    const waiting = (name: string, memory: string, nodeSelector = {}) =>
      deployment(
        { namespace: 'shop', name },
        {
          spec: {
            containers: [
              { name, image: `registry.local:5000/${name}:1`, resources: { requests: { memory } } },
            ],
            nodeSelector,
          },
          status: unschedulable(message),
        },
      );
    const objects = [
      node('rke2-server1'),
      ...waiting('cart', '2Gi'),
      ...waiting('search', '3Gi'),
      ...waiting('trainer', '64Gi'),
      ...waiting('cache', '2Gi', { 'kubernetes.io/hostname': 'rke2-server1' }),
    ];
    expect(
      incidentsOf(reportOf(objects))
        .map(({ subjects }) => subjects.join())
        .sort(),
    ).toEqual([
      'Deployment shop/cache',
      'Deployment shop/cart,Deployment shop/search',
      'Deployment shop/trainer',
    ]);
  });

  it('a namespace whose Pod Security standard refuses the pods of all its workloads', () => {
    const denied = (name: string, namespace: string) => [
      ...deployment({ namespace, name }, { replicas: 0, status: {} }).map((object) => ({
        ...object,
        spec: { ...(object.spec as object), replicas: 1 },
      })),
      event(
        { kind: 'ReplicaSet', namespace, name: `${name}-5f4b6d57d6` },
        'FailedCreate',
        `Error creating: pods "${name}-5f4b6d57d6-x2v9p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "${name}" must set securityContext.allowPrivilegeEscalation=false)`,
        'replicaset-controller',
      ),
    ];
    const objects = [...denied('cart', 'shop'), ...denied('search', 'shop'), ...denied('lathe', 'plant')];
    expect(
      incidentsOf(reportOf(objects))
        .map(({ subjects }) => subjects.join())
        .sort(),
    ).toEqual(['Deployment plant/lathe', 'Deployment shop/cart,Deployment shop/search']);
  });

  it('an API server that could not be asked: the disk of its node tells why', () => {
    const said = (second: string) =>
      `2026-11-22T11:59:${second}.000000000Z stderr F {"level":"warn","ts":"2026-11-22T11:59:${second}.000Z","msg":"serving /health false; no leader"}\n`;
    const files = {
      COMPLETE: 'stopped=\n',
      'ledger.tsv':
        'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n1\t-\tkubectl get --raw /version?pretty=true\t2026-11-22T11:59:00Z\t160\t1\t0\t-\t0\t0\terror\thealth/version.json\n',
      'health/version.json.err':
        'The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?\n',
    };
    const etcd = {
      'nodes/server1/pods/kube-system/etcd-server1/etcd.log': ['01', '21', '41'].map(said).join(''),
    };
    expect(incidentsOf(reportOf([], files))).toEqual([
      { cause: 'control-plane/api-unreachable', subjects: ['Host 10.0.0.11:6443'] },
    ]);
    expect(incidentsOf(reportOf([], { ...files, ...etcd }))).toEqual([
      {
        cause: 'control-plane/etcd-no-leader',
        subjects: ['Host 10.0.0.11:6443', 'Pod kube-system/etcd-server1'],
      },
    ]);
  });

  it('an NFS server that does not answer', () => {
    const objects = ['lathe', 'mill'].flatMap((name) => [
      ...deployment({ namespace: 'plant', name }, { status: creating(name) }),
      event(
        { kind: 'Pod', namespace: 'plant', name: podOf(name) },
        'FailedMount',
        'MountVolume.SetUp failed for volume "d" : mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t nfs -o hard,nfsvers=4.1 nas.plant.local:/exports /var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/d\nOutput: mount.nfs: Connection timed out',
      ),
    ]);
    const report = reportOf([node('rke2-server1'), ...objects]);
    expect(incidentsOf(report)).toEqual([
      { cause: 'volume/nfs-failed', subjects: ['Deployment plant/lathe', 'Deployment plant/mill'] },
    ]);
    expect(report.findings[0]?.message).toBe('mount.nfs: Connection timed out');
    expect(report.findings[0]?.fix[0]).toContain('`showmount -e nas.plant.local`');
  });

  describe('the same failure of pods on one node', () => {
    const full = (name: string, nodeName = 'rke2-server1') => [
      ...deployment({ namespace: 'plant', name }, { status: creating(name), spec: { nodeName } }),
      event(
        { kind: 'Pod', namespace: 'plant', name: podOf(name) },
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "4e47": plugin type="host-local" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.42.0.1-10.42.0.254',
      ),
    ];
    const roots = (objects: readonly Written[]) =>
      incidentsOf(reportOf([node('rke2-server1'), node('rke2-agent1'), ...objects])).map(
        ({ cause, subjects }) => [cause, subjects.length],
      );

    it('is one failure of three', () => {
      expect(roots(['lathe', 'mill', 'press'].flatMap((name) => full(name)))).toEqual([
        ['cni/ip-exhausted', 3],
      ]);
    });

    it('may be chance of two, or of three on different nodes', () => {
      expect(roots([...full('lathe'), ...full('mill'), ...full('press', 'rke2-agent1')])).toEqual([
        ['cni/ip-exhausted', 1],
        ['cni/ip-exhausted', 1],
        ['cni/ip-exhausted', 1],
      ]);
    });
  });

  describe('a network plugin that does not come up on a node', () => {
    const notReady = 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady';
    const uninitialized = `${notReady} message:Network plugin returns error: cni plugin not initialized`;
    const server = {
      ...node('rke2-server1'),
      status: {
        conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: uninitialized }],
      },
    };
    const waiting = ['lathe', 'mill', 'press'].flatMap((name) => [
      ...deployment({ namespace: 'plant', name }, { status: creating(name) }),
      event(
        { kind: 'Pod', namespace: 'plant', name: podOf(name) },
        'NetworkNotReady',
        `network is not ready: ${uninitialized}`,
      ),
    ]);
    const meta = { namespace: 'kube-system', labels: { 'k8s-app': 'canal' } };
    const spec = {
      hostNetwork: true,
      containers: [{ name: 'calico-node', image: 'registry.local:5000/calico:v3.31' }],
      volumes: [{ name: 'cni', hostPath: { path: '/etc/cni/net.d' } }],
    };
    const canal = (reason: string): Written[] => [
      {
        kind: 'DaemonSet',
        metadata: { ...meta, name: 'rke2-canal', creationTimestamp: '2026-11-22T10:00:00Z' },
        spec: { selector: { matchLabels: meta.labels }, template: { metadata: meta, spec } },
        status: { desiredNumberScheduled: 1, numberReady: 0 },
      },
      {
        kind: 'Pod',
        metadata: {
          ...meta,
          name: 'rke2-canal-x7k2p',
          creationTimestamp: '2026-11-22T10:00:00Z',
          ownerReferences: [{ kind: 'DaemonSet', name: 'rke2-canal', controller: true }],
        },
        spec: { nodeName: 'rke2-server1', ...spec },
        status: creating('calico-node', reason),
      },
    ];
    const stopped = [
      'DaemonSet kube-system/rke2-canal',
      'Deployment plant/lathe',
      'Deployment plant/mill',
      'Deployment plant/press',
      'Node rke2-server1',
    ];

    it('is one failure of the node where nothing is known of the plugin', () => {
      expect(incidentsOf(reportOf([server, ...waiting]))).toEqual([
        { cause: 'node/not-ready-cni', subjects: stopped.slice(1) },
      ]);
    });

    it('comes from the image that its pod cannot pull', () => {
      const failed = event(
        { kind: 'Pod', namespace: 'kube-system', name: 'rke2-canal-x7k2p', container: 'calico-node' },
        'Failed',
        'Failed to pull image "registry.local:5000/calico:v3.31": rpc error: code = NotFound desc = failed to pull and unpack image "registry.local:5000/calico:v3.31": failed to resolve reference "registry.local:5000/calico:v3.31": registry.local:5000/calico:v3.31: not found',
      );
      const report = reportOf([server, ...waiting, ...canal('ImagePullBackOff'), failed]);
      expect(incidentsOf(report)).toEqual([{ cause: 'image/not-found', subjects: stopped }]);
      expect(report.incidents[0]?.links.map(({ reason }) => reason)).toContain(
        'DaemonSet kube-system/rke2-canal brings the network plugin to node rke2-server1',
      );
    });

    it('comes from the chart that is not installed', () => {
      const labels = {
        'job-name': 'helm-install-rke2-canal',
        'helmcharts.helm.cattle.io/chart': 'rke2-canal',
      };
      const job: Written = {
        kind: 'Pod',
        metadata: {
          namespace: 'kube-system',
          name: 'helm-install-rke2-canal-x7k2p',
          labels,
          ownerReferences: [{ kind: 'Job', name: 'helm-install-rke2-canal', controller: true }],
        },
        spec: {
          nodeName: 'rke2-server1',
          hostNetwork: true,
          containers: [{ name: 'helm', image: 'registry.local:5000/klipper-helm:v0.9.3' }],
        },
        status: creating(
          'helm',
          'ImagePullBackOff',
          'Back-off pulling image "registry.local:5000/klipper-helm:v0.9.3"',
        ),
      };
      expect(incidentsOf(reportOf([server, ...waiting, job]))).toEqual([
        {
          cause: 'image/backoff',
          subjects: ['Job kube-system/helm-install-rke2-canal', ...stopped.slice(1)].sort(),
        },
      ]);
    });

    it('waits for itself only in appearance: its pod is on the network of the node', () => {
      const report = reportOf([server, ...waiting, ...canal('ContainerCreating')]);
      expect(incidentsOf(report)).toEqual([{ cause: 'controller/daemonset-incomplete', subjects: stopped }]);
      expect(report.incidents.some(({ circle }) => circle)).toBe(false);
    });
  });

  it('a class that does not exist: claim, pod, service and two clients', () => {
    const wait =
      '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/1 nodes are available';
    const db: Written[] = [
      node('rke2-server1'),
      {
        kind: 'PersistentVolumeClaim',
        metadata: { namespace: 'store', name: 'data-db', creationTimestamp: '2026-11-22T10:00:00Z' },
        spec: {
          storageClassName: 'ceph-block',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
        },
        status: { phase: 'Pending' },
      },
      event(
        { kind: 'PersistentVolumeClaim', namespace: 'store', name: 'data-db' },
        'ProvisioningFailed',
        'storageclass.storage.k8s.io "ceph-block" not found',
        'persistentvolume-controller',
      ),
      ...deployment(
        { namespace: 'store', name: 'db' },
        {
          spec: {
            containers: [{ name: 'db', image: 'registry.local:5000/postgres:16' }],
            volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db' } }],
          },
          status: unschedulable(wait),
        },
      ),
      event(
        { kind: 'Pod', namespace: 'store', name: podOf('db') },
        'FailedScheduling',
        wait,
        'default-scheduler',
      ),
      ...service({ namespace: 'store', name: 'db' }, 5432),
      ...deployment({ namespace: 'shop', name: 'api' }, { status: crashing('api') }),
      ...deployment({ namespace: 'billing', name: 'invoices' }, { status: crashing('invoices') }),
    ];
    const refused = 'dial tcp 10.43.12.182:5432: connect: connection refused';
    const report = reportOf(db, {
      ...lastWords('shop', podOf('api'), 'api', `FATAL cannot reach the database: ${refused}`),
      ...lastWords(
        'billing',
        podOf('invoices'),
        'invoices',
        'psycopg2.OperationalError: connection to server at "db.store.svc" (10.43.12.182), port 5432 failed: Connection refused',
      ),
    });
    expect(incidentsOf(report)).toEqual([
      {
        cause: 'claim/class-missing',
        subjects: [
          'Deployment billing/invoices',
          'Deployment shop/api',
          'Deployment store/db',
          'PersistentVolumeClaim store/data-db',
          'Service store/db',
        ],
      },
    ]);
    const [incident] = report.incidents;
    expect(incident?.links.map(({ reason }) => reason).join('\n')).toContain(
      '10.43.12.182:5432, which is Service store/db',
    );
  });

  it('a registry that is down: 30 pods in 6 namespaces', () => {
    const message = (name: string) =>
      `Failed to pull image "registry.local:5000/${name}:1": failed to pull and unpack image "registry.local:5000/${name}:1": failed to resolve reference "registry.local:5000/${name}:1": failed to do request: Head "https://registry.local:5000/v2/${name}/manifests/1": dial tcp 10.1.2.3:5000: connect: connection refused`;
    const namespaces = ['shop', 'billing', 'store', 'edge', 'batch', 'mesh'];
    const objects = namespaces.flatMap((namespace) => [
      ...deployment(
        { namespace, name: 'web' },
        { replicas: 5, status: creating('web', 'ImagePullBackOff', 'Back-off pulling image') },
      ),
      ...Array.from({ length: 5 }, (_, index) =>
        event(
          { kind: 'Pod', namespace, name: `web-5f4b6d57d6-${'abcde'[index]}${index}`, container: 'web' },
          'Failed',
          message('web'),
        ),
      ),
    ]);
    const incidents = incidentsOf(reportOf([node('rke2-server1'), ...objects]));
    expect(incidents.map(({ cause }) => cause)).toEqual(['image/registry-connection-refused']);
    expect(incidents[0]?.subjects).toHaveLength(6);
  });

  it('one missing ConfigMap: 3 Deployments', () => {
    const missing = 'configmap "shop-settings" not found';
    const objects = ['cart', 'checkout', 'search'].flatMap((name) => [
      ...deployment(
        { namespace: 'shop', name },
        {
          spec: {
            containers: [
              {
                name,
                image: `registry.local:5000/${name}:1`,
                envFrom: [{ configMapRef: { name: 'shop-settings' } }],
              },
            ],
          },
          status: creating(name, 'CreateContainerConfigError', missing),
        },
      ),
      event(
        { kind: 'Pod', namespace: 'shop', name: podOf(name), container: name },
        'Failed',
        `Error: ${missing}`,
      ),
    ]);
    expect(incidentsOf(reportOf(objects))).toEqual([
      {
        cause: 'config/configmap-missing',
        subjects: ['Deployment shop/cart', 'Deployment shop/checkout', 'Deployment shop/search'],
      },
    ]);
  });

  it('a webhook without backends: 2 Deployments that cannot create pods', () => {
    const denied =
      'Error creating: Internal error occurred: failed calling webhook "inject.mesh.local": failed to call webhook: Post "https://injector.mesh.svc:443/inject?timeout=10s": no endpoints available for service "injector"';
    const stuck = (name: string): Written[] => [
      ...deployment({ namespace: 'shop', name }, { replicas: 0, status: {} }).map((object) => ({
        ...object,
        spec: { ...(object.spec as object), replicas: 2 },
        status: {
          replicas: 0,
          conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: denied }],
        },
      })),
      event(
        { kind: 'ReplicaSet', namespace: 'shop', name: `${name}-5f4b6d57d6` },
        'FailedCreate',
        denied,
        'replicaset-controller',
      ),
    ];
    const webhook: Written = {
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'injector' },
      webhooks: [
        {
          name: 'inject.mesh.local',
          failurePolicy: 'Fail',
          clientConfig: { service: { namespace: 'mesh', name: 'injector', port: 443 } },
        },
      ],
    };
    const backend = [
      ...deployment({ namespace: 'mesh', name: 'injector' }, { status: crashing('injector', 139) }),
      ...service({ namespace: 'mesh', name: 'injector' }, 443),
    ];
    const incidents = incidentsOf(reportOf([webhook, ...backend, ...stuck('cart'), ...stuck('search')]));
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.cause).toBe('exit/segfault');
    expect(incidents[0]?.subjects).toEqual(
      expect.arrayContaining([
        'Deployment shop/cart',
        'Deployment shop/search',
        'Deployment mesh/injector',
        'Service mesh/injector',
      ]),
    );
  });

  it('a node that is lost: its pods, a DaemonSet and a Service', () => {
    const lost = { ...running('db'), conditions: [{ type: 'Ready', status: 'False' }] };
    const terminating = deployment(
      { namespace: 'store', name: 'db' },
      { spec: { nodeName: 'agent2', containers: [{ name: 'db' }] }, status: lost },
    ).map((object) =>
      object.kind === 'Pod'
        ? {
            ...object,
            metadata: {
              ...object.metadata,
              deletionTimestamp: '2026-11-22T11:15:00Z',
              deletionGracePeriodSeconds: 30,
            },
          }
        : object,
    );
    const agent: Written[] = [
      {
        kind: 'DaemonSet',
        metadata: { namespace: 'kube-system', name: 'agent' },
        spec: {
          selector: { matchLabels: { app: 'agent' } },
          template: { spec: { containers: [{ name: 'agent' }] } },
        },
        status: {
          desiredNumberScheduled: 2,
          currentNumberScheduled: 2,
          numberReady: 1,
          numberUnavailable: 1,
        },
      },
      {
        kind: 'Pod',
        metadata: {
          namespace: 'kube-system',
          name: 'agent-x1',
          labels: { app: 'agent' },
          creationTimestamp: '2026-11-22T09:00:00Z',
          ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }],
        },
        spec: { nodeName: 'agent2', containers: [{ name: 'agent' }] },
        status: { ...running('agent'), conditions: [{ type: 'Ready', status: 'False' }] },
      },
    ];
    const incidents = incidentsOf(
      reportOf([
        node('server1'),
        node('agent2', false),
        ...terminating,
        ...agent,
        ...service({ namespace: 'store', name: 'db' }, 5432),
      ]),
    );
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.cause).toBe('node/kubelet-down');
    expect(incidents[0]?.subjects).toEqual(
      expect.arrayContaining(['Node agent2', 'Service store/db', 'DaemonSet kube-system/agent']),
    );
  });

  it('CoreDNS down: DNS errors in 5 applications', () => {
    const dns = [
      ...deployment(
        { namespace: 'kube-system', name: 'coredns' },
        { status: creating('coredns', 'ImagePullBackOff', 'Back-off pulling image') },
      ).map((object) => ({
        ...object,
        metadata: {
          ...object.metadata,
          labels: { ...(object.metadata.labels as object), 'k8s-app': 'kube-dns' },
        },
      })),
      {
        kind: 'Service',
        metadata: { namespace: 'kube-system', name: 'kube-dns', labels: { 'k8s-app': 'kube-dns' } },
        spec: {
          clusterIP: '10.43.0.10',
          selector: { 'k8s-app': 'kube-dns' },
          ports: [{ port: 53, protocol: 'UDP' }],
        },
      },
      {
        kind: 'EndpointSlice',
        metadata: {
          namespace: 'kube-system',
          name: 'kube-dns-1',
          labels: { 'kubernetes.io/service-name': 'kube-dns' },
        },
        endpoints: [],
      },
    ];
    const names = ['cart', 'checkout', 'search', 'reviews', 'ratings'];
    const applications = names.flatMap((name) =>
      deployment({ namespace: 'shop', name }, { status: crashing(name) }),
    );
    const files = Object.assign(
      {},
      ...names.map((name) =>
        lastWords(
          'shop',
          podOf(name),
          name,
          'panic: dial tcp: lookup catalog.shop.svc.cluster.local on 10.43.0.10:53: read udp 10.42.0.7:4321->10.43.0.10:53: i/o timeout',
        ),
      ),
    ) as Record<string, string>;
    const incidents = incidentsOf(reportOf([...dns, ...applications], files));
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.cause).toMatch(/^(?:network\/coredns-down|image\/backoff)$/);
    expect(incidents[0]?.subjects).toEqual(
      expect.arrayContaining(names.map((name) => `Deployment shop/${name}`)),
    );
  });

  it('an expired certificate: kubelet down, node down', () => {
    const journal =
      'Nov 22 11:12:01 agent2 rke2[812]: E1122 11:12:01.000000     812 bootstrap.go:266] "Unhandled Error" err="part of the existing bootstrap client certificate in /var/lib/rancher/rke2/agent/kubelet.kubeconfig is expired: 2026-11-22 11:05:00 +0000 UTC"\n';
    const incidents = incidentsOf(
      reportOf([node('server1'), node('agent2', false)], { 'nodes/agent2/journal-rke2-agent.log': journal }),
    );
    expect(incidents).toEqual([{ cause: 'node/certificate-invalid', subjects: ['Node agent2'] }]);
  });
});

describe('a volume whose driver the node does not know', () => {
  const pulled =
    'Failed to pull image "registry.local:5000/cephcsi:v3.13": failed to resolve reference "registry.local:5000/cephcsi:v3.13": registry.local:5000/cephcsi:v3.13: not found';
  const meta = { namespace: 'ceph', name: 'csi-rbdplugin' };
  const spec = {
    nodeName: 'agent2',
    containers: [{ name: 'driver', image: 'registry.local:5000/cephcsi:v3.13' }],
    volumes: [
      {
        name: 'socket',
        hostPath: { path: '/var/lib/kubelet/plugins/rbd.csi.ceph.com', type: 'DirectoryOrCreate' },
      },
    ],
  };
  const plugin: Written[] = [
    {
      kind: 'DaemonSet',
      metadata: meta,
      spec: {
        selector: { matchLabels: { app: 'csi' } },
        template: { metadata: { labels: { app: 'csi' } }, spec },
      },
      status: { desiredNumberScheduled: 2, currentNumberScheduled: 2, numberReady: 1, numberUnavailable: 1 },
    },
    {
      kind: 'Pod',
      metadata: {
        namespace: 'ceph',
        name: 'csi-rbdplugin-x1',
        labels: { app: 'csi' },
        creationTimestamp: '2026-11-22T09:00:00Z',
        ownerReferences: [{ kind: 'DaemonSet', name: 'csi-rbdplugin', controller: true }],
      },
      spec,
      status: creating('driver', 'ImagePullBackOff', 'Back-off pulling image'),
    },
    event(
      { kind: 'Pod', namespace: 'ceph', name: 'csi-rbdplugin-x1', container: 'driver' },
      'Failed',
      pulled,
    ),
  ];
  const mount = (driver: string): Written[] => [
    ...deployment(
      { namespace: 'store', name: 'db' },
      {
        spec: { nodeName: 'agent2', containers: [{ name: 'db' }] },
        status: creating('db'),
      },
    ),
    event(
      { kind: 'Pod', namespace: 'store', name: podOf('db') },
      'FailedMount',
      `MountVolume.MountDevice failed for volume "pvc-27b9" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ${driver} not found in the list of registered CSI drivers`,
    ),
  ];
  const nodes = [node('agent1'), node('agent2')];

  it('follows from the DaemonSet of that driver, and so from its image', () => {
    const report = reportOf([...nodes, ...plugin, ...mount('rbd.csi.ceph.com')]);
    expect(incidentsOf(report)).toEqual([
      { cause: 'image/not-found', subjects: ['DaemonSet ceph/csi-rbdplugin', 'Deployment store/db'] },
    ]);
    expect(report.incidents[0]?.links.map(({ reason }) => reason)).toContain(
      'needs driver rbd.csi.ceph.com, which DaemonSet ceph/csi-rbdplugin brings to the nodes',
    );
  });

  it('does not follow from the DaemonSet of another driver', () => {
    const report = reportOf([...nodes, ...plugin, ...mount('driver.longhorn.io')]);
    expect(
      incidentsOf(report)
        .map(({ cause }) => cause)
        .sort(),
    ).toEqual(['image/not-found', 'volume/csi-driver-missing']);
  });
});

describe('causes that wait for each other', () => {
  it('a webhook that keeps its own pods from being made is one incident, and the report says so', () => {
    const refused =
      'Error creating: Internal error occurred: failed calling webhook "inject.mesh.local": failed to call webhook: Post "https://injector.mesh.svc:443/inject?timeout=10s": no endpoints available for service "injector"';
    const unmade = (namespace: string, name: string): Written[] => [
      ...deployment({ namespace, name }, { replicas: 0, status: {} }).map((object) => ({
        ...object,
        spec: { ...(object.spec as object), replicas: 1 },
        status: {
          replicas: 0,
          conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused }],
        },
      })),
      event(
        { kind: 'ReplicaSet', namespace, name: `${name}-5f4b6d57d6` },
        'FailedCreate',
        refused,
        'replicaset-controller',
      ),
    ];
    const report = reportOf([
      {
        kind: 'MutatingWebhookConfiguration',
        metadata: { name: 'injector' },
        webhooks: [
          {
            name: 'inject.mesh.local',
            failurePolicy: 'Fail',
            clientConfig: { service: { namespace: 'mesh', name: 'injector', port: 443 } },
          },
        ],
      },
      ...unmade('mesh', 'injector'),
      ...service({ namespace: 'mesh', name: 'injector' }, 443),
      ...unmade('shop', 'cart'),
    ]);
    expect(incidentsOf(report)).toEqual([
      {
        cause: 'admission/webhook-unreachable',
        subjects: ['Deployment mesh/injector', 'Deployment shop/cart', 'Service mesh/injector'],
      },
    ]);
    const [incident] = report.incidents;
    const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
    expect(formatRef(byId.get(incident?.cause ?? '')?.subject ?? { kind: '', name: '' })).toBe(
      'Deployment mesh/injector',
    );
    expect(byId.get(incident?.circle?.cause ?? '')?.classifier).toBe('network/service-no-endpoints');
    expect(toText(report).replace(/\s+/g, ' ')).toContain(
      'Deployment mesh/injector itself waits for its effect Service mesh/injector',
    );
  });
});

describe('what follows from another finding', () => {
  it('is never an incident of its own, and every finding is in exactly one', () => {
    const report = reportOf([
      ...deployment({ namespace: 'shop', name: 'cart' }, { status: crashing('cart', 139) }),
      ...service({ namespace: 'shop', name: 'cart' }, 80),
    ]);
    const named = report.incidents.flatMap(({ cause, effects }) => [cause, ...effects]);
    expect([...named].sort()).toEqual(report.findings.map(({ id }) => id).sort());
    expect(new Set(named).size).toBe(named.length);
  });
});
