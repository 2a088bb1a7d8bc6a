import { COVERAGE_STATUS, type CoverageStatus } from '../model/cluster.ts';
import { parseTime } from '../model/time.ts';

/** One command that the collector ran, and how it ended. */
export type LedgerRow = {
  readonly id: string;
  /** The file that holds the answer; empty when none was kept. */
  readonly path: string;
  /** Where the answer was meant to go, whether it was kept or not; empty in bundles of older collectors. */
  readonly intended: string;
  /** The command with its true names, which the path may have shortened. */
  readonly argv: string;
  /** Milliseconds since 1970. */
  readonly start: number | undefined;
  readonly ms: number | undefined;
  readonly exit: number | undefined;
  readonly bytes: number | undefined;
  readonly sha256: string;
  /** Whether only the beginning or the end was kept. */
  readonly cut: boolean;
  readonly redactions: number;
  readonly class: CoverageStatus;
};

/** Reads `ledger.tsv`: a header line with the columns' names, then a row a command; `\t`, `\n` and `\\` are escapes. */
export function readLedger(text: string): LedgerRow[] {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const columns = new Map(header.split('\t').map((name, index) => [name, index]));
  return lines.filter((line) => line !== '').map((line) => toRow(columns, line));
}

function toRow(columns: ReadonlyMap<string, number>, line: string): LedgerRow {
  const cells = line.includes('\\') ? line.split('\t').map(withoutEscapes) : line.split('\t');
  const cell = (name: string) => cells[columns.get(name) ?? -1] ?? '';
  const told = (name: string) => (cell(name) === '-' ? '' : cell(name));
  return {
    id: cell('id'),
    path: told('path'),
    intended: told('intended'),
    argv: cell('argv'),
    start: parseTime(cell('start')),
    ms: numberOf(cell('ms')),
    exit: numberOf(cell('exit')),
    bytes: numberOf(cell('bytes')),
    sha256: told('sha256'),
    cut: !['', '0', 'no', 'false'].includes(told('cut')),
    redactions: numberOf(cell('redactions')) ?? 0,
    class: COVERAGE_STATUS.find((status) => status === cell('class')) ?? 'error',
  };
}

function withoutEscapes(cell: string): string {
  return cell.replace(/\\([tn\\])/g, (_, letter) => (letter === 't' ? '\t' : letter === 'n' ? '\n' : '\\'));
}

function numberOf(cell: string): number | undefined {
  return /^\d+$/.test(cell) ? Number(cell) : undefined;
}
