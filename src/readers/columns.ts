/** A column of a text table: its name as printed and where it starts. */
type Column = { readonly name: string; readonly start: number };

/** Replaces tabs by the blanks that a terminal shows, so that columns of old kubectl versions line up. */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let shown = '';
  for (const part of text.split(/(\t)/)) shown += part === '\t' ? ' '.repeat(8 - (shown.length % 8)) : part;
  return shown;
}

/** The columns that a header line names; names are separated by two blanks or more. */
export function columnsOf(header: string): readonly Column[] {
  return [...header.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], start: match.index }));
}

/**
 * The cells of a line by column name. kubectl aligns the lines of a table, but begins anew after a cell of several
 * lines: where the line does not stand under its header, its cells are told by the blanks between them.
 */
export function cellsOf(line: string, columns: readonly Column[]): Readonly<Record<string, string>> {
  const texts = isAligned(line, columns) ? sliceCells(line, columns) : splitCells(line, columns.length);
  const cells: Record<string, string> = Object.create(null) as Record<string, string>;
  columns.forEach(({ name }, index) => {
    cells[name] = texts[index] ?? '';
  });
  return cells;
}

function isAligned(line: string, columns: readonly Column[]): boolean {
  return columns.every(({ start }) => start < 2 || line.slice(start - 2, start).trim() === '');
}

function sliceCells(line: string, columns: readonly Column[]): string[] {
  return columns.map(({ start }, index) => line.slice(start, columns[index + 1]?.start).trim());
}

function splitCells(line: string, count: number): string[] {
  const parts = line.trim().split(/ {2,}/);
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join('  ')];
}
