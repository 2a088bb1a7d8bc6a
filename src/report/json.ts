import type { Report } from '../model/report.ts';

/** Characters that JSON lets through and a terminal or a reader would not show as what they are. */
const HIDDEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The report itself; hidden characters are escaped, so that nothing is lost and nothing acts on a terminal. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2).replace(HIDDEN, escaped)}\n`;
}

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
