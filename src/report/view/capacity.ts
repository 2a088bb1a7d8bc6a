import { formatBytes, formatCores } from '../../model/quantity.ts';
import type { Report } from '../../model/report.ts';

type Amounts = Report['nodes'][number]['limits'];

/** Requests, limits and use of one resource against what there is; widths are per cent. */
type Gauge = {
  readonly resource: string;
  /** Empty when it is not known how much there is. */
  readonly total: string;
  readonly requests: string;
  readonly requestsWidth: number;
  readonly limits: string;
  readonly limitsX: number;
  readonly usage: string;
  readonly usageWidth: number;
  /** Whether this is a thing whose use can be measured. */
  readonly metered: boolean;
  /** Whether use or requests are at 90 % or more. */
  readonly tight: boolean;
  /** What is left for requests; empty when unknown. */
  readonly free: string;
};

/** A node as a row. */
export type NodeRow = {
  readonly name: string;
  readonly ready: string;
  readonly unwell: boolean;
  readonly roles: string;
  readonly version: string;
  readonly pressure: string;
  readonly gauges: readonly Gauge[];
};

/** A namespace as a row; its gauges are against all nodes whose size is known. */
export type NamespaceRow = {
  readonly name: string;
  readonly pods: readonly { readonly state: string; readonly count: number; readonly well: boolean }[];
  readonly podCount: number;
  readonly restarts: number;
  readonly gauges: readonly Gauge[];
};

const WELL: ReadonlySet<string> = new Set(['Running', 'Completed', 'Succeeded']);
const READY_WORDS = { yes: 'ready', no: 'not ready', unknown: 'unknown' } as const;

/** Nodes, those that are not well first, then the fullest. */
export function toNodeRows(report: Report): NodeRow[] {
  const rows = report.nodes.map((node) => ({
    name: node.name,
    ready: READY_WORDS[node.ready],
    unwell: node.ready !== 'yes' || node.pressure.length > 0,
    roles: node.roles.join(', '),
    version: node.version ?? '',
    pressure: node.pressure.join(', '),
    gauges: [
      ...toGauges(node.allocatable, node.requests, node.limits, node.usage),
      toPodGauge(node.allocatable, node.requests),
    ],
  }));
  return rows.sort((a, b) => Number(b.unwell) - Number(a.unwell) || fullness(b) - fullness(a));
}

function fullness({ gauges }: NodeRow): number {
  return Math.max(0, ...gauges.map(({ requestsWidth, usageWidth }) => Math.max(requestsWidth, usageWidth)));
}

/** Namespaces, those with pods that are not well first. */
export function toNamespaceRows(report: Report): NamespaceRow[] {
  const total = sumOf(report.nodes.map(({ allocatable }) => allocatable));
  const rows = report.namespaces.map((namespace) => ({
    name: namespace.name,
    pods: toStates(namespace.pods),
    podCount: Object.values(namespace.pods).reduce((sum, pods) => sum + pods, 0),
    restarts: namespace.restarts,
    gauges: toGauges(total, namespace.requests, namespace.limits, namespace.usage).map((gauge) => ({
      ...gauge,
      free: '',
    })),
  }));
  return rows.sort((a, b) => unwellPods(b) - unwellPods(a) || b.restarts - a.restarts || byName(a, b));
}

function unwellPods({ pods }: NamespaceRow): number {
  return pods.reduce((sum, { count, well }) => sum + (well ? 0 : count), 0);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

function toStates(pods: Report['namespaces'][number]['pods']): NamespaceRow['pods'] {
  return Object.entries(pods)
    .map(([state, count]) => ({ state, count, well: WELL.has(state) }))
    .sort((a, b) => Number(a.well) - Number(b.well) || b.count - a.count);
}

function sumOf(amounts: readonly Amounts[]): Amounts {
  const sum = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
  };
  const cpu = sum(amounts.map((amount) => amount.cpu));
  const memory = sum(amounts.map((amount) => amount.memory));
  return { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
}

function toGauges(total: Amounts, requests: Amounts, limits: Amounts, usage: Amounts | undefined): Gauge[] {
  return [
    toGauge('CPU', formatCores, total.cpu, requests.cpu, limits.cpu, usage?.cpu),
    toGauge('memory', formatBytes, total.memory, requests.memory, limits.memory, usage?.memory),
  ];
}

function toPodGauge(total: Amounts, requests: Amounts): Gauge {
  return toGauge('pods', String, total.pods, requests.pods, undefined, undefined);
}

function toGauge(
  resource: string,
  format: (amount: number) => string,
  total: number | undefined,
  requests: number | undefined,
  limits: number | undefined,
  usage: number | undefined,
): Gauge {
  const share = (amount: number | undefined) =>
    amount === undefined || !total ? 0 : Math.round((amount / total) * 100);
  const said = (amount: number | undefined) => {
    if (amount === undefined) return '';
    if (amount === 0) return '0';
    return total ? `${format(amount)} (${share(amount)}%)` : format(amount);
  };
  return {
    resource,
    total: total === undefined ? '' : format(total),
    requests: said(requests),
    requestsWidth: Math.min(100, share(requests)),
    limits: said(limits),
    limitsX: Math.min(100, share(limits)),
    usage: said(usage),
    usageWidth: Math.min(100, share(usage)),
    metered: resource !== 'pods',
    tight: Math.max(share(requests), share(usage)) >= 90,
    free: total === undefined || requests === undefined ? '' : format(Math.max(0, total - requests)),
  };
}
