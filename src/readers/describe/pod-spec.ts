import { type Draft, integer, pairsOf, portOf, put, valuesOf } from './draft.ts';
import { type Row, rowOf, said, textsOf } from './outline.ts';
import { readVolumes } from './volumes.ts';

const CONTAINER_FIELDS = {
  'Init Containers': 'initContainers',
  Containers: 'containers',
  'Ephemeral Containers': 'ephemeralContainers',
} as const;

/** The sections of a pod that list containers, in the order of their life. */
export const CONTAINER_SECTIONS = Object.entries(CONTAINER_FIELDS) as readonly (readonly [
  keyof typeof CONTAINER_FIELDS,
  (typeof CONTAINER_FIELDS)[keyof typeof CONTAINER_FIELDS],
])[];

/** Reads the pod template of a workload: the rows below `Pod Template:`. */
export function readTemplate(draft: Draft, rows: readonly Row[], path: string): void {
  const labels = rowOf(rows, 'Labels');
  put(draft, `${path}.metadata.labels`, pairsOf(valuesOf(labels)), labels?.line);
  const spec = `${path}.spec`;
  const account = rowOf(rows, 'Service Account');
  put(draft, `${spec}.serviceAccountName`, said(account?.value), account?.line);
  const priority = rowOf(rows, 'Priority Class Name');
  put(draft, `${spec}.priorityClassName`, said(priority?.value), priority?.line);
  for (const [key, field] of CONTAINER_SECTIONS) {
    const containers = rowOf(rows, key)?.rows ?? [];
    containers.forEach((row, index) => {
      readContainer(draft, row, `${spec}.${field}[${index}]`);
    });
  }
  readVolumes(draft, rowOf(rows, 'Volumes')?.rows ?? [], `${spec}.volumes`);
  readPlacement(draft, rowOf(rows, 'Node-Selectors'), rowOf(rows, 'Tolerations'), spec);
}

/** Reads where a pod may run. */
export function readPlacement(
  draft: Draft,
  selectors: Parameters<typeof valuesOf>[0],
  tolerations: Parameters<typeof valuesOf>[0],
  spec: string,
): void {
  put(draft, `${spec}.nodeSelector`, pairsOf(valuesOf(selectors)), selectors?.line);
  const tolerated = valuesOf(tolerations).map(toToleration);
  if (tolerated.length > 0) put(draft, `${spec}.tolerations`, tolerated, tolerations?.line);
}

/** `key=value:effect op=Exists for 300s`, each part optional. */
function toToleration(text: string) {
  const match = /^(?!op=|for )([^=:\s]*)(?:=([^:\s]*))?(?::(\S+))?/.exec(text);
  const seconds = /(?:^| )for (\d+)s/.exec(text)?.[1];
  const exists = /(?:^| )op=Exists/.test(text) || !match?.[2];
  return {
    key: match?.[1] || undefined,
    operator: exists ? 'Exists' : 'Equal',
    value: match?.[2],
    effect: match?.[3],
    tolerationSeconds: integer(seconds),
  };
}

/** Reads what a container is made of: one row of a `Containers:` section with the rows under it. */
export function readContainer(draft: Draft, container: Row, path: string): void {
  const { rows } = container;
  const set = (field: string, row: Row | undefined, value: unknown) =>
    put(draft, `${path}.${field}`, value, row?.line);
  set('name', container, container.key);
  const image = rowOf(rows, 'Image');
  set('image', image, said(image?.value));
  const restart = rowOf(rows, 'Restart Policy');
  set('restartPolicy', restart, said(restart?.value));
  for (const [key, field] of [
    ['Command', 'command'],
    ['Args', 'args'],
  ] as const) {
    const row = rowOf(rows, key);
    if (row) set(field, row, textsOf(row.rows));
  }
  for (const [key, field] of [
    ['Limits', 'limits'],
    ['Requests', 'requests'],
  ] as const) {
    const row = rowOf(rows, key);
    set(`resources.${field}`, row, row && pairsOf(textsOf(row.rows)));
  }
  for (const [key, field] of [
    ['Liveness', 'livenessProbe'],
    ['Readiness', 'readinessProbe'],
    ['Startup', 'startupProbe'],
  ] as const) {
    const row = rowOf(rows, key);
    set(field, row, row && toProbe(row.value));
  }
  readPorts(draft, rows, path);
  readEnvironment(draft, rows, path);
  readMounts(draft, rowOf(rows, 'Mounts', 'Volume Mounts'), path);
}

