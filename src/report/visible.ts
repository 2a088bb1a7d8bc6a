import type { Report } from '../model/report.ts';

/** Control, format (bidirectional, zero-width, tags), lone surrogate, line separator and blank filler characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const HIDDEN_BUT_LAYOUT = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** Most texts have nothing to hide, which is told faster than it is mended. */
const PLAIN = /^[\x20-\x7e]*$/;

/** One line of text in which every character that a reader would not see stands as its number: `\x1b`, `\u202e`. */
export function visibleLine(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, numbered);
}

/** As `visibleLine`, but line feeds and tabs stay: for excerpts. */
export function visibleText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll('\r\n', '\n').replace(HIDDEN_BUT_LAYOUT, numbered);
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
}

/** Sentences of ours with names of theirs: white space is one space. */
const PROSE: ReadonlySet<string> = new Set([
  'title',
  'message',
  'cause',
  'fix',
  'tellApart',
  'verdict',
  'reason',
]);
/** What prose has to be looked at more closely for: white space that is not one space between words, or no plain text. */
const UNEVEN = /^ | $| {2}|[^\x20-\x7e]/;
const EXCERPTS: ReadonlySet<string> = new Set(['excerpt', 'match', 'before', 'after']);

/** The report with nothing hidden in any of its texts: the one gate that all formats for people go through. */
export function visibleReport(report: Report): Report {
  return visibleValue(report, '') as Report;
}

/** What has nothing to hide stays the same object: reports are large, and nearly all of each is plain. */
function visibleValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') return visibleString(value, key);
  if (isVisible(value, key)) return value;
  if (Array.isArray(value)) return value.map((item) => visibleValue(item, key));
  const fields = Object.entries(value ?? {});
  return Object.fromEntries(fields.map(([name, field]) => [visibleLine(name), visibleValue(field, name)]));
}

function isVisible(value: unknown, key: string): boolean {
  if (typeof value === 'string') return visibleString(value, key) === value;
  if (Array.isArray(value)) return value.every((item) => isVisible(item, key));
  if (typeof value !== 'object' || value === null) return true;
  for (const name in value)
    if (!PLAIN.test(name) || !isVisible(value[name as keyof typeof value], name)) return false;
  return true;
}

function visibleString(text: string, key: string): string {
  if (EXCERPTS.has(key)) return visibleText(text);
  // The lines of a step are ours; within each, as elsewhere in prose, white space is one space.
  if (key === 'fix' && text.includes('\n')) return text.split('\n').map(evened).join('\n');
  if (!PROSE.has(key)) return visibleLine(text);
  return evened(text);
}

function evened(text: string): string {
  return UNEVEN.test(text) ? visibleLine(text.trim().replace(/\s+/g, ' ')) : text;
}
