const ZERO = 0x30;
/** What a byte is to a number beside it. */
const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (/[0-9]/.test(char)) return DIGIT;
  return /[A-Za-z]/.test(char) ? LETTER : OTHER;
});
/** Numbers stay that begin with the same so many digits, behind the same byte, as one that is asked for. */
const TOLD_BY = 3;
const VALUES = 10 ** TOLD_BY;
/** Stands in a text for a digit of a character class, and before one for the letter that is there in any case. */
const ANY_DIGIT = '\ue000';
const ANY_LETTER = '\ue001';

/** Takes the numbers out of lines that no expression asks for. */
export type DigitMask = {
  /** Writes bytes[from, to) to `out` with a zero for each digit that does not matter, and gives a hash of that. */
  mask(bytes: Uint8Array, from: number, to: number, out: Uint8Array): number;
  /** Makes the test whether digits matter all the same to what asks for these texts, in a masked line, one character a byte. */
  test(texts: readonly string[]): (line: string) => boolean;
};

/**
 * A mask for expressions that tell digits apart by these texts only. Digits behind a letter stay, as those of `x509`
 * and `tcp4`, and so do numbers that are asked for, as ` 137` or `:6443`.
 */
export function digitMask(texts: readonly string[]): DigitMask {
  const stays = new Uint8Array(256 * VALUES);
  for (const text of texts) for (const number of toldNumbers(text)) stays[number] = 1;

  function mask(bytes: Uint8Array, from: number, to: number, out: Uint8Array): number {
    let hash = 0;
    /** Digits of the number at hand, and their value. */
    let count = 0;
    let value = 0;
    let staying = false;
    for (let at = from; at < to; at++) {
      let byte = bytes[at] as number;
      const kind = KINDS[byte] as number;
      if (kind !== DIGIT) {
        staying = kind === LETTER;
        count = value = 0;
      } else if (!staying) {
        count++;
        if (count <= TOLD_BY) value = value * 10 + byte - ZERO;
        staying = count === TOLD_BY && at - from >= TOLD_BY && stays[before(bytes, at) + value] === 1;
        if (staying) hash ^= putBack(bytes, at, out, at - from);
        else byte = ZERO;
      }
      out[at - from] = byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return hash;
  }

  function masked(text: string): string {
    const bytes = Buffer.from(text);
    mask(bytes, 0, bytes.length, bytes);
    return bytes.toString('latin1').toLowerCase();
  }

  return {
    mask,
    test(asked) {
      const untold = asked
        .filter((text) => !isTold(text))
        .map((text) => masked(text.replaceAll(ANY_DIGIT, '0').replace(ANY_LETTER, '')));
      if (untold.length === 0) return () => false;
      return (line) => untold.some((text) => line.toLowerCase().includes(text));
    },
  };
}

/** Where in the table the numbers begin that stand behind the byte before the number that is told by the digit at `at`. */
function before(bytes: Uint8Array, at: number): number {
  return (bytes[at - TOLD_BY] as number) * VALUES;
}

/** Writes again the digits before the last one that tells a number; returns something of them to be hashed. */
function putBack(bytes: Uint8Array, at: number, out: Uint8Array, to: number): number {
  let all = 0;
  for (let i = TOLD_BY - 1; i > 0; i--) {
    out[to - i] = bytes[at - i] as number;
    all = all * 256 + (bytes[at - i] as number);
  }
  return all;
}

/** Numbers in a text that begin behind another character than a letter; only so much of them is certain. */
const NUMBERS = /(?<=[^A-Za-z0-9\ue000\ue001])[0-9\ue000]+/g;
const ALL_NUMBERS = /(?<![A-Za-z0-9\ue000\ue001])[0-9\ue000]+/g;

/** The beginnings of the numbers that a text asks for, each with the byte before it. */
function toldNumbers(text: string): readonly number[] {
  return [...text.matchAll(NUMBERS)].flatMap(({ 0: number, index }) => {
    if (number.length < TOLD_BY) return [];
    const behind = Buffer.from(text.slice(0, index)).at(-1) ?? 0;
    return variants(number.slice(0, TOLD_BY)).map((value) => behind * VALUES + Number(value));
  });
}

function variants(number: string): readonly string[] {
  if (!number.includes(ANY_DIGIT)) return [number];
  return Array.from('0123456789').flatMap((digit) => variants(number.replace(ANY_DIGIT, digit)));
}

/** Whether the mask keeps every number that a text asks for. */
function isTold(text: string): boolean {
  const told = [...text.matchAll(NUMBERS)].filter(([number]) => number.length >= TOLD_BY);
  return text !== '' && told.length === [...text.matchAll(ALL_NUMBERS)].length;
}

const TOKEN =
  /\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!]|P?<\w+>|[a-z-]*[:)])|(?:[*+?]|\{\d+,?\d*\})[?+]?|[\s\S]/gu;
const QUANTIFIER = /^(?:[*+?]|\{\d+,?\d*\})[?+]?$/;
/** Tokens that take all digits alike, or none. */
const ALIKE = /^(?:\\[dDwWsSbBnrtfv]|[.^$|()]|\(\?.*)$/s;
/** Escapes that may stand for any character, or for what was matched before. */
const UNKNOWN = /(?<!\\)(?:\\\\)*\\(?![dDwWsSbBnrtfv])[A-Za-z0-9]/;

/** A group of words, one of which is there in any case. */
const WORDS = /(?<!\\)\(\?:(?:[^()[\]\\|]*[A-Za-z]\|)*[^()[\]\\|]*[A-Za-z]\)(?![*+?{])/g;

/** The texts by which an expression tells one digit from another, as `:53:`; one that is empty stands everywhere. */
export function digitTexts(source: string): readonly string[] {
  if (UNKNOWN.test(source)) return [''];
  const texts = new Set<string>();
  let run = '';
  const close = (last: string) => {
    if (/[0-9\ue000]/.test(run + last)) texts.add(run + last);
    run = '';
  };
  for (const [token] of source.replace(WORDS, `$&${ANY_LETTER}`).matchAll(TOKEN)) {
    // What is repeated or may be missing, and what may be no digit, has nothing for certain before what follows.
    if (QUANTIFIER.test(token) || ALIKE.test(token)) close('');
    else if (/^\[[\s\S]+\]$/.test(token)) close(tellsDigits(token) ? ANY_DIGIT : '');
    else run += token.startsWith('\\') ? token.slice(1) : token;
  }
  close('');
  return [...texts];
}

function tellsDigits(characterClass: string): boolean {
  return /\d/.test(characterClass.replace(/0-9/g, ''));
}
