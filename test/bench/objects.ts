import { MADE, nodeName, type PodPlan, podPlan, type Shape, uidOf } from './shape.ts';

const time = (minutesBefore: number) =>
  new Date(MADE - minutesBefore * 60_000).toISOString().replace('.000', '');
const CREATED = time(24 * 60);
const REGISTRY = 'registry.shop.internal:5000';

/** One page of a list as the API gives it, with the items from `from` on. */
export function page(kind: string, apiVersion: string, items: readonly object[]): string {
  return JSON.stringify(
    { kind: `${kind}List`, apiVersion, metadata: { resourceVersion: '1' }, items },
    null,
    2,
  );
}

/** A pod as the API shows it. */
export function pod(plan: PodPlan): object {
  const { name, namespace, replicaSet, workload, uid, node, fate } = plan;
  return {
    metadata: {
      name,
      generateName: `${replicaSet}-`,
      namespace,
      uid,
      resourceVersion: String(1000 + plan.index),
      creationTimestamp: CREATED,
      labels: {
        app: workload,
        'app.kubernetes.io/part-of': 'shop',
        'pod-template-hash': replicaSet.slice(-8),
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: replicaSet,
          uid: uidOf(plan.index + 500_000),
          controller: true,
        },
      ],
    },
    spec: {
      volumes: [
        { name: 'kube-api-access', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
      ],
      containers: [
        {
          name: 'main',
          image: `${REGISTRY}/shop/${workload}:1.4.2`,
          env: Array.from({ length: 8 }, (_, i) => ({ name: `SHOP_SETTING_${i}`, value: `value-${i}` })),
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
          volumeMounts: [
            {
              name: 'kube-api-access',
              readOnly: true,
              mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
            },
          ],
          livenessProbe: { httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' }, periodSeconds: 10 },
          imagePullPolicy: 'IfNotPresent',
        },
      ],
      restartPolicy: 'Always',
      serviceAccountName: 'default',
      ...(fate === 'pending' ? {} : { nodeName: node }),
      schedulerName: 'default-scheduler',
      tolerations: ['not-ready', 'unreachable'].map((taint) => ({
        key: `node.kubernetes.io/${taint}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
    },
    status: podStatus(plan),
  };
}

const PENDING =
  '0/200 nodes are available: 200 Insufficient memory. preemption: 0/200 nodes are available: 200 No preemption victims found for incoming pod.';
const NO_REGISTRY = `failed to do request: Head "https://${REGISTRY}/v2/": dial tcp: lookup registry.shop.internal on 10.10.0.2:53: no such host`;

function podStatus(plan: PodPlan): object {
  const ready = plan.fate === 'well' ? 'True' : 'False';
  if (plan.fate === 'pending')
    return {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          lastTransitionTime: CREATED,
          reason: 'Unschedulable',
          message: PENDING,
        },
      ],
    };
  const conditions = [
    'PodReadyToStartContainers',
    'Initialized',
    'Ready',
    'ContainersReady',
    'PodScheduled',
  ].map((type) => ({
    type,
    status: /Ready$|ContainersReady/.test(type) ? ready : 'True',
    lastProbeTime: null,
    lastTransitionTime: CREATED,
  }));
  return {
    phase: plan.fate === 'image' ? 'Pending' : 'Running',
    conditions,
    hostIP: '10.10.0.11',
    podIP: `10.42.${(plan.index >> 8) & 255}.${plan.index & 255}`,
    startTime: CREATED,
    containerStatuses: [containerStatus(plan)],
    qosClass: 'Burstable',
  };
}

function containerStatus({ fate, name, namespace, uid, workload }: PodPlan): object {
  const image = `${REGISTRY}/shop/${workload}:1.4.2`;
  const common = { name: 'main', image, imageID: '', ready: fate === 'well', started: fate === 'well' };
  if (fate === 'well') return { ...common, restartCount: 0, state: { running: { startedAt: CREATED } } };
  if (fate === 'image') {
    const message = `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": ${NO_REGISTRY}`;
    return {
      ...common,
      restartCount: 0,
      state: { waiting: { reason: 'ImagePullBackOff', message } },
      lastState: {},
    };
  }
  const [exitCode, reason] = fate === 'oom' ? [137, 'OOMKilled'] : [2, 'Error'];
  const message = `back-off 5m0s restarting failed container=main pod=${name}_${namespace}(${uid})`;
  const terminated = {
    exitCode,
    reason,
    startedAt: time(6),
    finishedAt: time(5),
    containerID: 'containerd://0',
  };
  return {
    ...common,
    restartCount: 12,
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: { terminated },
  };
}

/** A Deployment or its ReplicaSet. */
export function workload(kind: 'Deployment' | 'ReplicaSet', shape: Shape, number: number): object {
  const plan = podPlan(shape, number * 10);
  const replicas = Math.min(10, shape.pods - number * 10);
  const ready = plan.fate === 'well' ? replicas : 0;
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: plan.workload,
    uid: uidOf(number + 900_000),
    controller: true,
  };
  const isDeployment = kind === 'Deployment';
  return {
    metadata: {
      name: isDeployment ? plan.workload : plan.replicaSet,
      namespace: plan.namespace,
      uid: uidOf(number + (isDeployment ? 900_000 : 500_000)),
      creationTimestamp: CREATED,
      generation: 1,
      ...(isDeployment ? {} : { ownerReferences: [owner] }),
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: plan.workload } },
      template: {
        metadata: { labels: { app: plan.workload } },
        spec: { containers: [{ name: 'main', image: 'shop' }] },
      },
    },
    status: {
      observedGeneration: 1,
      replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: replicas,
    },
  };
}

/** A node that is well. */
export function node(index: number): object {
  const capacity = { cpu: '16', memory: '65536000Ki', pods: '110', 'ephemeral-storage': '512000000Ki' };
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    type,
    status: type === 'Ready' ? 'True' : 'False',
    lastHeartbeatTime: time(1),
    lastTransitionTime: CREATED,
    reason: type === 'Ready' ? 'KubeletReady' : `KubeletHasNo${type}`,
  }));
  const nodeInfo = {
    kubeletVersion: 'v1.34.9',
    containerRuntimeVersion: 'containerd://2.1.4',
    osImage: 'Debian GNU/Linux 13',
  };
  return {
    metadata: {
      name: nodeName(index),
      uid: uidOf(index + 2_000_000),
      creationTimestamp: CREATED,
      labels: { 'kubernetes.io/hostname': nodeName(index) },
    },
    spec: { podCIDR: `10.42.${index & 255}.0/24` },
    status: {
      capacity,
      allocatable: capacity,
      conditions,
      nodeInfo,
      addresses: [{ type: 'InternalIP', address: `10.10.${index >> 8}.${index & 255}` }],
    },
  };
}

