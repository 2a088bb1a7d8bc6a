import { COVERAGE_STATUS, type CoverageStatus } from '../model/cluster.ts';

/** One command that the collector ran, and how it ended. */
export type LedgerRow = {
  /** The file that holds the answer; empty when none was kept. */
  readonly path: string;
  /** Where the answer was meant to go, whether it was kept or not; empty in bundles of older collectors. */
  readonly intended: string;
  /** The command with its true names, which the path may have shortened. */
  readonly argv: string;
  /** As the collector wrote it: RFC 3339. */
  readonly start: string;
  readonly ms: number | undefined;
  readonly exit: number | undefined;
  readonly sha256: string;
  /** Whether only the beginning or the end was kept. */
  readonly cut: boolean;
  readonly class: CoverageStatus;
};

const LINE_END = /\r?\n/;

/** Reads `ledger.tsv`: a header line with the columns' names, then a row a command; `\t`, `\n` and `\\` are escapes. */
export function readLedger(text: string): LedgerRow[] {
  const [header = '', ...lines] = text.split(LINE_END);
  const names = header.split('\t');
  const columns = {
    path: names.indexOf('path'),
    intended: names.indexOf('intended'),
    argv: names.indexOf('argv'),
    start: names.indexOf('start'),
    ms: names.indexOf('ms'),
    exit: names.indexOf('exit'),
    sha256: names.indexOf('sha256'),
    cut: names.indexOf('cut'),
    class: names.indexOf('class'),
  };
  return lines.filter((line) => line !== '').map((line) => toRow(columns, line));
}

function toRow(columns: Readonly<Record<keyof LedgerRow, number>>, line: string): LedgerRow {
  const cells = line.includes('\\') ? line.split('\t').map(withoutEscapes) : line.split('\t');
  return {
    path: told(cells[columns.path]),
    intended: told(cells[columns.intended]),
    argv: cells[columns.argv] ?? '',
    start: cells[columns.start] ?? '',
    ms: numberOf(cells[columns.ms]),
    exit: numberOf(cells[columns.exit]),
    sha256: told(cells[columns.sha256]),
    cut: !NOT_CUT.has(cells[columns.cut]),
    class: COVERAGE_STATUS.find((status) => status === cells[columns.class]) ?? 'error',
  };
}

const NOT_CUT: ReadonlySet<string | undefined> = new Set([undefined, '', '-', '0', 'no', 'false']);

function told(cell: string | undefined): string {
  return cell === undefined || cell === '-' ? '' : cell;
}

function withoutEscapes(cell: string): string {
  return cell.replace(/\\([tn\\])/g, (_, letter) => (letter === 't' ? '\t' : letter === 'n' ? '\n' : '\\'));
}

function numberOf(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d+$/.test(cell) ? Number(cell) : undefined;
}
