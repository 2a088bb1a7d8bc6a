import { isRecord } from '../model/shape.ts';

/** What a list without a command holds of one kind: every object in these namespaces, or everywhere. */
export type Unselected = { readonly kind: string; readonly namespace: string | undefined };

/** Watches the items of one list. */
type SelectionWatch = {
  item(kind: string, value: Readonly<Record<string, unknown>>): void;
  /** What the list must hold whole. */
  unselected(): readonly Unselected[];
};

/**
 * Tells what a loose list, `pods.yaml`, must hold whole. Only `kubectl get -A` prints objects of several namespaces, and
 * what a selector left has something in common: a label, a name, a node, a phase, a type. Items of a kind from several
 * namespaces with nothing in common were not selected: each namespace that shows one of them shows all, and with
 * kube-system among them every namespace does. Anything else proves no absence.
 */
export function watchSelection(): SelectionWatch {
  const seen = new Map<string, Seen>();
  return {
    item(kind, value) {
      const known = seen.get(kind);
      if (known) add(known, kind, value);
      else seen.set(kind, add(nothingSeen(value), kind, value));
    },
    unselected: () =>
      [...seen]
        .filter(([kind, one]) => isUnselected(kind, one))
        .flatMap(([kind, one]) => placesOf(kind, one)),
  };
}

type Seen = {
  readonly namespaces: Set<string>;
  /** Label keys that all items have. */
  readonly labels: Set<string>;
  /** For each field that selectors can ask for, some of its different values. */
  readonly fields: Map<string, Set<string>>;
};

/** Fields that `--field-selector` can ask for, beside name and namespace. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec.nodeName', 'status.phase']],
  ['Event', ['type', 'reason', 'involvedObject.kind']],
]);
/** There are five phases; of other fields two values say enough. */
const MOST_VALUES = 6;
const EVERY_CLUSTER = 'kube-system';

function nothingSeen(value: Readonly<Record<string, unknown>>): Seen {
  return { namespaces: new Set(), labels: new Set(labelsOf(value)), fields: new Map() };
}

function add(seen: Seen, kind: string, value: Readonly<Record<string, unknown>>): Seen {
  const namespace = textAt(value, 'metadata.namespace');
  if (namespace !== '') seen.namespaces.add(namespace);
  const labels = new Set(labelsOf(value));
  for (const label of seen.labels) if (!labels.has(label)) seen.labels.delete(label);
  for (const field of ['metadata.name', ...(FIELDS.get(kind) ?? [])]) {
    const values = seen.fields.get(field) ?? new Set();
    seen.fields.set(field, values);
    if (values.size < MOST_VALUES) values.add(textAt(value, field));
  }
  return seen;
}

function isUnselected(kind: string, { namespaces, labels, fields }: Seen): boolean {
  if (namespaces.size < 2 || labels.size > 0) return false;
  if ([...fields.values()].some((values) => values.size < 2)) return false;
  // `status.phase!=Running` is how people look for trouble.
  return kind !== 'Pod' || (fields.get('status.phase')?.has('Running') ?? false);
}

function placesOf(kind: string, { namespaces }: Seen): readonly Unselected[] {
  if (namespaces.has(EVERY_CLUSTER)) return [{ kind, namespace: undefined }];
  return [...namespaces].map((namespace) => ({ kind, namespace }));
}

function labelsOf(value: Readonly<Record<string, unknown>>): readonly string[] {
  const labels = isRecord(value.metadata) ? value.metadata.labels : undefined;
  return isRecord(labels) ? Object.keys(labels) : [];
}

function textAt(value: Readonly<Record<string, unknown>>, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  return typeof found === 'string' ? found : '';
}
