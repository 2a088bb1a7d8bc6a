import type { Sink } from '../bundle/visitor.ts';
import { allowing, DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { timed } from '../model/timings.ts';
import { capture } from './json-capture.ts';
import { openNesting, QUOTE, skipNested, skipString } from './json-skip.ts';

/** What a list says of itself; filled in as it is read, so it is sure only once the list has ended. */
export type JsonList = {
  kind: string | undefined;
  apiVersion: string | undefined;
  /** Set when the server said that the list goes on elsewhere. */
  continue?: string | undefined;
};

/** Takes what stands in a JSON file, one item at a time. */
export type JsonTaker = {
  /**
   * An item of a list (path `items[3]` or `[3]`) or a whole document (the empty path), parsed.
   * `list` is the same object for all items of one list; the items of a `PodList` have no kind of their own.
   */
  item(value: unknown, path: string, list: JsonList | undefined): void;
  /** A list has ended; also told of one without items. */
  list(list: JsonList, items: number): void;
  /** An item, or with the empty path the file, that could not be read; what can be read goes on. */
  problem(path: string, message: string): void;
};

/** What one item may be. */
export type ItemLimits = Pick<Limits, 'object' | 'depth' | 'aliases'>;

/** What is said of an item that is refused for its size. */
export function tooLarge({ object }: ItemLimits): string {
  return `is larger than ${object} bytes and is not read ${allowing('object')}`;
}

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;

/** White space, and the bytes of a byte order mark. */
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Splits a JSON file into its items as its bytes come and parses one at a time, so that a list may be larger than
 * memory or a string. A document is a list when it is an array or has an array `items` (or `Items`, as old tools
 * print it). Several documents may follow one another; the paths of the second begin with `documents[1]`.
 */
export function jsonItems(taker: JsonTaker, limits: ItemLimits = DEFAULT_LIMITS): Sink {
  /** The document without the items of its list. */
  const frame = capture(limits.object);
  const element = capture(limits.object);
  let state: keyof typeof steps = 'between';
  let nesting = openNesting();
  let documents = 0;
  /** The deepest nesting of the document outside of its list. */
  let deepest = 0;
  let key = '';
  let list: JsonList | undefined;
  let listName = '';
  let index = 0;

  /** What each state does with the byte at `at`; returns where to go on. */
  const steps = {
    between(bytes: Buffer, at: number): number {
      const byte = bytes[at] ?? 0;
      if (BLANK.has(byte)) return at + 1;
      list = undefined;
      if (byte === OPEN_ARRAY) openList('');
      else if (byte === OPEN_OBJECT) {
        frame.begin(at);
        deepest = 1;
        state = 'fields';
      } else {
        taker.problem('', documents === 0 ? 'is not JSON' : 'what follows the JSON is not read');
        state = 'over';
      }
      return at + 1;
    },

    /** At the top of an object. */
    fields(bytes: Buffer, at: number): number {
      const byte = bytes[at];
      if (byte === QUOTE) {
        key = '';
        nesting = { ...openNesting(), inString: true };
        state = 'string';
      } else if (byte === CLOSE_OBJECT) closeDocument(frame.take(bytes, at + 1));
      else if (byte === COMMA) key = '';
      else if (byte === OPEN_ARRAY && !list && /^items"$/i.test(key)) {
        frame.pause(bytes, at + 1);
        openList(key.slice(0, -1));
        Object.assign(list ?? {}, headOf(parse(`${frame.text()}]}`)));
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        nesting = openNesting();
        state = 'field';
      }
      return at + 1;
    },

    string(bytes: Buffer, at: number): number {
      const end = skipString(bytes, at, nesting);
      if (key.length < 8) key += bytes.toString('latin1', at, Math.min(end, at + 8));
      if (!nesting.inString) state = 'fields';
      return end;
    },

    field(bytes: Buffer, at: number): number {
      const end = skipNested(bytes, at, nesting);
      deepest = Math.max(deepest, nesting.deepest + 1);
      if (nesting.depth === 0) state = 'fields';
      return end;
    },

    /** Between the items of a list. */
    list(bytes: Buffer, at: number): number {
      const byte = bytes[at] ?? 0;
      if (byte === CLOSE_ARRAY) closeList(at);
      else if (byte !== COMMA && !BLANK.has(byte)) {
        element.begin(at);
        nesting = openNesting();
        if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) state = 'element';
        else {
          nesting.inString = byte === QUOTE;
          state = 'scalar';
        }
      }
      return at + 1;
    },

    element(bytes: Buffer, at: number): number {
      const end = skipNested(bytes, at, nesting);
      if (nesting.depth === 0) closeElement(element.take(bytes, end));
      return end;
    },

    scalar(bytes: Buffer, at: number): number {
      if (nesting.inString) return skipString(bytes, at, nesting);
      if (bytes[at] !== COMMA && bytes[at] !== CLOSE_ARRAY) return at + 1;
      closeElement(element.take(bytes, at));
      return at;
    },

    over: (bytes: Buffer): number => bytes.length,
  };

  function pathOf(inside: string): string {
    if (documents === 0) return inside;
    return `documents[${documents}]${inside.startsWith('[') || inside === '' ? '' : '.'}${inside}`;
  }

  function openList(name: string) {
    list = { kind: undefined, apiVersion: undefined };
    listName = name;
    index = 0;
    state = 'list';
  }

  function closeList(at: number) {
    if (listName !== '') {
      frame.begin(at);
      state = 'fields';
      return;
    }
    if (list) taker.list(list, index);
    documents++;
    state = 'between';
  }

  function closeElement(text: string | undefined) {
    const path = pathOf(`${listName}[${index}]`);
    index++;
    state = 'list';
    const value = parsed(text, nesting.deepest, path);
    if (value !== undefined) taker.item(value, path, list);
  }

  function closeDocument(text: string | undefined) {
    const value = parsed(text, deepest, pathOf(''));
    const empty = list ?? emptyList(value);
    if (empty) {
      Object.assign(empty, headOf(value));
      taker.list(empty, list ? index : 0);
    } else if (value !== undefined) taker.item(value, pathOf(''), undefined);
    documents++;
    state = 'between';
  }

  function parsed(text: string | undefined, depth: number, path: string): unknown {
    if (text === undefined) return refuse(path, tooLarge(limits));
    if (depth > limits.depth)
      return refuse(path, `is nested deeper than ${limits.depth} and is not read ${allowing('depth')}`);
    const value = parse(text);
    return value === undefined ? refuse(path, 'is not valid JSON and is not read') : value;
  }

  function refuse(path: string, message: string): undefined {
    taker.problem(path, message);
  }

  function split(bytes: Buffer) {
    if (state === 'fields' || state === 'string' || state === 'field') frame.resume();
    else if (state === 'element' || state === 'scalar') element.resume();
    for (let at = 0; at < bytes.length; ) at = steps[state](bytes, at);
    frame.pause(bytes, bytes.length);
    element.pause(bytes, bytes.length);
  }

  return {
    chunk: (bytes) => timed('parse', () => split(bytes)),
    end(complete) {
      if (state === 'over' || (state === 'between' && documents > 0 && complete)) return;
      const inside = state === 'element' || state === 'scalar' ? `${listName}[${index}]` : '';
      if (state === 'between') taker.problem('', documents === 0 ? 'is empty' : 'is cut');
      else taker.problem(pathOf(inside), 'is cut here; what comes before is read');
    },
  };
}

/** The parsed text; nothing when it is not JSON. The parser's own words are not told, as they quote the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function headOf(value: unknown): JsonList {
  const { kind, apiVersion, metadata } = Object(value);
  const more: unknown = Object(metadata).continue;
  return {
    kind: typeof kind === 'string' ? kind : undefined,
    apiVersion: typeof apiVersion === 'string' ? apiVersion : undefined,
    ...(typeof more === 'string' && more !== '' ? { continue: more } : {}),
  };
}

/** Go prints a list without items as `"items": null`. */
function emptyList(value: unknown): JsonList | undefined {
  const head = headOf(value);
  return head.kind?.endsWith('List') && Object(value).items === null ? head : undefined;
}
