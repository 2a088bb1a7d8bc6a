import type * as apps from 'kubernetes-types/apps/v1.js';
import type * as core from 'kubernetes-types/core/v1.js';
import type * as meta from 'kubernetes-types/meta/v1.js';
import { flag, keys, list, map, number, record, type Shape, type Shaped, section, text } from './shape.ts';

/** Holds a shape to the field names of the Kubernetes type that it reads, so that a misspelt field does not compile. */
type FieldsOf<K8s> = { [Field in keyof K8s]?: Shape<unknown> };
const fields =
  <K8s>() =>
  <F extends FieldsOf<K8s>>(shapes: F): F =>
    shapes;

/** A number or a name, as ports and rolling-update bounds are written. */
export type IntOrString = number | string;
const intOrString: Shape<IntOrString | undefined> = (value) =>
  typeof value === 'number' || typeof value === 'string' ? value : undefined;

/** Annotations that decide something; all others may hold copies of objects and are not kept. */
const KEPT_ANNOTATIONS = new Set([
  'kubernetes.io/config.mirror',
  'kubernetes.io/config.source',
  'deployment.kubernetes.io/revision',
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
  'ingressclass.kubernetes.io/is-default-class',
  'kubernetes.io/ingress.class',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volume.beta.kubernetes.io/storage-class',
  'cluster-autoscaler.kubernetes.io/safe-to-evict',
]);
const annotations: Shape<Readonly<Record<string, string>>> = (value) => {
  const all = map(text)(value);
  const kept = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(all)) if (KEPT_ANNOTATIONS.has(name)) kept[name] = all[name] ?? '';
  return kept;
};

/** The time of the newest change that managedFields record, leaving status updates out. */
const lastChange: Shape<string | undefined> = (value) => {
  if (!Array.isArray(value)) return undefined;
  let newest: string | undefined;
  for (const entry of value as readonly unknown[]) {
    const { time, subresource } = section({ time: text, subresource: text })(entry);
    if (time && subresource !== 'status' && (!newest || time > newest)) newest = time;
  }
  return newest;
};

const ownerReference = record(
  fields<meta.OwnerReference>()({ kind: text, name: text, uid: text, controller: flag }),
);

const metadata = section(
  fields<meta.ObjectMeta>()({
    name: text,
    namespace: text,
    uid: text,
    labels: map(text),
    annotations,
    ownerReferences: list(ownerReference),
    creationTimestamp: text,
    deletionTimestamp: text,
    deletionGracePeriodSeconds: number,
    finalizers: list(text),
    generation: number,
    /** Not the list but the time of the newest change that is no status update. */
    managedFields: lastChange,
  }),
);
export type Metadata = Shaped<typeof metadata>;

const condition = record({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: text,
  lastHeartbeatTime: text,
  lastUpdateTime: text,
});
export type Condition = NonNullable<Shaped<typeof condition>>;

const labelSelector = record(
  fields<meta.LabelSelector>()({
    matchLabels: map(text),
    matchExpressions: list(
      record(fields<meta.LabelSelectorRequirement>()({ key: text, operator: text, values: list(text) })),
    ),
  }),
);
export type LabelSelector = NonNullable<Shaped<typeof labelSelector>>;

const keyRef = record({ name: text, key: text, optional: flag });
const nameRef = record({ name: text, optional: flag });
const nameOnly = record({ name: text });

const envVar = record(
  fields<core.EnvVar>()({
    name: text,
    value: text,
    valueFrom: record(
      fields<core.EnvVarSource>()({
        configMapKeyRef: keyRef,
        secretKeyRef: keyRef,
        fieldRef: record({ fieldPath: text }),
      }),
    ),
  }),
);
const envFromSource = record(
  fields<core.EnvFromSource>()({ configMapRef: nameRef, secretRef: nameRef, prefix: text }),
);

const resources = section(fields<core.ResourceRequirements>()({ limits: map(text), requests: map(text) }));
export type Resources = Shaped<typeof resources>;

const probe = record(
  fields<core.Probe>()({
    httpGet: record(
      fields<core.HTTPGetAction>()({ path: text, port: intOrString, scheme: text, host: text }),
    ),
    tcpSocket: record(fields<core.TCPSocketAction>()({ port: intOrString, host: text })),
    exec: record(fields<core.ExecAction>()({ command: list(text) })),
    grpc: record(fields<core.GRPCAction>()({ port: number, service: text })),
    initialDelaySeconds: number,
    periodSeconds: number,
    timeoutSeconds: number,
    failureThreshold: number,
    successThreshold: number,
    terminationGracePeriodSeconds: number,
  }),
);
export type Probe = NonNullable<Shaped<typeof probe>>;

