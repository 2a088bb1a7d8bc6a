import { type Report, reportSchema } from '../model/report.ts';

/** Characters that JSON lets through and a terminal or a reader would not show as what they are. */
const HIDDEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The report itself, its fields in the order of the schema, so that what was stored and read again is the same bytes.
 * Hidden characters are escaped: nothing is lost and nothing acts on a terminal.
 */
export function toJson(report: Report): string {
  const { data } = reportSchema.safeParse(report);
  return `${JSON.stringify(data ?? report, null, 2).replace(HIDDEN, escaped)}\n`;
}

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
