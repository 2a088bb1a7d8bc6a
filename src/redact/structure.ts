import { CORE_SCHEMA, dump, loadAll } from 'js-yaml';
import { redactArguments } from './commands.ts';
import { changedFields, type Fields, isFields } from './fields.ts';
import { isMark, type Marker } from './marks.ts';
import { type Hint, hintOf } from './names.ts';
import { redactPairs } from './pairs.ts';
import { redactText } from './text.ts';
import { isHarmless } from './values.ts';

/** No Kubernetes object is deeper; what is goes as a whole. */
const MOST_DEPTH = 100;

/** A parsed object, list or value with its secrets replaced; what holds none is given back as it is. */
export function redactValue(value: unknown, marker: Marker): unknown {
  return walk(value, '', marker, 0);
}

function walk(value: unknown, key: string, marker: Marker, depth: number): unknown {
  if (typeof value === 'string') return redactField(key, value, marker, depth);
  if (typeof value === 'number') return isPin(key, value) ? marker.mark('password', String(value)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MOST_DEPTH) return marker.drop('too-deep', '');
  if (Array.isArray(value)) return walkList(value, key, marker, depth);
  return walkFields(value as Fields, marker, depth);
}

/** A number under the name of a password: CRs and values files have them. */
function isPin(key: string, value: number): boolean {
  const hint = hintOf(key);
  return hint?.kind === 'password' && value >= 1000;
}

function walkList(list: readonly unknown[], key: string, marker: Marker, depth: number): unknown {
  const texts = list.every((item) => typeof item === 'string') ? (list as readonly string[]) : undefined;
  const redacted = texts
    ? redactArguments(texts, (text) => redactField(key, text, marker, depth), marker)
    : list.map((item) => walk(item, key, marker, depth + 1));
  return redacted.every((item, index) => item === list[index]) ? list : redacted;
}

function walkFields(fields: Fields, marker: Marker, depth: number, ofSecrets = false): unknown {
  const secret = ofSecrets || isSecret(fields);
  const named = nameOf(fields);
  return changedFields(fields, (value, key) => {
    if (secret && (key === 'data' || key === 'stringData')) return blank(value, marker);
    if (key === 'items' && fields.kind === 'SecretList' && Array.isArray(value))
      return value.map((item) => (isFields(item) ? walkFields(item, marker, depth + 1, true) : item));
    if (named !== undefined && /^values?$/i.test(key)) return walk(value, named, marker, depth + 1);
    if (key === 'annotations') return annotations(value, marker, depth);
    return walk(value, key, marker, depth + 1);
  });
}

/** A Secret, or an item of a list of Secrets, whose items carry no kind. */
function isSecret({ kind, type, data, stringData }: Fields): boolean {
  if (kind === 'Secret') return true;
  return kind === undefined && typeof type === 'string' && (isFields(data) || isFields(stringData));
}

/** The name in `{name, value}`: a variable, a header, a parameter. */
function nameOf(fields: Fields): string | undefined {
  const name = fields.name ?? fields.key ?? fields.Name ?? fields.Key;
  return typeof name === 'string' ? name : undefined;
}

/** Every value of a Secret goes; certificates, which are public, and sizes stay. */
function blank(value: unknown, marker: Marker): unknown {
  if (typeof value === 'string') {
    const plain = Buffer.from(value, 'base64').toString('latin1');
    const isPublic = plain.startsWith('-----BEGIN CERTIFICATE-----') && !plain.includes('PRIVATE');
    const isSize = /^\d+ bytes(?: long)?$/.test(value);
    return value === '' || isMark(value) || isPublic || isSize ? value : marker.mark('secret', value);
  }
  if (Array.isArray(value)) return value.map((item) => blank(item, marker));
  if (value === null || typeof value !== 'object')
    return value === null ? value : marker.mark('secret', String(value));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, blank(item, marker)]));
}

