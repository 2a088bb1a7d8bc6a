import { type CoverageStatus, DISTRIBUTIONS } from '../model/cluster.ts';
import { parseTime } from '../model/time.ts';
import { readAbout } from './about.ts';
import { askedFor } from './asked.ts';
import type { About } from './builder.ts';
import { readLedger } from './ledger.ts';
import type { Run } from './run.ts';

/** Takes what the collector tried and how each try ended. */
export function takeLedger(text: string, { builder, written }: Run): void {
  for (const row of readLedger(text)) {
    if (row.class !== 'ok' && row.path) builder.failed(row.path);
    if (row.path && row.start !== undefined) written.set(row.path, row.start + (row.ms ?? 0));
    const status: CoverageStatus = row.class === 'ok' && row.cut ? 'cut' : row.class;
    builder.coverage({
      what: askedFor(row.argv, row.path),
      status,
      ...(row.exit ? { detail: `exit status ${row.exit}` } : {}),
      command: row.argv,
    });
  }
}

/**
 * Takes what a collector says of itself and of the cluster. Bundles of nodes beside the cluster's have an about.txt each:
 * what the cluster's says is believed first, whichever comes first.
 */
export function takeAbout(text: string, { builder, nodeAbouts }: Run): void {
  const about = readAbout(text);
  const collectedAt = parseTime(about.get('time'));
  const version = about.get('server');
  const distribution = DISTRIBUTIONS.find((name) => name === about.get('distribution'));
  const said: Partial<About> = {
    layout: `casefile ${about.get('layout') ?? ''}`.trim(),
    ...(collectedAt === undefined ? {} : { collectedAt }),
    ...(version ? { version } : {}),
    ...(distribution ? { distribution } : {}),
  };
  if (about.has('node')) nodeAbouts.push(said);
  else builder.about(said);
}
