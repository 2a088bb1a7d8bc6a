import { type Amounts, amountsOf, totalOf } from './amounts.ts';
import type { Of } from './cluster.ts';
import type { Joins } from './joins.ts';
import type { Taint } from './objects/node.ts';
import type { NodeSelectorTerm, PodSpec, Toleration } from './objects/pod-spec.ts';
import { formatBytes, formatCores, parseQuantity } from './quantity.ts';
import { meets, type Requirement } from './selectors.ts';

/** What one node offers of a resource and what its pods leave of it. */
export type Room = {
  readonly node: Of<'nodes'>;
  readonly name: string;
  readonly allocatable: number;
  readonly free: number;
};

/** The room for a resource on every node that says what it offers, most free first; reckoned once. */
export function roomFor(resource: string, joins: Joins): readonly Room[] {
  const known = rooms.get(joins) ?? new Map<string, readonly Room[]>();
  rooms.set(joins, known);
  const found = known.get(resource) ?? roomOnNodes(resource, joins);
  known.set(resource, found);
  return found;
}
const rooms = new WeakMap<Joins, Map<string, readonly Room[]>>();

function roomOnNodes(resource: string, joins: Joins): readonly Room[] {
  return joins
    .inNamespace('nodes', undefined)
    .flatMap((node) => {
      const name = node.metadata.name;
      const allocatable = parseQuantity(node.status.allocatable[resource]);
      if (allocatable === undefined) return [];
      return [
        { node, name, allocatable, free: Math.max(0, allocatable - reservedOn(name, resource, joins)) },
      ];
    })
    .sort((a, b) => b.free - a.free);
}

/** What the pods of each node request together, summed up once. */
const reserved = new WeakMap<Joins, Map<string, Amounts>>();

function reservedOn(node: string, resource: string, joins: Joins): number {
  const nodes = reserved.get(joins) ?? new Map<string, Amounts>();
  reserved.set(joins, nodes);
  const known = nodes.get(node) ?? totalOf(joins.podsOn(node), 'requests');
  nodes.set(node, known);
  return known.get(resource) ?? 0;
}

/** An amount of a resource as people write it. */
export function formatAmount(resource: string, amount: number): string {
  if (resource === 'cpu') return formatCores(amount);
  return isBytes(resource) ? formatBytes(amount) : String(amount);
}

function isBytes(resource: string): boolean {
  return resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-');
}

/** The taints that keep a pod off a node: those of effect NoSchedule or NoExecute that it does not tolerate. */
export function untolerated(spec: PodSpec, node: Of<'nodes'>): readonly Taint[] {
  return node.spec.taints.filter(
    (taint) => taint.effect !== 'PreferNoSchedule' && !spec.tolerations.some((one) => tolerates(one, taint)),
  );
}

/** Whether a toleration covers a taint; one without key covers all, one without effect every effect. */
export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return Boolean(key) && (value ?? '') === (taint.value ?? '');
}

/** Taints as kubectl writes them, without their effects: `dedicated=gpu, node.kubernetes.io/unreachable`. */
export function formatTaints(taints: readonly Taint[]): string {
  return [...new Set(taints.map(({ key = '', value }) => (value ? `${key}=${value}` : key)))].join(', ');
}

/** Whether a node's labels fit the nodeSelector and the required node affinity of a pod. */
export function fitsLabels(spec: PodSpec, node: Of<'nodes'>): boolean {
  const selector = selectorRequirements(spec).every((requirement) =>
    meets(node.metadata.labels, requirement),
  );
  const terms = affinityTerms(spec);
  return selector && (terms.length === 0 || terms.some((term) => fitsTerm(term, node)));
}

/** Whether a node fits all expressions of one term. */
export function fitsTerm(term: NodeSelectorTerm, node: Of<'nodes'>): boolean {
  return (
    term.matchExpressions.every((requirement) => meets(node.metadata.labels, requirement)) &&
    term.matchFields.every(
      ({ key, values }) => key !== 'metadata.name' || values.includes(node.metadata.name),
    )
  );
}

/** The label requirements of a pod that not one of the nodes meets, as a person writes them: `disktype=ssd`. */
export function unmetLabels(spec: PodSpec, nodes: readonly Of<'nodes'>[]): readonly string[] {
  return requirementsOf(spec)
    .filter((requirement) => !nodes.some(({ metadata }) => meets(metadata.labels, requirement)))
    .map(formatRequirement);
}

/** Every label requirement of a pod as a person writes it. */
export function wantedLabels(spec: PodSpec): readonly string[] {
  return requirementsOf(spec).map(formatRequirement);
}

function requirementsOf(spec: PodSpec): readonly Requirement[] {
  return [
    ...selectorRequirements(spec),
    ...affinityTerms(spec).flatMap(({ matchExpressions }) => matchExpressions),
  ];
}

function affinityTerms(spec: PodSpec): readonly NodeSelectorTerm[] {
  return spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
}

function selectorRequirements({ nodeSelector }: PodSpec): readonly Requirement[] {
  return Object.entries(nodeSelector).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
}

function formatRequirement({ key = '', operator = '', values }: Requirement): string {
  if (operator === 'In')
    return values.length === 1 ? `${key}=${values[0] ?? ''}` : `${key} in (${values.join(', ')})`;
  if (operator === 'NotIn') return `${key} not in (${values.join(', ')})`;
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator === 'Gt' ? '>' : '<'} ${values[0] ?? ''}`;
}

/**
 * The nodes that would take a pod were it not for what keeps them closed (a taint, a cordon): their labels fit and they
 * have room for all that it requests. A node that does not say what it offers is not known to fit.
 */
export function wouldFit(spec: PodSpec, node: Of<'nodes'>, joins: Joins): boolean {
  if (!fitsLabels(spec, node)) return false;
  const name = node.metadata.name;
  for (const [resource, amount] of amountsOf(spec, 'requests')) {
    const allocatable = parseQuantity(node.status.allocatable[resource]);
    if (allocatable === undefined || allocatable - reservedOn(name, resource, joins) < amount) return false;
  }
  return true;
}
