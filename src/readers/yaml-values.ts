import { keyed } from '../model/objects/namespace.ts';
import { isKind, SHAPES } from '../model/objects.ts';

/** What stands before the first key of an object. */
const FIRST_KEY = /^(?!---|#)( *(?:- )?)\S/m;
const DATA = /^ *(?:- )?(?:data|binaryData|stringData):\s*$/;
/** In double and in single quotes. */
const QUOTED = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*'`;
/** A key as kubectl writes it, and what stands behind it on its line. */
const ENTRY = new RegExp(String.raw`^ *(${QUOTED}|[\w./-]+):(?: +(.*))?$`);
/** A value that is whole on its line, or is a block or a plain text that may go on, deeper, in those below. */
const CERTAIN = new RegExp(String.raw`^(?:${QUOTED}|[|>][\d+-]*|[^"'&*!#[{|>].*)?\s*$`);

/**
 * The YAML of one object without the values in its data where the model keeps only their keys: they are most of many
 * bundles, and to parse them takes longer than all else. Data that is not written as kubectl does it is given back as it is.
 */
export function withoutValues(text: string, kind: string | undefined): string {
  const known = kind?.replace(/List$/, '') ?? '';
  if (!isKind(known) || SHAPES[known] !== keyed) return text;
  const kept: string[] = [];
  /** How deep the keys of the object stand, and, while in its data, those there. */
  const top = FIRST_KEY.exec(text)?.[1]?.length ?? 0;
  let inData = false;
  let deep: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (inData && (line.trim() === '' || indent > (deep ?? indent))) continue;
    if (inData && indent > top) {
      deep ??= indent;
      const [, key, value = ''] = ENTRY.exec(line) ?? [];
      if (key === undefined || indent < deep || !CERTAIN.test(value)) return text;
      kept.push(`${' '.repeat(indent)}${key}: ''`);
      continue;
    }
    kept.push(line);
    inData = DATA.test(line) && /[^ -]/.exec(line)?.index === top;
    deep = undefined;
  }
  return kept.join('\n');
}
