import { leadingMark, type Marker } from './marks.ts';
import { type Hint, hintOf } from './names.ts';
import { isExplained, isHarmless, looksRandom } from './values.ts';

/** What `name: DB_PASSWORD` said about the `value:` that follows, on the same line or a later one. */
export type PairMemory = { hint: Hint | undefined; waiting: boolean };

type Name = {
  readonly text: string;
  readonly delimiter: string;
  readonly start: number;
  readonly end: number;
};

type Value = {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** The first of a list, all of which the name is about. */
  readonly listed?: boolean;
};

/** A name with what follows it; every part is bounded, so that the time is linear in the line. */
const NAME =
  /(?<![A-Za-z0-9_$])([A-Za-z0-9_$][\w./$-]{0,99})(?:[\\"'\])]{0,16}[ \t]{0,64}(?:=>|:=|==?|:|\\u003e|>|,[ ]{0,4}\\{0,8}["'])|(?:%22|%27|&quot;|&#34;){0,1}(?:%3[aAdD]|:)(?=%22|%27|&quot;|&#34;|[^ \t:=])|[ \t]{1,64})/g;

/** A pair that has its line for itself: in .properties, YAML, a list of variables, a describe text. */
const ALONE = /^(?:[ \t]|- |export |declare -x |\+ |set |ENV |#)*["']?$/;
const STAMPED = /^\d{4}-\d\d-\d\dT\S{1,40} (?:std(?:out|err) [FP] )?(?:export |\+ )?$/;
const OPENING = /[ \t]*(?:\[(?!(?:REDACTED|DROPPED)-))?(?:%22|%27|&quot;|&#34;)?\\*["']?/y;
const ENCODED_END = /%22|%27|%26|%2[cC]|&quot;|&#34;|&amp;|\\u00(?:26|3c|3e|1b)|\\[nrt]/;
const NEXT_PAIR = /[;&,][A-Za-z_][\w.%-]*=/;
const NEXT_FIELD = /[;,][A-Za-z_][\w.-]*:/;

/** Replaces the values of telling names: `name=value`, `"name": "value"`, `--name value`, at any depth of quoting. */
export function redactPairs(text: string, memory: PairMemory, marker: Marker): string {
  let done = '';
  let copied = 0;
  for (let name = nameFrom(text, 0); name; ) {
    const hint = hintAt(text, name, memory);
    let end = name.end;
    for (let value = hint && secretAt(text, name, hint); hint && value; value = nextInList(text, value)) {
      done += text.slice(copied, value.start) + marker.mark(hint.kind, text.slice(value.start, value.end));
      copied = end = value.end;
    }
    name = nameFrom(text, end);
  }
  return copied === 0 ? text : done + text.slice(copied);
}

/** The next of `["…", "…"]`. */
function nextInList(text: string, { end, listed }: Value): Value | undefined {
  const between = listed
    ? /^\\{0,8}["'][ \t]{0,8},[ \t]{0,8}(\\{0,8})(["'])/.exec(text.slice(end, end + 40))
    : null;
  if (!between) return undefined;
  const start = end + between[0].length;
  const escapes = (between[1] ?? '').length;
  return { start, end: closingQuote(text, start, between[2] ?? '"', escapes), quoted: true, listed: true };
}

function nameFrom(text: string, from: number): Name | undefined {
  NAME.lastIndex = from;
  const found = NAME.exec(text);
  if (!found) return undefined;
  const [whole, name = ''] = found;
  return {
    text: name,
    delimiter: whole.slice(name.length),
    start: found.index,
    end: found.index + whole.length,
  };
}

/** The hint of a name that introduces a value here, by its delimiter and what stands before it. */
function hintAt(text: string, name: Name, memory: PairMemory): Hint | undefined {
  const delimiter = name.delimiter.trim();
  if (text[name.start - 1] === '/' && /^["'\s]/.test(name.delimiter)) return undefined;
  if (delimiter === '') return isFlag(text, name) ? hintOf(name.text) : spokenHint(text, name);
  if (delimiter.includes(','))
    return isFlag(text, name) || isTuple(text, name) ? hintOf(name.text) : undefined;
  if (/(?:^|[^=])>$|\\u003e$/.test(delimiter) && !opensTag(text, name)) return undefined;
  const rest = text.slice(name.end, name.end + 2);
  if (rest === '//' && delimiter.endsWith(':')) return undefined;
  if (isTight(delimiter, rest) && name.text.includes('/')) return hintOf(name.text.replace(/^.*\//, ''));
  if (/^(?:name|key|Name|Key)$/.test(name.text)) remember(text, name, memory);
  if (/^(?:value|Value)$/.test(name.text) && memory.waiting) return recall(memory);
  if (name.text === 'valueFrom') memory.waiting = false;
  if (/^(?:old)?pwd$/i.test(name.text) && /^["']?[/~]/.test(rest)) return undefined;
  return hintOf(name.text);
}

/** `--password`, at the beginning of a word. */
function isFlag(text: string, { start }: Name): boolean {
  return text[start - 1] === '-' && /(?:^|[ \t"'[(,=])--?$/.test(text.slice(Math.max(0, start - 3), start));
}

/** `<password>` with its `</password>`; alone it is a placeholder. */
function opensTag(text: string, { start, end }: Name): boolean {
  if (!/(?:<|\\u003c)$/.test(text.slice(Math.max(0, start - 6), start))) return false;
  return /<\/|\\u003c\//.test(text.slice(end, end + 4096));
}

/** `password 'hunter2'`, as in SQL and configuration files; `secret "db" not found` is no such thing. */
function spokenHint(text: string, { text: name, end }: Name): Hint | undefined {
  if (!/^(?:password|passwd|passphrase|requirepass|masterauth|bindpw|rootbindpw)$/i.test(name))
    return undefined;
  const bare = /^(?:requirepass|masterauth|bindpw|rootbindpw)$/i.test(name);
  return bare || /^\\*["'][^"' ]{3}/.test(text.slice(end, end + 12)) ? hintOf(name) : undefined;
}

/** `('password', 'hunter2')` */
function isTuple(text: string, { start }: Name): boolean {
  return /\(\\*["']$/.test(text.slice(Math.max(0, start - 4), start));
}

/** `a/b:c`, where a colon is no delimiter of a mapping. */
function isTight(delimiter: string, rest: string): boolean {
  return delimiter === ':' && /^[^ \t["'\\]/.test(rest);
}

function remember(text: string, { end }: Name, memory: PairMemory): void {
  const said = /^[ \t\\"']{0,8}([\w.-]{1,128})/.exec(text.slice(end, end + 140))?.[1];
  memory.hint = said === undefined ? undefined : hintOf(said);
  memory.waiting = said !== undefined;
}

function recall(memory: PairMemory): Hint | undefined {
  memory.waiting = false;
  return memory.hint;
}

/** The secret part of the value behind a name, or nothing when it may stay. */
function secretAt(text: string, name: Name, hint: Hint): Value | undefined {
  const value = valueAt(text, name, hint);
  if (hint.kind === 'authorization') return credentialIn(text, value);
  const { start, end, quoted } = value;
  const before = text[name.start - 1] ?? '';
  const assigned = name.delimiter.includes('=') || before === '-' || before === '<';
  if (!quoted && isExplained(text.slice(start, start + 32))) return undefined;
  if (isHarmless(text.slice(start, end), hint, { quoted, assigned })) return undefined;
  return value;
}

function valueAt(text: string, name: Name, hint: Hint): Value {
  const tupleQuote = name.delimiter.includes(',') ? /\\*["']$/.exec(name.delimiter)?.[0] : undefined;
  OPENING.lastIndex = name.end;
  const opening = tupleQuote ?? OPENING.exec(text)?.[0] ?? '';
  const start = tupleQuote ? name.end : name.end + opening.length;
  const quote = opening.at(-1);
  if (quote === '"' || quote === "'") {
    const escapes = /\\*.$/.exec(opening)?.[0].length ?? 1;
    return {
      start,
      end: closingQuote(text, start, quote, escapes - 1),
      quoted: true,
      listed: opening.includes('['),
    };
  }
  const from = start - (/\\+$/.exec(opening)?.[0].length ?? 0);
  return { start: from, end: bareEnd(text, from, name, hint), quoted: false };
}

/** Where a quoted value ends: at the quote that has as few backslashes before it as the opening one. */
function closingQuote(text: string, start: number, quote: string, escapes: number): number {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= start && text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % (2 * (escapes + 1)) <= escapes) return at - Math.min(slashes, escapes);
  }
  return text.length;
}

/** Where a value without quotes ends. */
function bareEnd(text: string, start: number, name: Name, hint: Hint): number {
  const line = text.slice(start, text.endsWith('\r') ? -1 : undefined);
  if (opensTag(text, name)) return start + until(line, /<\/|\\u003c\//);
  if (hint.kind === 'cookie') return start + until(line, /["'`]/);
  if (hint.kind === 'authorization')
    return (
      start + (WHOLE_REST.test(line) ? Math.min(line.length, 8192) : until(line.slice(0, 8192), /["'`]/))
    );
  if (standsAlone(text.slice(0, name.start), line, name)) return start + line.trimEnd().length;
  let rest = line.slice(0, until(line, /[ \t]/));
  rest = rest.slice(0, outerQuote(text.slice(Math.max(0, name.start - 2048), name.start), rest));
  rest = rest.slice(0, until(rest, ENCODED_END)).replace(/\\+$/, '');
  rest = rest.slice(0, until(rest, NEXT_PAIR));
  if (!name.delimiter.includes('=')) rest = rest.slice(0, until(rest, NEXT_FIELD));
  const mark = leadingMark(rest);
  if (mark !== '' && /^[\])},;:>"']*$/.test(rest.slice(mark.length))) return start + mark.length;
  return start + withoutClosers(rest).length;
}

const CLOSERS: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '>': '<',
  ',': '',
  ';': '',
  ':': '',
};

/** A value at the end of a list or map: what closes those is not part of it. */
function withoutClosers(value: string): string {
  let end = value.length;
  while (end > value.length - 3) {
    const opener = CLOSERS[value[end - 1] ?? ''];
    if (opener === undefined || (opener !== '' && value.slice(0, end - 1).includes(opener))) break;
    end--;
  }
  return value.slice(0, end);
}

function standsAlone(before: string, rest: string, { delimiter, text }: Name): boolean {
  const assigned = delimiter.includes('=');
  if (/[ \t]/.test(delimiter) && !/[:=]/.test(delimiter)) return false;
  const stamped = assigned && /^[A-Z0-9_]+$/.test(text) && STAMPED.test(before);
  if (!stamped && !ALONE.test(before)) return false;
  if (/["'`]/.test(rest) && /^[^"'`]*\s/.test(rest)) return false;
  return !assigned || !/[ \t][A-Za-z_][\w.-]*[=:]/.test(rest);
}

/** The first quote that closes one opened before the pair; any other quote belongs to the value. */
function outerQuote(before: string, rest: string): number {
  let end = rest.length;
  for (const quote of ['"', "'", '`']) {
    const at = rest.indexOf(quote);
    if (at >= 0 && at < end && before.includes(quote)) end = at;
  }
  return end;
}

function until(text: string, end: RegExp): number {
  const at = text.search(end);
  return at < 0 ? text.length : at;
}

const WHOLE_REST = /^(?:Digest|AWS4-HMAC-SHA256|AWS|Signature|Hawk|OAuth)[ \t]/i;
const SCHEME =
  /^(?:Bearer|Basic|Negotiate|NTLM|Token|ApiKey|Api-Key|Splunk|GenieKey|SSWS|PRIVATE-TOKEN|Key|JWT)[ \t]+/i;

/** The credential in an Authorization header: its scheme may stay. */
function credentialIn(text: string, { start, end, quoted }: Value): Value | undefined {
  const said = text.slice(start, end);
  if (WHOLE_REST.test(said)) return { start: start + said.search(/[ \t]/) + 1, end, quoted };
  const scheme = SCHEME.exec(said)?.[0] ?? /^[A-Za-z][\w-]*[ \t]+/.exec(said)?.[0] ?? '';
  const from = start + scheme.length;
  const credential = /^[^ \t"'`\\,;]+/.exec(text.slice(from, end))?.[0].replace(/[\])}]+$/, '') ?? '';
  const known = SCHEME.test(said) ? credential.length >= 6 : looksRandom(credential);
  const value = { start: from, end: from + credential.length, quoted };
  return known && !credential.startsWith('[REDACTED') && !/^realm=/.test(credential) ? value : undefined;
}