const NORMAL = [
  ['Scheduled', 'Successfully assigned the pod to a node'],
  ['Pulled', 'Container image already present on machine'],
  ['Created', 'Created container: main'],
  ['Started', 'Started container main'],
] as const;

/** An event: of the failing pods first, round and round. */
export function event(shape: Shape, index: number): object {
  const plan = podPlan(shape, index % shape.pods);
  const [reason, message] = plan.fate === 'well' ? (NORMAL[index % 4] ?? NORMAL[0]) : warning(plan, index);
  const name = `${plan.name}.${String(index).padStart(16, '0')}`;
  return {
    metadata: { name, namespace: plan.namespace, uid: uidOf(index + 3_000_000), creationTimestamp: time(50) },
    involvedObject: {
      kind: 'Pod',
      namespace: plan.namespace,
      name: plan.name,
      uid: plan.uid,
      apiVersion: 'v1',
    },
    reason,
    message,
    source: { component: plan.fate === 'pending' ? 'default-scheduler' : 'kubelet', host: plan.node },
    firstTimestamp: time(50),
    lastTimestamp: time(1 + (index % 10)),
    count: 1 + (index % 40),
    type: plan.fate === 'well' ? 'Normal' : 'Warning',
    eventTime: null,
    reportingComponent: 'kubelet',
    reportingInstance: plan.node,
  };
}

function warning({ fate, workload: name }: PodPlan, index: number): readonly [string, string] {
  if (fate === 'pending') return ['FailedScheduling', PENDING];
  if (fate !== 'image') return ['BackOff', 'Back-off restarting failed container main in pod'];
  const image = `${REGISTRY}/shop/${name}:1.4.2`;
  return index % 2 === 0
    ? [
        'Failed',
        `Failed to pull image "${image}": failed to pull and unpack image "${image}": ${NO_REGISTRY}`,
      ]
    : ['Failed', 'Error: ErrImagePull'];
}
