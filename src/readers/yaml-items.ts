import { loadAll } from 'js-yaml';
import type { Sink } from '../bundle/visitor.ts';
import { allowing, DEFAULT_LIMITS } from '../model/limits.ts';
import { isRecord } from '../model/shape.ts';
import { type ItemLimits, type JsonList, type JsonTaker, tooLarge } from './json-items.ts';
import { LONGEST_LINE, lineSink } from './lines.ts';
import { withoutValues } from './yaml-values.ts';

/** Nobody writes more into one file; each costs a parser. */
const DOCUMENTS = 10_000;

/** Large parts of objects that nothing is read from: what stands under these keys is left out before parsing. */
const LEFT_OUT =
  /^(?:- )?(?:fieldsV1|openAPIV3Schema|kubectl\.kubernetes\.io\/last-applied-configuration):(?: *[|>][+-]?)?$/;

/** Which kind an item or document says it is of. */
type YamlHead = { readonly kind: string | undefined; readonly apiVersion: string | undefined };

/** Takes what stands in a YAML file; `wants` says beforehand whether something is worth parsing. */
export type YamlTaker = JsonTaker & { wants(head: YamlHead): boolean };

/**
 * Splits YAML at its documents and at the items of a list as the lines come, and parses one at a time with bounded
 * depth, aliases and size: nothing in a file can make it larger in memory than it is. A list is what has `items:` at
 * its left margin, as kubectl prints it, or begins with `- `.
 */
