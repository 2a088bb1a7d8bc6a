/** The lists that `kubectl cluster-info dump` prints of each namespace, empty ones too, behind the list of nodes. */
const ORDER = ['Event', 'ReplicationController', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'Pod'];

/** Follows the lists of a file in their order. */
type DumpOrder = {
  /** An item of the list that is being read, with its kind where that is known. */
  item(kind: string | undefined, namespace: string | undefined): void;
  /** The list has ended. */
  list(kind: string | undefined): void;
};

/**
 * Tells which lists of a stream are whole. An empty list does not say which namespace it is of; the other lists of the
 * same seven do. A list out of this order, and nothing behind it is taken for a dump's.
 */
export function dumpOrder(whole: (kind: string, namespace: string | undefined) => void): DumpOrder {
  let next = -1;
  let inOrder = true;
  let kindOfItems: string | undefined;
  const namespaces = new Set<string>();

  function closeNamespace() {
    const [namespace] = namespaces;
    if (inOrder && namespace !== undefined && namespaces.size === 1) {
      whole('Node', undefined);
      for (const kind of ORDER) whole(kind, namespace);
    }
    namespaces.clear();
    next = 0;
  }

  return {
    item(kind, namespace) {
      kindOfItems = kind;
      if (namespace !== undefined) namespaces.add(namespace);
    },
    list(kind) {
      // Old versions print lists without a kind.
      const said = kind ?? kindOfItems;
      inOrder &&= said === undefined || said === (ORDER[next] ?? 'Node');
      kindOfItems = undefined;
      if (++next === ORDER.length) closeNamespace();
    },
  };
}
