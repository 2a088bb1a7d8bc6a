import type { Piece } from './prose.ts';

/** Breaks prose into lines of at most `width` columns; a command is never broken, it may stand out instead. */
export function wrapPieces(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of toWords(pieces)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Breaks plain text into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  return wrapPieces([{ text, code: false, command: false }], width);
}

/** Words between white space; code stays whole, keeps its backticks and clings to what touches it. */
function toWords(pieces: readonly Piece[]): string[] {
  const words: string[] = [];
  let clings = false;
  for (const { text, code } of pieces)
    for (const [index, part] of (code ? [`\`${text}\``] : text.split(/\s+/)).entries()) {
      if (index > 0) clings = false;
      if (part === '') continue;
      if (clings) words.push(`${words.pop() ?? ''}${part}`);
      else words.push(part);
      clings = true;
    }
  return words;
}