const lifecycleHandler = record({
  exec: record({ command: list(text) }),
  httpGet: record({ path: text, port: intOrString }),
});

const containerSecurityContext = record(
  fields<core.SecurityContext>()({
    privileged: flag,
    runAsUser: number,
    runAsGroup: number,
    runAsNonRoot: flag,
    readOnlyRootFilesystem: flag,
    allowPrivilegeEscalation: flag,
    capabilities: record({ add: list(text), drop: list(text) }),
  }),
);

const container = record(
  fields<core.Container>()({
    name: text,
    image: text,
    imagePullPolicy: text,
    command: list(text),
    args: list(text),
    workingDir: text,
    ports: list(
      record(
        fields<core.ContainerPort>()({
          name: text,
          containerPort: number,
          hostPort: number,
          protocol: text,
          hostIP: text,
        }),
      ),
    ),
    env: list(envVar),
    envFrom: list(envFromSource),
    resources,
    volumeMounts: list(
      record(
        fields<core.VolumeMount>()({
          name: text,
          mountPath: text,
          subPath: text,
          subPathExpr: text,
          readOnly: flag,
        }),
      ),
    ),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: record(fields<core.Lifecycle>()({ postStart: lifecycleHandler, preStop: lifecycleHandler })),
    securityContext: containerSecurityContext,
    restartPolicy: text,
    terminationMessagePolicy: text,
  }),
);
export type Container = NonNullable<Shaped<typeof container>>;

const volume = record(
  fields<core.Volume>()({
    name: text,
    configMap: record({ name: text, optional: flag, items: list(record({ key: text, path: text })) }),
    secret: record({ secretName: text, optional: flag, items: list(record({ key: text, path: text })) }),
    persistentVolumeClaim: record({ claimName: text, readOnly: flag }),
    hostPath: record({ path: text, type: text }),
    emptyDir: record({ medium: text, sizeLimit: text }),
    nfs: record({ server: text, path: text }),
    csi: record({ driver: text }),
    ephemeral: record({ volumeClaimTemplate: record({ spec: record({ storageClassName: text }) }) }),
    projected: record({
      sources: list(
        record({
          configMap: record({ name: text, optional: flag, items: list(record({ key: text })) }),
          secret: record({ name: text, optional: flag, items: list(record({ key: text })) }),
          serviceAccountToken: record({ path: text }),
        }),
      ),
    }),
  }),
);
export type Volume = NonNullable<Shaped<typeof volume>>;

const requirement = record({ key: text, operator: text, values: list(text) });
const nodeSelectorTerm = record({ matchExpressions: list(requirement), matchFields: list(requirement) });
export type NodeSelectorTerm = NonNullable<Shaped<typeof nodeSelectorTerm>>;
const podAffinityTerm = record({ labelSelector, topologyKey: text, namespaces: list(text) });
export type PodAffinityTerm = NonNullable<Shaped<typeof podAffinityTerm>>;
const podAffinity = record({ requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm) });
const toleration = record({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: number,
});
export type Toleration = NonNullable<Shaped<typeof toleration>>;

const podSpec = section(
  fields<core.PodSpec>()({
    nodeName: text,
    serviceAccountName: text,
    automountServiceAccountToken: flag,
    restartPolicy: text,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    dnsPolicy: text,
    schedulerName: text,
    priorityClassName: text,
    runtimeClassName: text,
    terminationGracePeriodSeconds: number,
    activeDeadlineSeconds: number,
    nodeSelector: map(text),
    affinity: record({
      nodeAffinity: record({
        requiredDuringSchedulingIgnoredDuringExecution: record({ nodeSelectorTerms: list(nodeSelectorTerm) }),
      }),
      podAffinity,
      podAntiAffinity: podAffinity,
    }),
    topologySpreadConstraints: list(
      record({ topologyKey: text, whenUnsatisfiable: text, maxSkew: number, labelSelector }),
    ),
    tolerations: list(toleration),
    schedulingGates: list(nameOnly),
    readinessGates: list(record({ conditionType: text })),
    imagePullSecrets: list(nameOnly),
    initContainers: list(container),
    containers: list(container),
    ephemeralContainers: list(container),
    volumes: list(volume),
    securityContext: record({
      runAsUser: number,
      runAsGroup: number,
      runAsNonRoot: flag,
      fsGroup: number,
      sysctls: list(record({ name: text, value: text })),
    }),
  }),
);
export type PodSpec = Shaped<typeof podSpec>;