export function yamlItems(taker: YamlTaker, limits: ItemLimits = DEFAULT_LIMITS): Sink {
  let piece = openPiece(1);
  let head = '';
  let list: JsonList | undefined;
  let itemIndent = -1;
  let items = 0;
  let documents = 0;
  let leftOutBelow = -1;

  function pathOf(inside: string): string {
    if (documents === 0) return inside;
    return `documents[${documents}]${inside.startsWith('[') || inside === '' ? '' : '.'}${inside}`;
  }

  function closeItem() {
    const name = head === '' ? '' : 'items';
    if (piece.text !== '') take(piece, pathOf(`${name}[${items++}]`), true);
  }

  function closeDocument(next: number) {
    if (list) {
      if (itemIndent >= 0) closeItem();
      else head += piece.text;
      Object.assign(list, headOf(head));
      taker.list(list, items);
      documents++;
    } else if (piece.hasContent) {
      if (documents < DOCUMENTS) take(piece, pathOf(''), false);
      else if (documents === DOCUMENTS)
        taker.problem(pathOf(''), `more than ${DOCUMENTS} documents; the rest is not read`);
      documents++;
    }
    piece = openPiece(next);
    head = '';
    list = undefined;
    itemIndent = -1;
    items = 0;
  }

  function take({ text, size, line, isCut }: Piece, path: string, isItem: boolean) {
    if (isCut)
      return taker.problem(path, `has a line of more than ${LONGEST_LINE} characters and is not read`);
    if (size > limits.object) return taker.problem(path, tooLarge(limits));
    const said = isItem ? headOf(text.replace(/^( *)- /, '$1  '), itemIndent + 2) : headOf(text);
    const kind = said.kind ?? (isItem ? list?.kind : undefined);
    if (!taker.wants({ ...said, kind })) {
      return taker.item({ kind: said.kind, apiVersion: said.apiVersion }, path, list);
    }
    const value = parse(withoutValues(text, kind), limits);
    if ('problem' in value) return taker.problem(path, `${value.problem}, from line ${line}`);
    const [document] = value.documents;
    if (isItem) giveValue(Array.isArray(document) ? document[0] : undefined, path);
    else if (isRecord(document) && Array.isArray(document.items))
      takeShortList(document, document.items, path);
    else giveValue(document, path);
  }

  function giveValue(value: unknown, path: string) {
    if (value !== undefined && value !== null) taker.item(value, path, list);
  }

  /** A list that is written on one line, `items: []`. */
  function takeShortList(
    document: Readonly<Record<string, unknown>>,
    values: readonly unknown[],
    path: string,
  ) {
    const said = { kind: textOf(document.kind), apiVersion: textOf(document.apiVersion) };
    for (const [index, value] of values.entries())
      taker.item(value, `${path === '' ? '' : `${path}.`}items[${index}]`, said);
    taker.list(said, values.length);
  }

  function add(text: string) {
    piece.size += text.length + 1;
    piece.hasContent ||= /^\s*[^#\s]/.test(text);
    if (piece.size <= limits.object) piece.text += `${text}\n`;
    else piece.text = ' ';
  }

  function line(text: string, number: number, isCut: boolean) {
    const indent = text.length - text.trimStart().length;
    if (leftOutBelow >= 0 && (indent > leftOutBelow || text === '')) return;
    const key = text.startsWith('- ', indent) ? indent + 2 : indent;
    leftOutBelow = LEFT_OUT.test(text.trimStart()) ? key : -1;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) return closeDocument(number + 1);
    if (!list && (/^items:\s*$/.test(text) || (/^- /.test(text) && !piece.hasContent)))
      openList(text, number);
    else if (list && /^\S/.test(text) && !text.startsWith('- ') && !text.startsWith('#')) leaveItems(text);
    else if (list && startsItem(text, indent)) {
      if (itemIndent >= 0) closeItem();
      itemIndent = indent;
      piece = openPiece(number);
      add(text);
    } else add(text);
    piece.isCut ||= isCut;
  }

  function startsItem(text: string, indent: number) {
    return /^ *- /.test(text) && (itemIndent < 0 || indent === itemIndent);
  }

  function openList(text: string, number: number) {
    list = { kind: undefined, apiVersion: undefined };
    head = text.startsWith('items') ? `${piece.text}items: []\n` : '';
    if (head !== '') Object.assign(list, headOf(head));
    piece = openPiece(number);
    if (text.startsWith('- ')) {
      itemIndent = 0;
      add(text);
    }
  }

  /** Keys of the list that stand behind its items. */
  function leaveItems(text: string) {
    if (itemIndent >= 0) {
      closeItem();
      itemIndent = -1;
      head += `${text}\n`;
      piece = openPiece(0);
    } else add(text);
  }

  return lineSink({
    line,
    end(complete, last) {
      closeDocument(last);
      if (documents === 0) taker.problem('', 'is empty');
      else if (!complete) taker.problem('', 'is cut; what comes before is read');
    },
  });
}

type Piece = { text: string; size: number; hasContent: boolean; isCut: boolean; readonly line: number };

function openPiece(line: number): Piece {
  return { text: '', size: 0, hasContent: false, isCut: false, line };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The kind and version at the top of a text, without parsing it. */
function headOf(text: string, indent = 0): JsonList {
  const at = ' '.repeat(indent);
  const value = (key: string) => new RegExp(`^${at}${key}: *["']?([\\w./-]+)`, 'm').exec(text)?.[1];
  return { kind: value('kind'), apiVersion: value('apiVersion') };
}

/** The parser's own words quote the text, so only what it calls the mistake is told. */
function parse(
  text: string,
  { depth, aliases }: ItemLimits,
): { documents: readonly unknown[] } | { problem: string } {
  try {
    return { documents: loadAll(text, { maxDepth: depth, maxAliases: aliases, json: true }) };
  } catch (error) {
    const reason = error instanceof Error && 'reason' in error ? String(error.reason) : 'unknown';
    if (reason.includes('maxDepth'))
      return { problem: `is nested deeper than ${depth} and is not read ${allowing('depth')}` };
    if (reason.includes('maxAliases'))
      return { problem: `has more than ${aliases} aliases and is not read ${allowing('aliases')}` };
    return { problem: `is not YAML that is read here: ${reason.slice(0, 100)}` };
  }
}
