import { readFileSync } from 'node:fs';

/** A text with fresh secrets in it. */
type Canary = { readonly text: string; readonly secrets: readonly string[] };

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const BASE62 = DIGITS + LOWER + LOWER.toUpperCase();

/** Numbers that depend on the seed alone. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** The lines of a fixture without its comments. */
export function casesOf(file: string): readonly string[] {
  const path = new URL(`../fixtures/redaction/${file}`, import.meta.url);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '));
}

/** Line ends as a case writes them. */
export function withLineEnds(text: string): string {
  return text
    .replace(/(?<!\\)\\r/g, '\r')
    .replace(/(?<!\\)\\n/g, '\n')
    .replaceAll('\\\\n', '\\n');
}

/** Fills the placeholders of a case with values that nobody ever issued. */
export function plant(shape: string, seed: number): Canary {
  const random = randomFrom(seed);
  const secrets: string[] = [];
  const text = withLineEnds(shape).replace(/<<(\w+)(?::(\d+))?>>/g, (_, kind: string, length = '32') => {
    const value = freshValue(kind, Number(length), random);
    secrets.push(...value.split('\n'));
    return value;
  });
  return { text, secrets };
}

function freshValue(kind: string, length: number, random: (below: number) => number): string {
  const of = (alphabet: string, n: number) =>
    Array.from({ length: n }, () => alphabet[random(alphabet.length)]).join('');
  const base64 = (n: number) => Buffer.from(Array.from({ length: n }, () => random(256))).toString('base64');
  const values: Record<string, () => string> = {
    password: () => `Cn${of(BASE62, 12)}7`,
    hard: () =>
      `Cn${of(BASE62, 6)}${of('!#%^*-_+.?~;,|(){}<>$&=', 1)}${of(BASE62, 6)}${of('!#%^*_+.?~', 1)}${of(BASE62, 3)}`,
    base62: () => of(BASE62, length),
    base32: () => of(`${LOWER.toUpperCase()}234567`, length),
    base64: () => base64(length),
    hex: () => of('0123456789abcdef', length),
    digits: () => of(DIGITS, length),
    // A token of letters and digits always has both.
    lower: () => `${of(LOWER.slice(6), 1)}${of(LOWER + DIGITS, length - 2)}${of(DIGITS, 1)}`,
    uuid: () => [8, 4, 4, 4, 12].map((n) => of('0123456789abcdef', n)).join('-'),
    basic: () => Buffer.from(`cart:Cn${of(BASE62, 14)}`).toString('base64'),
    jwt: () =>
      [base64(40), base64(60), base64(64)].map((part, i) => (i < 2 ? 'eyJ' : '') + toUrl(part)).join('.'),
    pem: () => [base64(48), base64(48), base64(48)].join('\n'),
  };
  return values[kind]?.() ?? '';
}

function toUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What is left of a secret in a text: itself, in base64 at any alignment, escaped for JSON or a URL, or a piece of it. */
export function leaks({ secrets }: Canary, text: string): readonly string[] {
  const shown = text.replaceAll('\0', '');
  return secrets.flatMap((secret) =>
    formsOf(secret).flatMap((form) => piecesOf(form).filter((piece) => shown.includes(piece))),
  );
}

const PIECE = 6;

function formsOf(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((pad) =>
    Buffer.from('\0'.repeat(pad) + secret)
      .toString('base64')
      .slice(pad > 0 ? 4 : 0)
      .replace(/..=*$/, ''),
  );
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...encoded];
}

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE));
}
