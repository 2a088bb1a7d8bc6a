/**
 * What is known of the texts that a piece of an expression matches. `exact`: these and no others. `required`: each of
 * them holds one of these. In both, a letter that may have either case stands as its mark.
 */
type Piece = { readonly exact?: readonly string[]; readonly required?: readonly string[] };

/** A text that a match must hold; of the letters at the places in `either`, which are small, the case does not matter. */
export type Literal = { readonly text: string; readonly either: readonly number[] };

const ANYTHING: Piece = {};
const NOTHING: Piece = { exact: [''] };
/** More alternatives than this are not worth looking for one by one. */
const MAX_STRINGS = 64;
/** Where the marks for letters of either case begin, among the characters that mean nothing. */
const MARKS = 0xe000;

/**
 * The literals of which every text that the expression matches holds at least one, so that texts without them need
 * not be tried; long and few, as far as its source gives such. Empty when it gives none.
 */
export function requiredLiterals(source: string): readonly Literal[] {
  const reader = { source, at: 0, anyCase: /\(\?[a-z]*i/.test(source) };
  const piece = alternatives(reader);
  if (reader.at < source.length) return [];
  return (better(piece.required, piece.exact) ?? []).map(withoutMarks);
}

type Reader = { readonly source: string; at: number; readonly anyCase: boolean };

function alternatives(reader: Reader): Piece {
  const branches = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    branches.push(sequence(reader));
  }
  return branches.length === 1 ? (branches[0] ?? ANYTHING) : anyOf(branches);
}

/** Letters, digits and spaces that no quantifier follows. */
const PLAIN = /[\w /:,-]+(?![*+?{\w /:,-])/y;

function sequence(reader: Reader): Piece {
  const pieces: Piece[] = [];
  for (;;) {
    const char = reader.source[reader.at];
    if (char === undefined || char === '|' || char === ')') return inSequence(pieces);
    const plain = reader.anyCase ? undefined : taken(reader, PLAIN)?.[0];
    pieces.push(plain ? { exact: [plain] } : repeated(reader, term(reader)));
  }
}

function term(reader: Reader): Piece {
  const char = next(reader);
  if (char === '(') return group(reader);
  if (char === '[') return characterClass(reader);
  if (char === '\\') return escaped(reader);
  if (char === '.') return ANYTHING;
  return char === '^' || char === '$' ? NOTHING : literal(char, reader);
}

function next(reader: Reader): string {
  const char = String.fromCodePoint(reader.source.codePointAt(reader.at) ?? 0);
  reader.at += char.length;
  return char;
}

/** Takes what a sticky pattern finds at the place at hand. */
function taken(reader: Reader, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.source) ?? undefined;
  if (found) reader.at += found[0].length;
  return found;
}

function group(reader: Reader): Piece {
  if (taken(reader, /\?[a-z-]+\)/y)) return NOTHING;
  const opening = taken(reader, /\?(?:<?[=!]|P?<\w+>|[a-z-]*:)/y)?.[0] ?? '';
  const inside = alternatives(reader);
  taken(reader, /\)/y);
  return /[=!]$/.test(opening) ? NOTHING : inside;
}

/** What stands between brackets, when it is a few characters. */
function characterClass(reader: Reader): Piece {
  const body = (taken(reader, /\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]/y)?.[0] ?? '').slice(0, -1);
  if (body.startsWith('^') || /\\[dswDSWpPbx0cu]|\[:|.-.|[^\0-\x7f]/.test(body)) return ANYTHING;
  const chars = [...new Set(body.replace(/\\(.)/g, (_, char: string) => CONTROLS[char] ?? char))];
  const pieces = chars.map((char) => (chars.includes(otherCase(char)) ? marked(char) : char));
  return chars.includes('\n') ? ANYTHING : anyOf(unique(pieces).map((char) => literal(char, reader)));
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

function escaped(reader: Reader): Piece {
  const code = taken(reader, /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})/y);
  if (code) return literal(String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '0', 16)), reader);
  if (taken(reader, /[xu]\{[^}]*\}/y)) return ANYTHING;
  if (taken(reader, /[bBAzZ]/y)) return NOTHING;
  if (taken(reader, /[dDwWsS]|[pP](?:\{[^}]*\}|\w)|k<\w+>|\d+|c[A-Za-z]|Q|E/y)) return ANYTHING;
  const char = next(reader);
  return literal(CONTROLS[char] ?? char, reader);
}

