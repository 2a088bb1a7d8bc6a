import { formatRef } from '../../model/ref.ts';
import type { Report } from '../../model/report.ts';

/** A list to look things up in. */
export type InventoryList = {
  readonly name: string;
  readonly caption: string;
  readonly collected: boolean;
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
};

/** The lists of the report, cut to what there is room for. */
export function toInventory({ inventory }: Report, room: number): InventoryList[] {
  const list = (
    name: string,
    caption: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[] | undefined,
  ): InventoryList => ({
    name,
    caption,
    columns,
    collected: rows !== undefined,
    total: rows?.length ?? 0,
    rows: rows?.slice(0, room) ?? [],
    more: Math.max(0, (rows?.length ?? 0) - room),
  });
  return [
    list(
      'Pods that are not ready or have restarted',
      'Worst first',
      ['Pod', 'Status', 'Ready', 'Restarts', 'Node', 'Created'],
      inventory.pods?.map(({ subject, status, ready, restarts, node, created }) => [
        `${subject.namespace ?? ''}/${subject.name}`,
        status,
        ready,
        String(restarts),
        node ?? '',
        created ?? '',
      ]),
    ),
    list(
      'Claims that are not bound',
      'By namespace',
      ['Claim', 'Status', 'StorageClass'],
      inventory.claims?.map(({ subject, status, storageClass }) => [
        formatRef(subject),
        status,
        storageClass ?? 'none',
      ]),
    ),
    list(
      'Certificates on nodes',
      'First to expire first',
      ['Node', 'File', 'Subject', 'Expires'],
      inventory.certificates?.map(({ node, path, subject, notAfter }) => [node, path, subject, notAfter]),
    ),
    list(
      'Warning events',
      'Most frequent first',
      ['Reason', 'Kind', 'Times', 'Last', 'For example'],
      inventory.events?.map(({ reason, kind, count, last, message }) => [
        reason,
        kind,
        String(count),
        last ?? '',
        message,
      ]),
    ),
  ];
}