const terminated = record(
  fields<core.ContainerStateTerminated>()({
    exitCode: number,
    signal: number,
    reason: text,
    message: text,
    startedAt: text,
    finishedAt: text,
  }),
);
export type Terminated = NonNullable<Shaped<typeof terminated>>;
const containerState = section(
  fields<core.ContainerState>()({
    waiting: record({ reason: text, message: text }),
    running: record({ startedAt: text }),
    terminated,
  }),
);
export type ContainerState = Shaped<typeof containerState>;
const containerStatus = record(
  fields<core.ContainerStatus>()({
    name: text,
    image: text,
    imageID: text,
    ready: flag,
    started: flag,
    restartCount: number,
    state: containerState,
    lastState: containerState,
  }),
);
export type ContainerStatus = NonNullable<Shaped<typeof containerStatus>>;

const pod = section({
  metadata,
  spec: podSpec,
  status: section(
    fields<core.PodStatus>()({
      phase: text,
      reason: text,
      message: text,
      podIP: text,
      hostIP: text,
      startTime: text,
      qosClass: text,
      nominatedNodeName: text,
      conditions: list(condition),
      initContainerStatuses: list(containerStatus),
      containerStatuses: list(containerStatus),
      ephemeralContainerStatuses: list(containerStatus),
    }),
  ),
});
export type Pod = Shaped<typeof pod>;

const template = section({ metadata: section({ labels: map(text), annotations }), spec: podSpec });
export type PodTemplate = Shaped<typeof template>;

const taint = record({ key: text, value: text, effect: text, timeAdded: text });
export type Taint = NonNullable<Shaped<typeof taint>>;
const node = section({
  metadata,
  spec: section(
    fields<core.NodeSpec>()({ unschedulable: flag, taints: list(taint), podCIDR: text, providerID: text }),
  ),
  status: section(
    fields<core.NodeStatus>()({
      capacity: map(text),
      allocatable: map(text),
      conditions: list(condition),
      addresses: list(record({ type: text, address: text })),
      images: list(record({ names: list(text), sizeBytes: number })),
      nodeInfo: section(
        fields<core.NodeSystemInfo>()({
          kubeletVersion: text,
          kubeProxyVersion: text,
          containerRuntimeVersion: text,
          kernelVersion: text,
          osImage: text,
          operatingSystem: text,
          architecture: text,
          bootID: text,
        }),
      ),
    }),
  ),
});
export type Node = Shaped<typeof node>;

const service = section({
  metadata,
  spec: section(
    fields<core.ServiceSpec>()({
      type: text,
      clusterIP: text,
      clusterIPs: list(text),
      externalName: text,
      selector: map(text),
      publishNotReadyAddresses: flag,
      externalIPs: list(text),
      ports: list(
        record(
          fields<core.ServicePort>()({
            name: text,
            port: number,
            targetPort: intOrString,
            nodePort: number,
            protocol: text,
          }),
        ),
      ),
    }),
  ),
  status: section({ loadBalancer: section({ ingress: list(record({ ip: text, hostname: text })) }) }),
});
export type Service = Shaped<typeof service>;

const targetRef = record({ kind: text, name: text, namespace: text, uid: text });
const endpointAddress = record({ ip: text, nodeName: text, targetRef });
const endpoints = section({
  metadata,
  subsets: list(
    record({
      addresses: list(endpointAddress),
      notReadyAddresses: list(endpointAddress),
      ports: list(record({ name: text, port: number, protocol: text })),
    }),
  ),
});
export type Endpoints = Shaped<typeof endpoints>;
const endpointSlice = section({
  metadata,
  addressType: text,
  endpoints: list(
    record({
      addresses: list(text),
      conditions: section({ ready: flag, serving: flag, terminating: flag }),
      nodeName: text,
      targetRef,
    }),
  ),
  ports: list(record({ name: text, port: number, protocol: text })),
});
export type EndpointSlice = Shaped<typeof endpointSlice>;

