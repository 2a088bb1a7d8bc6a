/** The characters that one position of an expression takes, one bit each; bit 256 stands for all others. */
export type CharSet = bigint;

/** The parts of an expression that matter for how long it may run. */
export type Node =
  | { readonly is: 'char'; readonly set: CharSet }
  | { readonly is: 'sequence'; readonly parts: readonly Node[] }
  | { readonly is: 'choice'; readonly parts: readonly Node[] }
  | { readonly is: 'repeat'; readonly of: Node; readonly least: number; readonly most: number }
  /** Takes nothing: `^`, `$`, `\b`, a look around. */
  | { readonly is: 'assertion'; readonly anchors: boolean };

const ALL: CharSet = (1n << 257n) - 1n;
const only = (test: (code: number) => boolean): CharSet => {
  let set = 0n;
  for (let code = 0; code < 256; code++) if (test(code)) set |= 1n << BigInt(code);
  return set;
};
const matching = (expression: RegExp): CharSet => only((code) => expression.test(String.fromCharCode(code)));
const DIGIT = matching(/\d/);
const WORD = matching(/\w/);
const BLANK = matching(/\s/);
const ANY = ALL & ~matching(/\n/);
const ESCAPES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  w: WORD,
  s: BLANK,
  D: ALL & ~DIGIT,
  W: ALL & ~WORD,
  S: ALL & ~BLANK,
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', 0: '\0' };

function one(character: string): CharSet {
  const code = character.codePointAt(0) ?? 0;
  return 1n << BigInt(Math.min(code, 256));
}

/** Parses an expression as JavaScript writes it, or throws at what it does not know. */
export function parseExpression(source: string): Node {
  let at = 0;
  const peek = () => source[at] ?? '';
  const take = () => source[at++] ?? '';
  const takes = (text: string) => {
    if (!source.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };

  function choice(): Node {
    const parts = [sequence()];
    while (takes('|')) parts.push(sequence());
    return parts.length === 1 ? (parts[0] ?? { is: 'sequence', parts: [] }) : { is: 'choice', parts };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') parts.push(repeated(atom()));
    return { is: 'sequence', parts };
  }

  function repeated(of: Node): Node {
    const bounds = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(at));
    if (!bounds) return of;
    at += bounds[0].length;
    const sign = bounds[0][0];
    if (sign !== '{')
      return { is: 'repeat', of, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    const least = Number(bounds[1]);
    const most = bounds[2] === undefined ? least : bounds[3] ? Number(bounds[3]) : Infinity;
    return { is: 'repeat', of, least, most };
  }

  function atom(): Node {
    if (takes('(')) return group();
    const character = take();
    if (character === '[') return { is: 'char', set: charClass() };
    if (character === '.') return { is: 'char', set: ANY };
    if (character === '^' || character === '$') return { is: 'assertion', anchors: character === '^' };
    if (character === '\\') return backslash();
    return { is: 'char', set: one(character) };
  }

  function group(): Node {
    const looks = ['?=', '?!', '?<=', '?<!'].some(takes);
    if (!looks && !takes('?:')) at += /^\?<[A-Za-z_]\w*>/.exec(source.slice(at))?.[0].length ?? 0;
    const inner = choice();
    if (!takes(')')) throw new Error(`unclosed group at ${at} of ${source}`);
    return looks ? { is: 'assertion', anchors: false } : inner;
  }

  function backslash(): Node {
    if (peek() === 'b' || peek() === 'B') {
      at++;
      return { is: 'assertion', anchors: false };
    }
    return { is: 'char', set: escaped() };
  }

  function escaped(): CharSet {
    const letter = take();
    if (letter === 'u' || letter === 'x') {
      const digits = source.slice(at, at + (letter === 'u' ? 4 : 2));
      at += digits.length;
      return one(String.fromCharCode(Number.parseInt(digits, 16)));
    }
    if (/[1-9k]/.test(letter)) throw new Error(`a back reference at ${at} of ${source}`);
    return ESCAPES[letter] ?? one(CONTROLS[letter] ?? letter);
  }

  function charClass(): CharSet {
    const negated = takes('^');
    let set = 0n;
    while (peek() !== ']') {
      if (at >= source.length) throw new Error(`unclosed class in ${source}`);
      const from = takes('\\') ? escaped() : one(take());
      if (peek() === '-' && source[at + 1] !== ']' && (from & (from - 1n)) === 0n) {
        at++;
        const to = takes('\\') ? escaped() : one(take());
        for (let bit = from; bit <= to; bit <<= 1n) set |= bit;
      } else set |= from;
    }
    at++;
    return negated ? ALL & ~set : set;
  }

  const tree = choice();
  if (at < source.length) throw new Error(`what stands at ${at} of ${source}?`);
  return tree;
}
