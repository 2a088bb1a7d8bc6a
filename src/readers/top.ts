import type { ContainerUsage, NodeUsage } from '../model/cluster.ts';
import { parseQuantity } from '../model/quantity.ts';
import { cellsOf, columnsOf } from './columns.ts';

/** What `kubectl top` showed. */
export type Usage = { readonly nodes: readonly NodeUsage[]; readonly containers: readonly ContainerUsage[] };

/**
 * Reads `kubectl top nodes` and `kubectl top pods`, told by their columns. Without `--containers` a pod's usage is
 * that of all its containers, and its container's name is empty. `namespace` is for texts without that column.
 */
export function readTop(text: string, file: string, namespace?: string): Usage {
  const nodes: NodeUsage[] = [];
  const containers: ContainerUsage[] = [];
  let columns: ReturnType<typeof columnsOf> = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/\bCPU\(cores\)/.test(line)) {
      columns = columnsOf(line);
      continue;
    }
    if (columns.length === 0 || line.trim() === '') continue;
    const cells = cellsOf(line, columns);
    const origin = { file, path: '', lines: new Map([['', index + 1]]) };
    const used = {
      cpu: parseQuantity(cells['CPU(cores)']),
      memory: parseQuantity(cells['MEMORY(bytes)']),
      origin,
    };
    const name = cells.NAME ?? '';
    const where = cells.NAMESPACE ?? namespace;
    if (columns.some((column) => /^CPU\(?%\)?$/.test(column.name))) nodes.push({ node: name, ...used });
    else if (where && cells.POD)
      containers.push({ namespace: where, pod: cells.POD, container: name, ...used });
    else if (where) containers.push({ namespace: where, pod: name, container: '', ...used });
  }
  return { nodes, containers };
}
