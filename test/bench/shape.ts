/** What a generated bundle holds. */
export type Shape = {
  readonly seed: number;
  readonly pods: number;
  readonly nodes: number;
  readonly events: number;
  /** The share of pods that fail, and whether all fail alike: their registry cannot be reached. */
  readonly failing: number;
  readonly alike: boolean;
  /** Bytes of logs in all, and in one log. */
  readonly logBytes: number;
  readonly bytesPerLog: number;
  /** The share of log lines that some class looks for. */
  readonly hits: number;
  /** Whether each of those lines names something that no other does, as an id in hexadecimal digits. */
  readonly unlike: boolean;
  /** Bytes of one more log that is a single line. */
  readonly longLine: number;
};

/** A cluster of ten pods on a node, all well, with hardly any logs. */
export const SMALL: Shape = {
  seed: 7,
  pods: 10,
  nodes: 1,
  events: 20,
  failing: 0,
  alike: false,
  logBytes: 0,
  bytesPerLog: 10 * 1024 ** 2,
  hits: 0.016,
  unlike: false,
  longLine: 0,
};

/** When the bundle was made. */
export const MADE = Date.UTC(2026, 10, 22, 12);
const PODS_PER_WORKLOAD = 10;
const NAMESPACES = ['shop', 'payments', 'orders', 'edge', 'batch', 'search'] as const;

/** How a pod fares. */
export const FATES = ['well', 'image', 'crash', 'oom', 'pending'] as const;
export type Fate = (typeof FATES)[number];

/** What one pod is called and how it fares. */
export type PodPlan = {
  readonly index: number;
  readonly namespace: string;
  readonly workload: string;
  readonly replicaSet: string;
  readonly name: string;
  readonly node: string;
  readonly uid: string;
  readonly fate: Fate;
};

/** The plan of the pod at an index; workloads fail as a whole. */
export function podPlan(shape: Shape, index: number): PodPlan {
  const number = Math.floor(index / PODS_PER_WORKLOAD);
  const workload = `cart-${String(number).padStart(5, '0')}`;
  const replicaSet = `${workload}-${hash(number)}`;
  const workloads = workloadCount(shape);
  const fails = number < Math.round(workloads * shape.failing);
  const mixed = FATES[1 + (number % 4)] ?? 'crash';
  return {
    index,
    namespace: NAMESPACES[number % NAMESPACES.length] ?? 'shop',
    workload,
    replicaSet,
    name: `${replicaSet}-${hash(index + 1_000_003).slice(0, 5)}`,
    node: nodeName(index % shape.nodes),
    uid: uidOf(index),
    fate: fails ? (shape.alike ? 'image' : mixed) : 'well',
  };
}

/** How many Deployments the pods belong to. */
export function workloadCount({ pods }: Shape): number {
  return Math.ceil(pods / PODS_PER_WORKLOAD);
}

export function nodeName(index: number): string {
  return `worker-${String(index).padStart(4, '0')}`;
}

/** A uid that is made of a number. */
export function uidOf(number: number): string {
  return `${hash(number)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Eight hexadecimal digits that look like chance. */
function hash(number: number): string {
  return (Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
}
