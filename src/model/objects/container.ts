import type * as core from 'kubernetes-types/core/v1.js';
import { flag, list, map, number, record, type Shaped, section, shared, text } from '../shape.ts';
import { fields, intOrString } from './metadata.ts';

const keyRef = record({ name: text, key: text, optional: flag });
const nameRef = record({ name: text, optional: flag });
export const nameOnly = record({ name: text });

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

export const resources = section(
  fields<core.ResourceRequirements>()({ limits: map(text), requests: map(text) }),
);
export type Resources = Shaped<typeof resources>;

const probe = shared(
  record(
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
  ),
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

const containerPort = record(
  fields<core.ContainerPort>()({
    name: text,
    containerPort: number,
    hostPort: number,
    protocol: text,
    hostIP: text,
  }),
);
const volumeMount = shared(
  record(
    fields<core.VolumeMount>()({
      name: text,
      mountPath: text,
      subPath: text,
      subPathExpr: text,
      readOnly: flag,
    }),
  ),
);

export const container = record(
  fields<core.Container>()({
    name: text,
    image: text,
    imagePullPolicy: text,
    command: shared(list(text)),
    args: shared(list(text)),
    workingDir: text,
    ports: shared(list(containerPort)),
    env: shared(list(envVar)),
    envFrom: shared(list(envFromSource)),
    resources: shared(resources),
    volumeMounts: list(volumeMount),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: shared(
      record(fields<core.Lifecycle>()({ postStart: lifecycleHandler, preStop: lifecycleHandler })),
    ),
    securityContext: shared(containerSecurityContext),
    restartPolicy: text,
    terminationMessagePolicy: text,
  }),
);
export type Container = NonNullable<Shaped<typeof container>>;
