import { isRecord } from '../model/shape.ts';

const METADATA = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'labels',
  'annotations',
  'ownerReferences',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'finalizers',
  'generation',
  'selfLink',
];
/** Fields whose keys are names that the user chose. */
const MAPS = new Set([
  'labels',
  'annotations',
  'Data',
  'BinaryData',
  'MatchLabels',
  'NodeSelector',
  'Selector',
]);

/**
 * Old versions of kubectl printed dumps in the server's internal form: fields in capitals, metadata beside them.
 * Gives the object as the API would; other values as they are.
 */
export function fromInternalForm(value: unknown): unknown {
  if (!isRecord(value) || !isInternalForm(value)) return value;
  const fields = renamed(value) as Record<string, unknown>;
  const metadata = Object.fromEntries(METADATA.map((name) => [name, value[name]]));
  return { ...fields, metadata };
}

/** The resource that the link of an object without a kind names: `/api/v1/namespaces/shop/pods/cart-0`. */
export function resourceOfLink(value: unknown): string | undefined {
  const link = isRecord(value)
    ? isRecord(value.metadata)
      ? value.metadata.selfLink
      : value.selfLink
    : undefined;
  if (typeof link !== 'string') return undefined;
  return /^\/apis?\/(?:[^/]+\/)?v\d\w*\/(?:namespaces\/[^/]+\/)?([a-z]+)(?:\/[^/]+)?$/.exec(link)?.[1];
}

function isInternalForm(value: Readonly<Record<string, unknown>>): boolean {
  return !('metadata' in value) && ('Spec' in value || 'Status' in value || 'InvolvedObject' in value);
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [fieldName(key), MAPS.has(key) ? inner : renamed(inner)]),
  );
}

/** `PodIP` is podIP, `OSImage` osImage, `UID` uid. */
function fieldName(key: string): string {
  if (key === 'LastTerminationState') return 'lastState';
  const capitals = /^[A-Z]+/.exec(key)?.[0] ?? '';
  if (capitals.length === key.length) return key.toLowerCase();
  const length = capitals.length > 1 ? capitals.length - 1 : capitals.length;
  return key.slice(0, length).toLowerCase() + key.slice(length);
}
