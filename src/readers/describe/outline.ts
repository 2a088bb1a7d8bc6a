import { expandTabs } from '../columns.ts';

/** One line of a text, numbered from 1, tabs shown as blanks. */
export type Line = { readonly number: number; readonly text: string };

/** What stands under one key at the left margin: `Status:  Running`, `Containers:` and its lines. */
export type Section = {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly lines: readonly Line[];
};

/** The text that `kubectl describe` prints for one object. */
export type Outline = {
  readonly line: number;
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
};

/** The keys that kubectl prints at the left margin; any other line there continues a text of several lines. */
const KEYS = new Set(
  `Name|Namespace|Labels|Annotations|Priority|Priority Class Name|PriorityClassName|Runtime Class Name|
  Service Account|Node|Start Time|Status|Termination Grace Period|Reason|Message|SeccompProfile|LocalhostProfile|
  IP|IPs|Controlled By|Controllers|Created By|NominatedNodeName|Resources|Init Containers|Containers|
  Ephemeral Containers|Readiness Gates|Conditions|Volumes|QoS Class|QoS Tier|Node-Selectors|Tolerations|
  Topology Spread Constraints|Events|Security Policy|Role|Roles|CreationTimestamp|Taints|Unschedulable|Lease|Addresses|
  Capacity|Allocatable|System Info|PodCIDR|PodCIDRs|ProviderID|ExternalID|Phase|Pods|Non-terminated Pods|
  Allocated resources|Selector|Replicas|StrategyType|MinReadySeconds|RollingUpdateStrategy|Pod Template|
  OldReplicaSets|NewReplicaSet|Pods Status|Pods Statuses|Update Strategy|Volume Claims|Node-Selector|
  Desired Number of Nodes Scheduled|Current Number of Nodes Scheduled|
  Number of Nodes Scheduled with Up-to-date Pods|Number of Nodes Scheduled with Available Pods|
  Number of Nodes Misscheduled|Parallelism|Completions|Completion Mode|Suspend|Backoff Limit|
  TTL Seconds After Finished|Completed At|Duration|Active Deadline Seconds|Completed Indexes|Schedule|Time Zone|
  Concurrency Policy|Successful Job History Limit|Failed Job History Limit|Starting Deadline Seconds|
  Last Schedule Time|Active Jobs|Type|IP Family Policy|IP Families|External IPs|Desired LoadBalancer IP|External Name|
  LoadBalancer Ingress|Port|TargetPort|NodePort|Endpoints|Session Affinity|External Traffic Policy|
  Internal Traffic Policy|HealthCheck NodePort|LoadBalancer Source Ranges|Traffic Distribution|Subsets|AddressType|
  Ports|StorageClass|Volume|Finalizers|Access Modes|VolumeMode|DataSource|Used By|Mounted By|Claim|Reclaim Policy|
  Node Affinity|Source|Address|Ingress Class|Default backend|TLS|Rules|Reference|Metrics|Min replicas|Max replicas|
  Behavior|Target CPU utilization|Current CPU utilization|Scopes|IsDefaultClass|Provisioner|Parameters|
  AllowVolumeExpansion|MountOptions|ReclaimPolicy|VolumeBindingMode|AllowedTopologies|Image pull secrets|
  Mountable secrets|Tokens|Min available|Max unavailable|Value|GlobalDefault|PreemptionPolicy|Description|Created on|
  Spec|Controller|API Version|Kind|Metadata|Requesting User|Signer|Subject|CIDRs`
    .split('|')
    .map((key) => key.trim()),
);

/** What the second line of an object may be; a `Name:` inside a text is not followed by one of these. */
const SECOND_LINE =
  /^(?:Namespace|Labels|Annotations|Roles?|CreationTimestamp|IsDefaultClass|Value|Image\(s\)|Priority):/;
const MARGIN_KEY = /^([A-Za-z][^:]{0,60}):(?:\s+(.*))?$/;

/** Splits a text at the objects that it describes; text before the first object and between commands is left out. */
export function splitObjects(text: string): readonly Outline[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: expandTabs(line).trimEnd() }));
  const starts = lines.flatMap((_, index) => (startsObject(lines, index) ? [index] : []));
  return starts.map((start, index) => toOutline(lines.slice(start, starts[index + 1])));
}

