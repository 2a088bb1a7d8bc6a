/** A record of the collector, as it stands in the new bundle. */
type WrittenRecord = { readonly path: string; readonly text: string; readonly modified: number | undefined };
type Sum = { readonly bytes: number; readonly sha256: string };

/** The collector's records of a bundle that is written anew: they come last, as they tell of all other files. */
export type NewRecords = {
  keep(record: WrittenRecord): void;
  /** What the new file of this path is like. */
  sum(path: string, sum: Sum): void;
  /** In the order in which they are to be written, the end mark last, with the sums of the new files. */
  settled(): readonly WrittenRecord[];
};

/** Whether this file is such a record. */
export function isRecord(path: string): boolean {
  return /(?:^|\/)(?:ledger\.tsv|COMPLETE)$/.test(path);
}

/** The records of one bundle. */
export function createRecords(): NewRecords {
  const records: WrittenRecord[] = [];
  const sums = new Map<string, Sum>();
  return {
    keep: (record) => void records.push(record),
    sum: (path, sum) => void sums.set(path.replace(/^[^/]*\//, ''), sum),
    settled: () =>
      records
        .toSorted((a, b) => (b.path < a.path ? -1 : 1))
        .map((record) =>
          record.path.endsWith('ledger.tsv') ? { ...record, text: withSums(record.text, sums) } : record,
        ),
  };
}

/** The ledger with the sizes and checksums of the new files. */
function withSums(ledger: string, sums: ReadonlyMap<string, Sum>): string {
  const [header = '', ...rows] = ledger.split('\n');
  const names = header.split('\t');
  const [file, bytes, sha256] = ['path', 'bytes', 'sha256'].map((name) => names.indexOf(name));
  const changed = rows.map((row) => {
    const cells = row.split('\t');
    const sum = sums.get(cells[file ?? -1] ?? '');
    return cells
      .map((cell, index) =>
        sum && index === bytes ? String(sum.bytes) : sum && index === sha256 ? sum.sha256 : cell,
      )
      .join('\t');
  });
  return [header, ...changed].join('\n');
}
