import type { Of } from './cluster.ts';
import type { Evidence } from './evidence.ts';
import type { Ref } from './ref.ts';

/** Where a text was said. `condition` is also a pod's own status reason and message; `journal` a node unit's log. */
export const PLACES = ['waiting', 'terminated', 'event', 'condition', 'log', 'journal'] as const;
export type Place = (typeof PLACES)[number];

/** One text about one object, cleaned of envelopes. */
export type Signal = {
  readonly place: Place;
  /** Event reason, waiting or terminated reason, condition type and reason; empty for logs. */
  readonly reason: string;
  readonly text: string;
  /** What it is about: the pod for a container's state and log, the node for a journal. */
  readonly object: Ref;
  readonly pod: Of<'pods'> | undefined;
  readonly container: string | undefined;
  readonly evidence: Evidence;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** What it tells of was over when the bundle was made. */
  readonly over?: boolean;
  /** For logs: the classifier whose expression kept the line. */
  readonly classifier?: string;
};
