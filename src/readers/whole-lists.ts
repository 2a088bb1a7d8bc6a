import { isModelledVersion } from './api-groups.ts';
import { resourceOf } from './builder.ts';
import { dumpOrder } from './dump-order.ts';
import type { JsonList } from './json-items.ts';
import type { Route } from './layouts/layout.ts';
import type { Run } from './run.ts';
import { type Unselected, watchSelection } from './unselected.ts';

/** Watches the lists of one file. */
type ListWatch = {
  item(kind: string | undefined, value: Readonly<Record<string, unknown>>): void;
  /** The list has ended. */
  end(list: JsonList): void;
};

/** Claims the lists that are whole though neither path nor command says so: those of a dump's stream, and of `get -A`. */
export function watchLists(
  file: string,
  { layout, whole }: Partial<Route>,
  { builder, told }: Pick<Run, 'builder' | 'told'>,
): ListWatch {
  const order = dumpOrder((kind, namespace) => {
    told.add('cluster-info-dump');
    claim({ kind, namespace });
  });
  let selection = watchSelection();

  function claim({ kind, namespace, notOf }: Unselected & { readonly notOf?: string | undefined }) {
    const resource = resourceOf(kind);
    if (resource) builder.listed({ resource, file, namespace, notOf });
  }

  return {
    item(kind, value) {
      const { namespace } = Object(value.metadata);
      if (!whole) order.item(kind, typeof namespace === 'string' ? namespace : undefined);
      if (kind !== undefined && isModelledVersion(value.apiVersion)) selection.item(kind, value);
    },
    end({ kind, continue: more }) {
      if (!whole) order.list(kind?.replace(/List$/, '') || undefined);
      if (more === undefined) for (const one of selection.unselected()) claim({ ...one, notOf: layout });
      selection = watchSelection();
    },
  };
}
