import { createHash, type Hash, hash } from 'node:crypto';
import type { Entry, Sink } from '../bundle/visitor.ts';
import type { LedgerRow } from './ledger.ts';

/** The layouts of our own collector that this version reads. */
const KNOWN_LAYOUTS: ReadonlySet<string> = new Set(['1']);

/** Holds the files of a bundle of ours against its own ledger. */
export type Integrity = {
  /** Gives back a sink that also sums what flows by. */
  watch(entry: Entry, sink: Sink | undefined): Sink | undefined;
  /** What the ledger of that path says; the records of a bundle stand in its uppermost folder. */
  ledger(path: string, rows: readonly LedgerRow[]): void;
  /** The layout that the about.txt of that path names. */
  layout(path: string, layout: string | undefined): void;
  /** Tells what is missing or not as it was collected. */
  settle(problem: (file: string, message: string) => void): void;
};

/** The SHA-256 of a file in hexadecimal digits, or that its end was not seen. */
type Sum = string | 'cut';
type Record = { rows: readonly LedgerRow[]; layout: string | undefined; ended: boolean };

/** A watcher of one run; bundles of other tools have no ledger, so nothing is summed for them. */
export function createIntegrity(): Integrity {
  const records = new Map<string, Record>();
  const sums = new Map<string, Sum>();

  function recordOf(path: string): Record {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const known = records.get(folder);
    if (known) return known;
    const created = { rows: [], layout: undefined, ended: false };
    if (UPPERMOST.test(folder)) records.set(folder, created);
    return created;
  }

  function belongs(path: string): boolean {
    if (OURS.test(path)) return true;
    for (const folder of records.keys()) if (path.startsWith(folder)) return true;
    return false;
  }

  return {
    watch({ path, size }, sink) {
      if (END_MARK.test(path)) recordOf(path).ended = true;
      return belongs(path) ? withSum(size, sink, (sum) => sums.set(path, sum)) : sink;
    },
    ledger(path, rows) {
      recordOf(path).rows = rows;
    },
    layout(path, layout) {
      recordOf(path).layout = layout;
    },
    settle(problem) {
      for (const [folder, { rows, layout, ended }] of records) {
        if (rows.length === 0) continue;
        if (!ended) problem('COMPLETE', 'is missing: the bundle ends early, and files may be missing');
        if (layout !== undefined && !KNOWN_LAYOUTS.has(layout))
          problem(
            'about.txt',
            `layout ${layout} is newer than this version knows: it may hold what is not read`,
          );
        for (const row of rows) checkRow(row, sums.get(folder + row.path), ended, problem);
      }
    },
  };
}

const UPPERMOST = /^(?:\.\/)?(?:[^/]*\/)?$/;
const OURS = /^(?:\.\/)?casefile-[^/]*\//;
const END_MARK = /(?:^|\/)COMPLETE$/;

function checkRow(
  { path, sha256, class: status }: LedgerRow,
  sum: Sum | undefined,
  ended: boolean,
  problem: (file: string, message: string) => void,
) {
  if (path === '' || sha256 === '') return;
  if (!sum) {
    if (ended && status === 'ok') problem(path, 'is in the ledger, but not in the bundle');
    return;
  }
  if (sum !== 'cut' && sum !== sha256.toLowerCase())
    problem(path, 'is not as it was collected: its checksum differs from the one in the ledger');
}

function withSum(size: number | undefined, sink: Sink | undefined, take: (sum: Sum) => void): Sink {
  let many: Hash | undefined;
  let whole: string | undefined;
  return {
    chunk(bytes) {
      // Most files come in one piece, and a sum at once costs less than half of one that is open.
      if (!many && bytes.length === size) whole = hash('sha256', bytes);
      else {
        many ??= createHash('sha256');
        many.update(bytes);
      }
      sink?.chunk(bytes);
    },
    end(complete) {
      take(complete ? (whole ?? (many ?? createHash('sha256')).digest('hex')) : 'cut');
      sink?.end(complete);
    },
  };
}
