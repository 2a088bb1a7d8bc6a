import type { Resource } from '../../model/cluster.ts';

/**
 * What reads a file:
 * - `objects`: Kubernetes objects, a list, a bare array, one or several documents; whether JSON or YAML, their first
 *   byte tells, not their name
 * - `describe`, `top`, `table`: what kubectl printed, one command or many
 * - `container log`: the log of one container
 * - `dump`: objects and logs in one stream, as `kubectl cluster-info dump` prints them
 * - `pod logs`: all containers of a pod in one file, with lines between that say whose log begins
 * - `node log`: a log of a unit on a node (kubelet, containerd, kernel)
 * - `version`: what the server says of itself; `time`: when the bundle was made
 * - `ledger`, `about`: what Casefile's collector says of its work
 * - `certificates`, `filesystems`, `clock`: what Casefile's collector found on a node
 * - `summary`: what a kubelet says of the usage of its node and pods
 * - `errors`: what a tool could not collect
 * - `said`: what a command of Casefile's collector said when it failed
 * - `nothing`: known and of no use here, only counted
 */
export type Reader =
  | 'objects'
  | 'describe'
  | 'top'
  | 'table'
  | 'container log'
  | 'dump'
  | 'pod logs'
  | 'node log'
  | 'version'
  | 'time'
  | 'ledger'
  | 'about'
  | 'certificates'
  | 'filesystems'
  | 'clock'
  | 'summary'
  | 'errors'
  | 'said'
  | 'nothing';

/** Which files of a layout are read by what. */
export type Rule = {
  /**
   * The end of the path, below any number of folders: `{name}` stands for a folder or a part of a name, `*` for any
   * part of a name, `**` for anything, `(a|b)` for either, `(?<name>a|b)` for either under a name.
   */
  readonly path: string;
  readonly reader: Reader;
  /** The file holds the whole list of its resource: in one namespace where the path names one, else everywhere. */
  readonly whole?: true;
  /** A log of the container's instance before the present one. */
  readonly previous?: true;
  /** The unit of a node log whose path does not name it. */
  readonly unit?: string;
  /** For `nothing`: what it is, in the plural. */
  readonly what?: string;
};

/** How one tool lays out its bundles. */
export type Layout = {
  readonly name: string;
  /** Paths that only this tool writes. */
  readonly markers: readonly string[];
  /** Its paths say something only once a marker was seen, because they are anybody's. */
  readonly onlyMarked?: true;
  /** The first that fits decides. */
  readonly rules: readonly Rule[];
};

/** What a path says of a file. */
export type Route = Omit<Rule, 'path'> & {
  /** Whose path it is; what it claims counts only if the bundle turns out to be of this layout. */
  readonly layout: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly node?: string;
  readonly resource?: Resource | 'events';
};

/** The names of the placeholders of a path, in the order in which its expression captures what stands for them. */
export function placeholdersOf(path: string): readonly string[] {
  return [...path.matchAll(PLACEHOLDER)].map(([, plain, listed]) => plain ?? listed ?? '');
}

const PLACEHOLDER = /\{(\w+)\}|\?<(\w+)>/g;

/** The expression of a path with placeholders. Captures have no names: to look those up takes longer than to match. */
export function expressionOf(path: string): RegExp {
  const source = path
    .replace(/[.+^$[\]\\]/g, '\\$&')
    .replace(/\((?!\?<)/g, '(?:')
    .replace(/\(\?<\w+>/g, '(')
    .replace(/\{\w+\}/g, '([^/]+?)')
    .replace(/\*\*?/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
  return new RegExp(`(?:^|/)${source}$`);
}
