import { type CoverageStatus, DISTRIBUTIONS } from '../model/cluster.ts';
import { parseTime } from '../model/time.ts';
import { readAbout } from './about.ts';
import { askedFor } from './asked.ts';
import type { About } from './builder.ts';
import { readLedger } from './ledger.ts';
import type { Run } from './run.ts';
import { wordsOf } from './tool-errors.ts';

/** Takes what the collector tried and how each try ended, from the ledger of that path. */
export function takeLedger(text: string, path: string, { builder, tries, integrity }: Run): void {
  const rows = readLedger(text);
  integrity.ledger(path, rows);
  for (const row of rows) {
    if (row.class !== 'ok' && row.path) builder.failed(row.path);
    tries.push(row);
  }
}

/** When the command that wrote each of these files had ended, in milliseconds since 1970. */
export function writingTimes(files: ReadonlySet<string>, { tries }: Run): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { path, start, ms = 0 } of tries) {
    const began = files.has(path) ? parseTime(start) : undefined;
    if (began !== undefined) times.set(path, began + ms);
  }
  return times;
}

/** Tells every try, a failed one in the words of whoever refused it: they stand in a file beside the missing answer. */
export function settleTries({ builder, tries, said }: Run): void {
  for (const row of tries) {
    const status: CoverageStatus = row.class === 'ok' && row.cut ? 'cut' : row.class;
    const file = `${row.intended}.err`;
    const text = row.class === 'ok' ? '' : (said.get(file) ?? '');
    const words = wordsOf(text);
    const detail = words ?? (row.exit ? `exit status ${row.exit}` : undefined);
    builder.coverage({
      what: askedFor(row.argv, row.path || row.intended),
      status,
      ...(detail ? { detail } : {}),
      command: row.argv,
      ...(words ? { origin: { file, line: text.slice(0, text.indexOf(words)).split('\n').length } } : {}),
    });
  }
  if (said.size === 0) return;
  const intended = new Set(tries.map((row) => `${row.intended}.err`));
  for (const file of said.keys()) if (!intended.has(file)) builder.unread('error messages', file);
}

/**
 * Takes what a collector says of itself and of the cluster. Bundles of nodes beside the cluster's have an about.txt each:
 * what the cluster's says is believed first, whichever comes first.
 */
export function takeAbout(text: string, path: string, { builder, nodeAbouts, integrity }: Run): void {
  const about = readAbout(text);
  integrity.layout(path, about.get('layout'));
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
