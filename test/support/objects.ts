import { stringify } from 'yaml';

/** A Kubernetes object as it is written by hand. */
export type Written = {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
} & Readonly<Record<string, unknown>>;

/** YAML documents of objects. */
export function documents(objects: readonly Written[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

type Meta = { readonly namespace: string; readonly name: string };

/** A Deployment with its ReplicaSet and pods; `pod` is what each pod's status and specification are. */
export function deployment(
  { namespace, name }: Meta,
  pod: {
    readonly spec?: object;
    readonly status: object;
    readonly replicas?: number;
    readonly ready?: number;
  },
): Written[] {
  const { spec = {}, status, replicas = 1, ready = 0 } = pod;
  const hash = '5f4b6d57d6';
  const set = `${name}-${hash}`;
  const labels = { app: name, 'pod-template-hash': hash };
  // A pod of which the kubelet says something has a node.
  const placed = 'containerStatuses' in status ? { nodeName: 'rke2-server1' } : {};
  const podSpec = { ...placed, containers: [{ name, image: `registry.local:5000/${name}:1` }], ...spec };
  const template = { metadata: { labels: { app: name } }, spec: podSpec };
  const selector = { matchLabels: { app: name } };
  const pods = Array.from({ length: replicas }, (_, index) => ({
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${set}-${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${index}`,
      labels,
      creationTimestamp: '2026-11-22T11:00:00Z',
      ownerReferences: [{ kind: 'ReplicaSet', name: set, controller: true }],
    },
    spec: podSpec,
    status,
  }));
  const counts = {
    replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: replicas - ready,
  };
  return [
    {
      kind: 'Deployment',
      metadata: { namespace, name },
      spec: { replicas, selector, template },
      status: counts,
    },
    {
      kind: 'ReplicaSet',
      metadata: {
        namespace,
        name: set,
        labels,
        ownerReferences: [{ kind: 'Deployment', name, controller: true }],
      },
      spec: { replicas, selector, template },
      status: { replicas, readyReplicas: ready },
    },
    ...pods,
  ];
}

/** The status of a pod that crashes again and again. */
export function crashing(container: string, exitCode = 1): object {
  return {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: [
      {
        name: container,
        ready: false,
        restartCount: 9,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off 5m0s restarting failed container=${container}`,
          },
        },
        lastState: {
          terminated: {
            exitCode,
            reason: 'Error',
            startedAt: '2026-11-22T11:57:00Z',
            finishedAt: '2026-11-22T11:57:10Z',
          },
        },
      },
    ],
  };
}

/** The status of a pod that runs and is ready. */
export function running(container: string, podIP = '10.42.0.9'): object {
  return {
    phase: 'Running',
    podIP,
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: container,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-11-22T08:00:00Z' } },
      },
    ],
  };
}

/** The status of a pod that the kubelet has not started a container of. */
export function creating(container: string, reason = 'ContainerCreating', message?: string): object {
  return {
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: [
      {
        name: container,
        ready: false,
        restartCount: 0,
        state: { waiting: message ? { reason, message } : { reason } },
      },
    ],
  };
}

/** The status of a pod that the scheduler found no node for. */
export function unschedulable(message: string): object {
  return {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
  };
}

/** An event about an object, five minutes old. */
export function event(
  about: {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly container?: string;
  },
  reason: string,
  message: string,
  component = 'kubelet',
): Written {
  const { kind, namespace, name, container } = about;
  const involvedObject = {
    kind,
    namespace,
    name,
    ...(container ? { fieldPath: `spec.containers{${container}}` } : {}),
  };
  return {
    kind: 'Event',
    metadata: { namespace: namespace ?? 'default', name: `${name}.${reason}.${message.length}` },
    type: 'Warning',
    reason,
    message,
    involvedObject,
    source: { component },
    count: 4,
    firstTimestamp: '2026-11-22T11:00:00Z',
    lastTimestamp: '2026-11-22T11:55:00Z',
  };
}

/** A node that is ready, or whose kubelet is silent. */
export function node(name: string, ready = true): Written {
  const condition = ready
    ? { type: 'Ready', status: 'True', reason: 'KubeletReady' }
    : {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: '2026-11-22T11:10:00Z',
      };
  return {
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: ready ? {} : { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [condition],
      nodeInfo: { kubeletVersion: 'v1.34.2', containerRuntimeVersion: 'containerd://2.1.4' },
    },
  };
}

/** A Service in front of the pods that are labelled `app: <app>`, with no ready endpoint unless told. */
export function service(
  { namespace, name }: Meta,
  port: number,
  app = name,
  readyIps: readonly string[] = [],
): Written[] {
  return [
    {
      kind: 'Service',
      metadata: { namespace, name },
      spec: { clusterIP: `10.43.12.${port % 250}`, selector: { app }, ports: [{ port, targetPort: port }] },
    },
    {
      kind: 'EndpointSlice',
      metadata: { namespace, name: `${name}-x7k2p`, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: [{ port }],
      endpoints: readyIps.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    },
  ];
}