function readPorts(draft: Draft, rows: readonly Row[], path: string): void {
  const ports = rowOf(rows, 'Port', 'Ports');
  const numbers = said(ports?.value)?.split(', ') ?? [];
  const hostNumbers = said(rowOf(rows, 'Host Port', 'Host Ports')?.value)?.split(', ') ?? [];
  numbers.forEach((text, index) => {
    const [port, protocol] = text.split('/');
    const hostPort = integer(hostNumbers[index]) || undefined;
    const value = { containerPort: integer(port), protocol, hostPort };
    put(draft, `${path}.ports[${index}]`, value, ports?.line);
  });
}

function readEnvironment(draft: Draft, rows: readonly Row[], path: string): void {
  for (const [index, row] of (rowOf(rows, 'Environment')?.rows ?? []).entries())
    put(draft, `${path}.env[${index}]`, toVariable(row), row.line);
  for (const [index, row] of (rowOf(rows, 'Environment Variables from')?.rows ?? []).entries())
    put(draft, `${path}.envFrom[${index}]`, toSource(row.text), row.line);
}

function toVariable({ key, value, rows }: Row) {
  const ref = /^<set to the key '([^']*)' (in secret|of config map) '([^']*)'>(?: +Optional: (\w+))?/.exec(
    value,
  );
  if (ref) {
    const keyRef = { name: ref[3], key: ref[1], optional: ref[4] === 'true' };
    const from = ref[2] === 'in secret' ? { secretKeyRef: keyRef } : { configMapKeyRef: keyRef };
    return { name: key, valueFrom: from };
  }
  const field = /\((?:v\d\w*):([^()]+)\)$/.exec(value)?.[1];
  if (field) return { name: key, valueFrom: { fieldRef: { fieldPath: field } } };
  return { name: key, value: [value, ...textsOf(rows)].join('\n') };
}

/** `theme-config  ConfigMap with prefix 'A_'  Optional: false` */
function toSource(text: string) {
  const match = /^(\S+) +(ConfigMap|Secret)(?: with prefix '(.*)')?(?: +Optional: (\w+))?/.exec(text);
  const ref = { name: match?.[1], optional: match?.[4] === 'true' };
  const from = match?.[2] === 'Secret' ? { secretRef: ref } : { configMapRef: ref };
  return { ...from, prefix: match?.[3] };
}

function readMounts(draft: Draft, mounts: Row | undefined, path: string): void {
  for (const [index, { text, line }] of (mounts?.rows ?? []).entries()) {
    const match = /^(.+) from (\S+) \((r[ow])(?:,path="(.*)")?\)$/.exec(text);
    if (!match) continue;
    const [, mountPath, name, mode, subPath] = match;
    put(draft, `${path}.volumeMounts[${index}]`, { name, mountPath, readOnly: mode === 'ro', subPath }, line);
  }
}

/** `http-get http://:8080/health delay=0s timeout=1s period=10s #success=1 #failure=3` */
function toProbe(text: string) {
  const attribute = (name: string) => integer(new RegExp(`${name}=(\\d+)`).exec(text)?.[1]);
  return {
    ...toProbeAction(text.replace(/ delay=\d+s timeout=.*$/, '')),
    initialDelaySeconds: attribute('delay'),
    timeoutSeconds: attribute('timeout'),
    periodSeconds: attribute('period'),
    successThreshold: attribute('#success'),
    failureThreshold: attribute('#failure'),
  };
}

function toProbeAction(action: string) {
  const http = /^http-get (https?):\/\/(.*?):([\w-]*)(\/.*)?$/i.exec(action);
  if (http) {
    const [, scheme, host, port, path] = http;
    return {
      httpGet: { scheme: scheme?.toUpperCase(), host: host || undefined, port: portOf(port), path },
    };
  }
  const tcp = /^tcp-socket (.*):([\w-]+)$/.exec(action);
  if (tcp) return { tcpSocket: { host: said(tcp[1]), port: portOf(tcp[2]) } };
  const grpc = /^grpc <pod>:(\d+) ?(.*)$/.exec(action);
  if (grpc) return { grpc: { port: integer(grpc[1]), service: said(grpc[2]) } };
  const exec = /^exec \[(.*)\]$/s.exec(action);
  return exec ? { exec: { command: exec[1]?.split(' ') } } : {};
}