/** Of a ConfigMap or Secret only the names of its keys are kept. */
const keyed = section({ metadata, type: text, data: keys, binaryData: keys, immutable: flag });
export type Keyed = Shaped<typeof keyed>;

const serviceAccount = section({
  metadata,
  imagePullSecrets: list(nameOnly),
  automountServiceAccountToken: flag,
});
export type ServiceAccount = Shaped<typeof serviceAccount>;

const namespace = section({ metadata, status: section({ phase: text, conditions: list(condition) }) });
export type Namespace = Shaped<typeof namespace>;

const claimSpec = section({
  storageClassName: text,
  volumeName: text,
  volumeMode: text,
  accessModes: list(text),
  resources,
  dataSource: record({ kind: text, name: text }),
  selector: labelSelector,
});
const persistentVolumeClaim = section({
  metadata,
  spec: claimSpec,
  status: section({ phase: text, capacity: map(text), conditions: list(condition) }),
});
export type PersistentVolumeClaim = Shaped<typeof persistentVolumeClaim>;
const persistentVolume = section({
  metadata,
  spec: section({
    capacity: map(text),
    accessModes: list(text),
    storageClassName: text,
    persistentVolumeReclaimPolicy: text,
    claimRef: targetRef,
    nodeAffinity: record({ required: record({ nodeSelectorTerms: list(nodeSelectorTerm) }) }),
    csi: record({ driver: text }),
    nfs: record({ server: text, path: text }),
    local: record({ path: text }),
    hostPath: record({ path: text }),
  }),
  status: section({ phase: text, reason: text, message: text }),
});
export type PersistentVolume = Shaped<typeof persistentVolume>;
const storageClass = section({
  metadata,
  provisioner: text,
  volumeBindingMode: text,
  allowVolumeExpansion: flag,
  reclaimPolicy: text,
});
export type StorageClass = Shaped<typeof storageClass>;
const csiNode = section({
  metadata,
  spec: section({
    drivers: list(record({ name: text, nodeID: text, allocatable: record({ count: number }) })),
  }),
});
export type CsiNode = Shaped<typeof csiNode>;
const csiDriver = section({ metadata, spec: section({ attachRequired: flag }) });
export type CsiDriver = Shaped<typeof csiDriver>;
const attachError = record({ message: text, time: text });
const volumeAttachment = section({
  metadata,
  spec: section({ attacher: text, nodeName: text, source: section({ persistentVolumeName: text }) }),
  status: section({ attached: flag, attachError, detachError: attachError }),
});
export type VolumeAttachment = Shaped<typeof volumeAttachment>;

const resourceQuota = section({
  metadata,
  spec: section({ hard: map(text), scopes: list(text) }),
  status: section({ hard: map(text), used: map(text) }),
});
export type ResourceQuota = Shaped<typeof resourceQuota>;
const limitRange = section({
  metadata,
  spec: section({
    limits: list(
      record({ type: text, max: map(text), min: map(text), default: map(text), defaultRequest: map(text) }),
    ),
  }),
});
export type LimitRange = Shaped<typeof limitRange>;

