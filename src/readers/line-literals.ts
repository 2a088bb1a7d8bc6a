/**
 * What every match of a piece of an expression holds. `exact`: the piece matches these strings and no others.
 * `required`: every match holds at least one of these. ASCII letters are lower case in both.
 */
type Piece = { readonly exact?: readonly string[]; readonly required?: readonly string[] };

const ANYTHING: Piece = {};
const NOTHING: Piece = { exact: [''] };
/** More alternatives than this are not worth looking for one by one. */
const MAX_STRINGS = 64;

/**
 * The literals of which every line that the expression matches holds at least one, in lower case, so that lines
 * without them need not be tried; the longest and fewest that its source gives. Empty when it has none.
 */
export function requiredLiterals(source: string): readonly string[] {
  const reader = { source, at: 0 };
  const piece = alternatives(reader);
  if (reader.at < source.length) return [];
  return (better(piece.required, piece.exact) ?? []).filter((literal) => literal !== '');
}

type Reader = { readonly source: string; at: number };

function alternatives(reader: Reader): Piece {
  const branches = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    branches.push(sequence(reader));
  }
  return branches.length === 1 ? (branches[0] ?? ANYTHING) : anyOf(branches);
}

function sequence(reader: Reader): Piece {
  const pieces: Piece[] = [];
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source[reader.at] ?? ''))
    pieces.push(repeated(reader, term(reader)));
  return inSequence(pieces);
}

function term(reader: Reader): Piece {
  const char = next(reader);
  if (char === '(') return group(reader);
  if (char === '[') return characterClass(reader);
  if (char === '\\') return escaped(reader);
  if (char === '.') return ANYTHING;
  return char === '^' || char === '$' ? NOTHING : literal(char);
}

function next(reader: Reader): string {
  const char = String.fromCodePoint(reader.source.codePointAt(reader.at) ?? 0);
  reader.at += char.length;
  return char;
}

function taken(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern, 'y');
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.source);
  if (found) reader.at = sticky.lastIndex;
  return found ?? undefined;
}

function group(reader: Reader): Piece {
  if (taken(reader, /\?[a-z-]+\)/)) return NOTHING;
  const opening = taken(reader, /\?(?:<?[=!]|P?<\w+>|[a-z-]*:)/)?.[0] ?? '';
  const inside = alternatives(reader);
  taken(reader, /\)/);
  return /[=!]$/.test(opening) ? NOTHING : inside;
}

/** What stands between brackets, when it is a few characters. */
function characterClass(reader: Reader): Piece {
  const body = taken(reader, /\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]/)?.[0] ?? '';
  if (body.startsWith('^') || /\\[dswDSWpPbx0cu]|\[:|.-.|[^\0-\x7f]/.test(body.slice(0, -1))) return ANYTHING;
  const chars = new Set(
    body
      .slice(0, -1)
      .replace(/\\(.)/g, (_, char: string) => controls[char] ?? char)
      .toLowerCase(),
  );
  return chars.size <= 4 && !chars.has('\n') ? { exact: [...chars] } : ANYTHING;
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };

function escaped(reader: Reader): Piece {
  const code = taken(reader, /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})/);
  if (code) return literal(String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '0', 16)));
  if (taken(reader, /[xu]\{[^}]*\}/)) return ANYTHING;
  if (taken(reader, /[bBAzZ]/)) return NOTHING;
  if (taken(reader, /[dDwWsS]|[pP](?:\{[^}]*\}|\w)|k<\w+>|\d+|c[A-Za-z]|Q|E/)) return ANYTHING;
  const char = next(reader);
  return literal(controls[char] ?? char);
}

/** A line feed stands in no line, so it tells nothing. */
function literal(char: string): Piece {
  return char === '\n' ? ANYTHING : { exact: [char.replace(/[A-Z]/g, (c) => c.toLowerCase())] };
}

/** The piece with the quantifier that may follow it. */
function repeated(reader: Reader, piece: Piece): Piece {
  const quantifier = taken(reader, /[*+?]|\{(\d+)(,?)(\d*)\}/);
  if (!quantifier) return piece;
  taken(reader, /[?+]/);
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
  let run: readonly string[] = [''];
  let best: readonly string[] | undefined;
  let exact = true;
  for (const piece of pieces) {
    const joined = piece.exact && product(run, piece.exact);
    if (joined) {
      run = joined;
      continue;
    }
    exact = false;
    best = better(better(best, run), piece.required);
    run = piece.exact ?? [''];
  }
  return exact ? { exact: run } : withRequired(better(best, run));
}

function product(before: readonly string[], after: readonly string[]): readonly string[] | undefined {
  if (before.length * after.length > MAX_STRINGS) return undefined;
  return unique(before.flatMap((start) => after.map((end) => start + end)));
}

function unique(strings: readonly string[]): readonly string[] {
  return [...new Set(strings)];
}

/** The set whose shortest string is longer, then the one with fewer strings. */
function better(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  return worth(b) > worth(a) ? b : a;
}

function worth(strings: readonly string[] | undefined): number {
  if (!strings || strings.length === 0) return 0;
  const shortest = Math.min(...strings.map((string) => Buffer.byteLength(string)));
  return shortest === 0 ? 0 : Math.min(shortest, 12) - strings.length / 10;
}