function startsObject(lines: readonly Line[], index: number): boolean {
  return /^Name: +\S/.test(lines[index]?.text ?? '') && SECOND_LINE.test(lines[index + 1]?.text ?? '');
}

function toOutline(all: readonly Line[]): Outline {
  const lines = all.slice(0, all.findLastIndex(({ text }) => text !== '') + 1);
  const free = lines.some(({ text }) => text.startsWith('API Version:'));
  const sections: { key: string; value: string; line: number; lines: Line[] }[] = [];
  let insideData = false;
  for (const [index, line] of lines.entries()) {
    insideData ||= isDataHeading(lines, index);
    const section = insideData && !line.text.startsWith('Events:') ? undefined : startOfSection(line, free);
    if (section) sections.push(section);
    else if (isDataHeading(lines, index))
      sections.push({ key: line.text, value: '', line: line.number, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return { line: lines[0]?.number ?? 0, lines, sections };
}

/** A ConfigMap's or Secret's content stands at the left margin below a heading. */
function isDataHeading(lines: readonly Line[], index: number): boolean {
  return /^(?:Binary)?Data$/.test(lines[index]?.text ?? '') && lines[index + 1]?.text === '====';
}

function startOfSection({ text, number }: Line, free: boolean) {
  const match = MARGIN_KEY.exec(text);
  const key = match?.[1];
  if (!key || !(KEYS.has(key) || (free && /^[A-Z]/.test(key)))) return undefined;
  return { key, value: match[2] ?? '', line: number, lines: [] };
}

/** The first section under a key. */
export function sectionOf(outline: Outline, ...keys: readonly string[]): Section | undefined {
  return outline.sections.find(({ key }) => keys.includes(key));
}

/** What stands beside a key, nothing for kubectl's words for nothing. */
export function saidAt(outline: Outline, ...keys: readonly string[]): string | undefined {
  return said(sectionOf(outline, ...keys)?.value);
}

/** A printed value, or nothing where kubectl prints `<none>`, `<unset>` and the like. */
export function said(value: string | undefined): string | undefined {
  const text = value?.trim();
  return !text || /^<(?:none|unset|nil|unknown|default|auto)>$/.test(text) ? undefined : text;
}

/** A key with its value and what is indented under it. */
export type Row = {
  readonly line: number;
  readonly indent: number;
  /** Empty when the line is no `key: value`. */
  readonly key: string;
  readonly value: string;
  readonly text: string;
  readonly rows: readonly Row[];
};
type OpenRow = { -readonly [K in keyof Row]: Row[K] } & { rows: OpenRow[] };

/** kubectl nests no deeper than the objects of the API; what reads the tree goes down it. */
const DEEPEST = 50;

/** Reads lines as a tree by their indentation. */
export function treeOf(lines: readonly Line[]): readonly Row[] {
  const roots: OpenRow[] = [];
  const open: OpenRow[] = [];
  for (const { number, text } of lines) {
    const last = open.at(-1);
    const row = toRow(number, text);
    if (last?.key === 'Message' && continuesMessage(row, last)) {
      last.value += `\n${row.text}`;
      continue;
    }
    if (row.text === '') continue;
    while (open.length > 0 && ((open.at(-1)?.indent ?? 0) >= row.indent || open.length > DEEPEST)) open.pop();
    (open.at(-1)?.rows ?? roots).push(row);
    open.push(row);
  }
  return roots;
}

/** A message may have lines of any kind at any place; it ends at the next key that stands under its own. */
function continuesMessage(row: Row, message: Row): boolean {
  return row.indent > message.indent || !/^[A-Z][A-Za-z ]*$/.test(row.key);
}

function toRow(line: number, text: string): OpenRow {
  const trimmed = text.trimStart();
  const match = /^([^:]+(?::[^\s:]+)*):(?: +(.*))?$/.exec(trimmed);
  return {
    line,
    indent: text.length - trimmed.length,
    key: match?.[1] ?? '',
    value: match?.[2]?.trim() ?? '',
    text: trimmed,
    rows: [],
  };
}

/** The first row under a key. */
export function rowOf(rows: readonly Row[], ...keys: readonly string[]): Row | undefined {
  return rows.find(({ key }) => keys.includes(key));
}

/** The texts of rows and of what is under them, in order. */
export function textsOf(rows: readonly Row[]): string[] {
  return rows.flatMap(({ text, rows: inner }) => [text, ...textsOf(inner)]);
}
