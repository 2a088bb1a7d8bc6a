import { isRecord } from '../../../src/model/shape.ts';
import type { Recorded } from './recording.ts';

const MAPS = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'selector',
  'capacity',
  'allocatable',
  'limits',
  'requests',
]);

/** An object in the form in which kubectl before 1.14 dumped it: metadata inline, fields in capitals, no kind. */
function toInternalForm({ kind, apiVersion, metadata, ...rest }: Recorded): Record<string, unknown> {
  const resource = `${kind.toLowerCase()}s`;
  const prefix = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  const fields = capitals(rest);
  return {
    ...metadata,
    selfLink: `${prefix}${place}/${resource}/${metadata.name}`,
    ...(isRecord(fields) ? fields : {}),
  };
}

/** The list of such objects. */
export function internalList(items: readonly Recorded[]): Record<string, unknown> {
  return { selfLink: '/api/v1/any', resourceVersion: '1', Items: items.map(toInternalForm) };
}

const WORDS: Readonly<Record<string, string>> = {
  uid: 'UID',
  ip: 'IP',
  podIP: 'PodIP',
  osImage: 'OSImage',
  qosClass: 'QOSClass',
  httpGet: 'HTTPGet',
  tcpSocket: 'TCPSocket',
  lastState: 'LastTerminationState',
};

function capitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitals);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      WORDS[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
      MAPS.has(key) ? inner : capitals(inner),
    ]),
  );
}