/** One character; a line feed stands in no line, and a quote has a backslash before it in a line of JSON: they tell nothing. */
function literal(char: string, { anyCase }: Reader): Piece {
  if (char === '\n' || char === '"') return ANYTHING;
  return { exact: [anyCase && otherCase(char) !== '' ? marked(char) : char] };
}

function otherCase(char: string): string {
  if (/[a-z]/.test(char)) return char.toUpperCase();
  return /[A-Z]/.test(char) ? char.toLowerCase() : '';
}

function marked(letter: string): string {
  return String.fromCharCode(MARKS + letter.toLowerCase().charCodeAt(0));
}

function withoutMarks(string: string): Literal {
  const either: number[] = [];
  const text = string.replace(/[\ue061-\ue07a]/g, (mark, place: number) => {
    either.push(place);
    return String.fromCharCode(mark.charCodeAt(0) - MARKS);
  });
  return { text, either };
}

/** The piece with the quantifier that may follow it. */
function repeated(reader: Reader, piece: Piece): Piece {
  const quantifier = taken(reader, /[*+?]|\{(\d+)(,?)(\d*)\}/y);
  if (!quantifier) return piece;
  taken(reader, /[?+]/y);
  const [sign, low, comma, high] = quantifier;
  const least = sign === '+' ? 1 : Number(low ?? 0);
  if (sign === '?' || (least === 0 && high === '1'))
    return piece.exact ? { exact: unique([...piece.exact, '']) } : ANYTHING;
  if (least === 0) return ANYTHING;
  const all = inSequence(Array<Piece>(Math.min(least, 8)).fill(piece));
  const fixed = low !== undefined && (comma === '' || low === high) && least <= 8;
  return fixed ? all : withRequired(better(all.required, all.exact));
}

function withRequired(required: readonly string[] | undefined): Piece {
  return required ? { required } : ANYTHING;
}

function anyOf(branches: readonly Piece[]): Piece {
  const exacts = branches.map(({ exact }) => exact);
  const union = exacts.every((exact) => exact !== undefined)
    ? unique(exacts.flatMap((exact) => exact ?? []))
    : [];
  if (union.length > 0 && union.length <= MAX_STRINGS) return { exact: union };
  const required = branches.map((branch) => better(branch.required, branch.exact));
  if (!required.every((strings) => strings !== undefined)) return ANYTHING;
  const all = unique(required.flatMap((strings) => strings ?? []));
  return all.length <= MAX_STRINGS ? { required: all } : ANYTHING;
}

function inSequence(pieces: readonly Piece[]): Piece {
  /** All texts since the last piece that was too much; what follows them all since the last piece of several. */
  let run: readonly string[] = [''];
  let single = '';
  let best: readonly string[] | undefined;
  let exact = true;
  for (const piece of pieces) {
    const [only, ...others] = piece.exact ?? [];
    if (only !== undefined && others.length === 0) {
      single += only;
      continue;
    }
    best = better(best, [single]);
    const before = followedBy(run, single);
    single = '';
    const joined = piece.exact && product(before, piece.exact);
    if (!joined) {
      exact = false;
      best = better(better(best, before), piece.required);
    }
    run = joined ?? piece.exact ?? [''];
  }
  const all = followedBy(run, single);
  best = better(better(best, [single]), all);
  return exact ? { exact: all, ...withRequired(best) } : withRequired(best);
}

function followedBy(starts: readonly string[], end: string): readonly string[] {
  return end === '' ? starts : starts.map((start) => start + end);
}

function product(before: readonly string[], after: readonly string[]): readonly string[] | undefined {
  if (before.length * after.length > MAX_STRINGS) return undefined;
  return unique(before.flatMap((start) => after.map((end) => start + end)));
}

function unique(strings: readonly string[]): readonly string[] {
  return [...new Set(strings)];
}

/** The better of two sets to look for: its shortest string is longer, or it has fewer. */
function better(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  return worth(b) > worth(a) ? b : a;
}

/** Strings of less than 5 characters stand everywhere; what is longer than 12 gains nothing more. */
function worth(strings: readonly string[] | undefined): number {
  if (!strings || strings.length === 0) return 0;
  const shortest = Math.min(...strings.map(({ length }) => length));
  return shortest < 5 ? shortest / 100 : Math.min(shortest, 12) - (strings.length - 1) / 8;
}
