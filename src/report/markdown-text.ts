import type { Piece, Step } from './prose.ts';

const BREAK = '\u200b';

/**
 * Plain words for Markdown: nothing in them becomes mark-up, HTML, a link, an image, a mention or a reference to an
 * issue; what a ticket system would link by itself is broken by a zero-width space.
 */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>()|~&!$^]/g, '\\$&')
    .replace(/^(\s*)([-+=#])/, '$1\\$2')
    .replace(/^(\s*\d+)\./, '$1\\.')
    .replace(/@/g, `@${BREAK}`)
    .replace(/#(?=\w)/g, `#${BREAK}`)
    .replace(/\b(https?|ftp|mailto|www)(?=[:.])/gi, `$1${BREAK}`);
}

/** A name or a command as code: its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return text === '' ? '' : `${fence}${pad}${text}${pad}${fence}`;
}

/** Lines as a code block: its fence is longer than any run of backticks in them. */
export function block(text: string, indent = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, ...text.split('\n'), fence].map((line) => indent + line).join('\n');
}

/** Prose with its names and commands as code. */
export function prose(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.code ? code(piece.text) : plain(piece.text))).join('');
}

/** A numbered step, with what differs between distributions below it. */
export function stepLines({ lead, variants }: Step, index: number): string[] {
  return [`${index + 1}. ${prose(lead)}`, ...variants.map((variant) => `   - ${prose(variant)}`)];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