const intervals = { minReadySeconds: number, progressDeadlineSeconds: number, revisionHistoryLimit: number };
const deployment = section({
  metadata,
  spec: section({
    ...fields<apps.DeploymentSpec>()(intervals),
    replicas: number,
    paused: flag,
    selector: labelSelector,
    strategy: record({
      type: text,
      rollingUpdate: record({ maxUnavailable: intOrString, maxSurge: intOrString }),
    }),
    template,
  }),
  status: section(
    fields<apps.DeploymentStatus>()({
      observedGeneration: number,
      replicas: number,
      readyReplicas: number,
      availableReplicas: number,
      unavailableReplicas: number,
      updatedReplicas: number,
      conditions: list(condition),
    }),
  ),
});
export type Deployment = Shaped<typeof deployment>;
const replicaSet = section({
  metadata,
  spec: section({ replicas: number, selector: labelSelector, template }),
  status: section({
    replicas: number,
    readyReplicas: number,
    availableReplicas: number,
    observedGeneration: number,
    conditions: list(condition),
  }),
});
export type ReplicaSet = Shaped<typeof replicaSet>;
const statefulSet = section({
  metadata,
  spec: section({
    replicas: number,
    serviceName: text,
    podManagementPolicy: text,
    selector: labelSelector,
    updateStrategy: record({ type: text, rollingUpdate: record({ partition: number }) }),
    template,
    volumeClaimTemplates: list(section({ metadata: section({ name: text }), spec: claimSpec })),
  }),
  status: section({
    observedGeneration: number,
    replicas: number,
    readyReplicas: number,
    currentReplicas: number,
    updatedReplicas: number,
    currentRevision: text,
    updateRevision: text,
    conditions: list(condition),
  }),
});
export type StatefulSet = Shaped<typeof statefulSet>;
const daemonSet = section({
  metadata,
  spec: section({ selector: labelSelector, template, updateStrategy: record({ type: text }) }),
  status: section(
    fields<apps.DaemonSetStatus>()({
      observedGeneration: number,
      desiredNumberScheduled: number,
      currentNumberScheduled: number,
      numberReady: number,
      numberAvailable: number,
      numberUnavailable: number,
      numberMisscheduled: number,
      updatedNumberScheduled: number,
      conditions: list(condition),
    }),
  ),
});
export type DaemonSet = Shaped<typeof daemonSet>;
const job = section({
  metadata,
  spec: section({
    completions: number,
    parallelism: number,
    backoffLimit: number,
    activeDeadlineSeconds: number,
    suspend: flag,
    selector: labelSelector,
    template,
  }),
  status: section({
    active: number,
    succeeded: number,
    failed: number,
    startTime: text,
    completionTime: text,
    conditions: list(condition),
  }),
});
export type Job = Shaped<typeof job>;
const cronJob = section({
  metadata,
  spec: section({
    schedule: text,
    timeZone: text,
    suspend: flag,
    concurrencyPolicy: text,
    startingDeadlineSeconds: number,
    jobTemplate: section({ spec: section({ template }) }),
  }),
  status: section({ lastScheduleTime: text, lastSuccessfulTime: text, active: list(targetRef) }),
});
export type CronJob = Shaped<typeof cronJob>;

const horizontalPodAutoscaler = section({
  metadata,
  spec: section({
    scaleTargetRef: section({ kind: text, name: text, apiVersion: text }),
    minReplicas: number,
    maxReplicas: number,
    targetCPUUtilizationPercentage: number,
    metrics: list(
      record({
        type: text,
        resource: record({ name: text, target: record({ type: text, averageUtilization: number }) }),
        containerResource: record({ name: text, container: text }),
      }),
    ),
  }),
  status: section({ currentReplicas: number, desiredReplicas: number, conditions: list(condition) }),
});
export type HorizontalPodAutoscaler = Shaped<typeof horizontalPodAutoscaler>;
const podDisruptionBudget = section({
  metadata,
  spec: section({ minAvailable: intOrString, maxUnavailable: intOrString, selector: labelSelector }),
  status: section({
    currentHealthy: number,
    desiredHealthy: number,
    disruptionsAllowed: number,
    expectedPods: number,
    conditions: list(condition),
  }),
});
export type PodDisruptionBudget = Shaped<typeof podDisruptionBudget>;

const backendService = record({ name: text, port: section({ name: text, number }) });
const backend = record({
  service: backendService,
  /** Before networking.k8s.io/v1. */
  serviceName: text,
  servicePort: intOrString,
});
const ingress = section({
  metadata,
  spec: section({
    ingressClassName: text,
    defaultBackend: backend,
    backend,
    tls: list(record({ hosts: list(text), secretName: text })),
    rules: list(
      record({ host: text, http: section({ paths: list(record({ path: text, pathType: text, backend })) }) }),
    ),
  }),
  status: section({ loadBalancer: section({ ingress: list(record({ ip: text, hostname: text })) }) }),
});
export type Ingress = Shaped<typeof ingress>;
export type IngressBackend = NonNullable<Shaped<typeof backend>>;
const ingressClass = section({ metadata, spec: section({ controller: text }) });
export type IngressClass = Shaped<typeof ingressClass>;
const policyPeer = record({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: record({ cidr: text, except: list(text) }),
});
const policyPort = record({ port: intOrString, protocol: text, endPort: number });
const networkPolicy = section({
  metadata,
  spec: section({
    podSelector: labelSelector,
    policyTypes: list(text),
    ingress: list(record({ from: list(policyPeer), ports: list(policyPort) })),
    egress: list(record({ to: list(policyPeer), ports: list(policyPort) })),
  }),
});
export type NetworkPolicy = Shaped<typeof networkPolicy>;

