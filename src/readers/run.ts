import type { Log } from '../model/cluster.ts';
import type { Limits } from '../model/limits.ts';
import type { About, Builder } from './builder.ts';
import type { Integrity } from './integrity.ts';
import type { Router } from './layouts/layouts.ts';
import type { LedgerRow } from './ledger.ts';
import type { LineRules } from './line-rules.ts';
import type { Printed } from './printed.ts';
import type { StrayLog } from './stray-logs.ts';

/** What the readers of one bundle share while it flows by. */
export type Run = {
  readonly limits: Limits;
  readonly builder: Builder;
  readonly integrity: Integrity;
  readonly rules: LineRules;
  readonly router: Router;
  /** Texts with ages, which can only be read once the time of the bundle is known. */
  readonly printed: (Omit<Printed, 'time'> & { readonly modified: number | undefined })[];
  /** Logs by whose they are; of two copies the longer one stays. */
  readonly logs: Map<string, Log>;
  readonly strays: StrayLog[];
  /** Every command of the collector, told once it is known what those that failed have said. */
  readonly tries: LedgerRow[];
  /** What commands said beside their answers, by the file that holds it. */
  readonly said: Map<string, string>;
  /** Layouts that contents have shown, where no path does. */
  readonly told: Set<string>;
  /** What collectors on nodes say of themselves: believed once the cluster's has been heard. */
  readonly nodeAbouts: Partial<About>[];
};
