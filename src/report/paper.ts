import type { Severity } from '../model/severities.ts';
import { type Piece, type Step, toPieces } from './prose.ts';
import { wrap, wrapPieces } from './wrap.ts';

/** Columns before what is labelled. */
export const MARGIN = 11;

const CODES = { bold: 1, dim: 2, critical: 31, high: 33, medium: 35, low: 34, info: 2 } as const;
type Style = keyof typeof CODES;

/** How text is put on a terminal: columns, and whether it is coloured. */
export type Paper = { readonly width: number; readonly paint: (style: Style, text: string) => string };

/** Colour is put around text that is visible already, so that no text of a bundle can bring its own. */
export function toPaper(options: {
  readonly width?: number | undefined;
  readonly color?: boolean | undefined;
}): Paper {
  return {
    width: Math.max(60, options.width ?? 100),
    paint: options.color ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_, text) => text,
  };
}

/** Lines with a label before the first. */
export function labelled(label: string, lines: readonly string[], { paint }: Paper): string[] {
  return lines.map((line, row) => {
    const margin = row === 0 ? `  ${label}`.padEnd(MARGIN) : ' '.repeat(MARGIN);
    return `${row === 0 ? paint('dim', margin) : margin}${line}`;
  });
}

/** Text wrapped to stand behind a label. */
export function wrapTo(text: string, { width }: Paper): string[] {
  return wrap(text, width - MARGIN);
}

/** A title behind its severity. */
export function titleLines(severity: Severity, icon: string, title: string, paper: Paper): string[] {
  const [first = '', ...rest] = wrap(title, paper.width - severity.length - 3);
  const indent = ' '.repeat(severity.length + 3);
  return [
    `${paper.paint(severity, `${icon} ${severity}`)} ${paper.paint('bold', first)}`,
    ...rest.map((line) => indent + paper.paint('bold', line)),
  ];
}

/** Numbered steps, with what differs between distributions below them. */
export function steps(fix: readonly Step[], paper: Paper): string[] {
  return fix.flatMap(({ lead, variants }, index) => [
    ...pointed(`${index + 1}. `, lead, paper),
    ...variants.flatMap((variant) => pointed('   - ', variant, paper)),
  ]);
}

function pointed(point: string, pieces: readonly Piece[], { width }: Paper): string[] {
  const lines = wrapPieces(pieces, width - MARGIN - point.length);
  return lines.map((line, row) => (row === 0 ? point : ' '.repeat(point.length)) + line);
}

/** Prose wrapped to stand behind a label; commands stay whole. */
export function proseTo(prose: string, { width }: Paper): string[] {
  return wrapPieces(toPieces(prose), width - MARGIN);
}