const priorityClass = section({ metadata, value: number, globalDefault: flag });
export type PriorityClass = Shaped<typeof priorityClass>;
const runtimeClass = section({ metadata, handler: text });
export type RuntimeClass = Shaped<typeof runtimeClass>;
const lease = section({
  metadata,
  spec: section({ holderIdentity: text, renewTime: text, acquireTime: text, leaseDurationSeconds: number }),
});
export type Lease = Shaped<typeof lease>;
const serviceReference = record({ namespace: text, name: text, port: number });
const apiService = section({
  metadata,
  spec: section({ group: text, version: text, service: serviceReference }),
  status: section({ conditions: list(condition) }),
});
export type ApiService = Shaped<typeof apiService>;
const webhookConfiguration = section({
  metadata,
  webhooks: list(
    record({
      name: text,
      failurePolicy: text,
      timeoutSeconds: number,
      clientConfig: section({
        url: text,
        service: record({ namespace: text, name: text, path: text, port: number }),
      }),
      namespaceSelector: labelSelector,
      objectSelector: labelSelector,
      rules: list(
        record({ operations: list(text), apiGroups: list(text), resources: list(text), scope: text }),
      ),
    }),
  ),
});
export type WebhookConfiguration = Shaped<typeof webhookConfiguration>;
const customResourceDefinition = section({
  metadata,
  spec: section({ group: text, names: section({ kind: text, plural: text }) }),
  status: section({ conditions: list(condition) }),
});
export type CustomResourceDefinition = Shaped<typeof customResourceDefinition>;
const helmChart = section({
  metadata,
  spec: section({ chart: text, targetNamespace: text, version: text }),
  status: section({ jobName: text, conditions: list(condition) }),
});
export type HelmChart = Shaped<typeof helmChart>;

const objectReference = section({
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  fieldPath: text,
  apiVersion: text,
});
/** An Event as either API writes it: core/v1 has `involvedObject`, `message`, `count`; events.k8s.io has `regarding`, `note`, `series`. */
const rawEvent = section({
  metadata,
  type: text,
  reason: text,
  message: text,
  note: text,
  involvedObject: objectReference,
  regarding: objectReference,
  source: section({ component: text, host: text }),
  reportingComponent: text,
  reportingController: text,
  firstTimestamp: text,
  lastTimestamp: text,
  deprecatedFirstTimestamp: text,
  deprecatedLastTimestamp: text,
  eventTime: text,
  count: number,
  deprecatedCount: number,
  series: section({ count: number, lastObservedTime: text }),
});
export type RawEvent = Shaped<typeof rawEvent>;

/** What is read of each kind of object that Casefile knows; other kinds are only counted. */
export const SHAPES = {
  APIService: apiService,
  CSIDriver: csiDriver,
  CSINode: csiNode,
  ConfigMap: keyed,
  CronJob: cronJob,
  CustomResourceDefinition: customResourceDefinition,
  DaemonSet: daemonSet,
  Deployment: deployment,
  EndpointSlice: endpointSlice,
  Endpoints: endpoints,
  Event: rawEvent,
  HelmChart: helmChart,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Ingress: ingress,
  IngressClass: ingressClass,
  Job: job,
  Lease: lease,
  LimitRange: limitRange,
  MutatingWebhookConfiguration: webhookConfiguration,
  Namespace: namespace,
  NetworkPolicy: networkPolicy,
  Node: node,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  Pod: pod,
  PodDisruptionBudget: podDisruptionBudget,
  PriorityClass: priorityClass,
  ReplicaSet: replicaSet,
  ResourceQuota: resourceQuota,
  RuntimeClass: runtimeClass,
  Secret: keyed,
  Service: service,
  ServiceAccount: serviceAccount,
  StatefulSet: statefulSet,
  StorageClass: storageClass,
  ValidatingWebhookConfiguration: webhookConfiguration,
  VolumeAttachment: volumeAttachment,
} as const satisfies Record<string, Shape<unknown>>;

/** A kind that the model holds. */
export type Kind = keyof typeof SHAPES;
/** An object of a kind, trimmed to what the model holds. */
export type ObjectOf<K extends Kind> = Shaped<(typeof SHAPES)[K]>;

/** Whether objects of this kind are read into the model. */
export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(SHAPES, kind);
}