/** Tools keep copies of whole objects in annotations; large ones that nobody reads go without a look inside. */
function annotations(value: unknown, marker: Marker, depth: number): unknown {
  if (!isFields(value)) return walk(value, '', marker, depth + 1);
  const redacted = Object.entries(value).map(([key, text]): [string, unknown] => {
    const isCopy =
      typeof text === 'string' && /^\s*\{/.test(text) && /"(?:stringData|kind|apiVersion)"/.test(text);
    if (typeof text === 'string' && isCopy && !isMark(text)) return [key, marker.drop('object-copy', text)];
    return [key, walk(text, key, marker, depth + 1)];
  });
  return redacted.every(([key, text]) => text === value[key]) ? value : Object.fromEntries(redacted);
}

function redactField(key: string, text: string, marker: Marker, depth: number): string {
  const hint = hintOf(key);
  if (hint && isMark(text)) return text;
  if (hint?.kind === 'object-copy') return marker.drop('object-copy', text);
  if (hint && (hint.kind === 'authorization' || hint.kind === 'cookie'))
    return redactHeader(key, text, marker);
  if (hint && !isHarmless(text, hint, { quoted: true, assigned: !isNamed(hint) }))
    return marker.mark(hint.kind, text);
  return redactContent(text, marker, depth);
}

/** `secret: regcred`, `token: expired`: where the name alone does not prove a value. */
function isNamed({ kind }: Hint): boolean {
  return kind === 'secret' || kind === 'credentials';
}

function redactHeader(key: string, text: string, marker: Marker): string {
  const before = `${key}: `;
  const memory = { hint: undefined, waiting: false };
  const redacted = redactPairs(before + text, memory, marker);
  return redacted === before + text ? redactContent(text, marker, 0) : redacted.slice(before.length);
}

/** A string that may itself be a file: JSON inside JSON, a manifest, lines of a configuration, or one line. */
function redactContent(text: string, marker: Marker, depth: number): string {
  return redactJson(text, marker, depth) ?? redactUnparsed(text, marker, depth);
}

/** A text whose lines stay as many; a manifest of a Secret in it loses what stands under its data. */
export function redactLines(text: string, marker: Marker): string {
  return redactText(SECRET_MANIFEST.test(text) ? blankBlocks(text, marker) : text, marker);
}

const SECRET_MANIFEST = /\bkind["']?: *["']?Secret/;

/** A text that is no JSON, and perhaps a manifest of a Secret, perhaps a cut one. */
export function redactUnparsed(text: string, marker: Marker, depth = 0): string {
  if (!SECRET_MANIFEST.test(text)) return redactText(text, marker);
  return redactYaml(text, marker, depth) ?? redactText(blankBlocks(text, marker), marker);
}

/** JSON text with its secrets replaced, or nothing when it is no JSON. */
export function redactJson(text: string, marker: Marker, depth = 0): string | undefined {
  if (!/^\s*[{[]/.test(text) || depth > MOST_DEPTH) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const redacted = walk(value, '', marker, depth + 1);
  if (redacted === value) return text;
  const whole = () => JSON.stringify(redacted, undefined, /\n/.test(text) ? 4 : undefined);
  return withChanges(text, changesBetween(value, redacted), JSON.stringify) ?? whole();
}

/** A mark as a YAML scalar: without quotes it would be a list. */
const PLAIN_MARK = /((?:: |- ) {0,40})(\[(?:REDACTED|DROPPED)-[a-z0-9-]+\])(?= {0,40}\r?$)/gm;

/** YAML text with its secrets replaced, or nothing when it cannot be read. */
export function redactYaml(text: string, marker: Marker, depth = 0): string | undefined {
  let documents: unknown[];
  try {
    documents = loadAll(text, { schema: CORE_SCHEMA, maxDepth: MOST_DEPTH, maxAliases: 100 });
  } catch {
    return undefined;
  }
  const redacted = documents.map((document) => walk(document, '', marker, depth + 1));
  if (redacted.every((document, index) => document === documents[index])) return redactText(text, marker);
  const whole = () =>
    redacted.map((document) => dump(document, { lineWidth: -1, noRefs: true })).join('---\n');
  const changed = withChanges(text, changesBetween(documents, redacted), (value) => value);
  return redactText(changed?.replace(PLAIN_MARK, '$1"$2"') ?? whole(), marker);
}

type Changes = ReadonlyMap<string, string> | undefined;

/** The strings that were replaced; nothing when something else than strings was. */
function changesBetween(before: unknown, after: unknown): Changes {
  const changes = new Map<string, string>();
  return collect(before, after, changes) && changes.size <= 100 ? changes : undefined;
}

function collect(before: unknown, after: unknown, changes: Map<string, string>): boolean {
  if (before === after) return true;
  if (typeof before === 'string' && typeof after === 'string') {
    changes.set(before, after);
    return true;
  }
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return false;
  const [from, to] = [Object.entries(before), Object.entries(after)];
  return from.every(([, value], index) => collect(value, to[index]?.[1], changes));
}

/** Changes only what has to change, so that numbers, blanks and comments stay as they were written. */
function withChanges(text: string, changes: Changes, written: (value: string) => string): string | undefined {
  let result = text;
  for (const [from, to] of changes ?? []) {
    const raw = written(from);
    if (raw.length < 6 || !result.includes(raw)) return undefined;
    result = result.replaceAll(raw, () => written(to));
  }
  return changes && result;
}

/** A Secret that cannot be parsed, because it was cut: whatever stands under its `data` goes. */
function blankBlocks(text: string, marker: Marker): string {
  let block = -1;
  return text
    .split('\n')
    .map((line) => {
      const indent = line.search(/\S/);
      if (indent >= 0 && indent <= block) block = -1;
      if (block >= 0 && indent > block) return blankLine(line, indent, marker);
      if (/^\s*"?(?:data|stringData)"?:\s*\{?\s*$/.test(line)) block = indent;
      return line;
    })
    .join('\n');
}

function blankLine(line: string, indent: number, marker: Marker): string {
  const [, name = '', value = '', end = ''] = /^(\s*"?[\w.-]{1,253}"?:\s*"?)(.*?)("?,?\r?)$/.exec(line) ?? [];
  if (name === '')
    return /^\s*[}\]]/.test(line) ? line : line.slice(0, indent) + marker.mark('secret', line.trim());
  return value === '' || isMark(value) || /^[|>][+-]?$/.test(value)
    ? line
    : name + marker.mark('secret', value) + end;
}
