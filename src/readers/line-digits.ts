/** Numbers stay that begin with the same so many digits, behind the same byte, as one that is asked for. */
const TOLD_BY = 3;
const VALUES = 10 ** TOLD_BY;
/** Stands in a text for a digit of a character class, and before one for the letter that is there in any case. */
const ANY_DIGIT = '\ue000';
const ANY_LETTER = '\ue001';

/** Takes the numbers out of lines that no expression asks for. */
export type DigitMask = {
  /** The line, one character a byte, with a zero for each digit that does not matter. */
  masked(line: string): string;
  /** A one at 1000 times a byte, and three digits: numbers that begin with these stay behind this byte. */
  readonly told: Uint8Array;
  /** Makes the test whether digits matter all the same to what asks for these texts, in a masked line. */
  test(texts: readonly string[]): (line: string) => boolean;
};

/** Numbers that no letter is before. */
const NUMBER = /(?<![A-Za-z0-9])[0-9]+/g;

/**
 * A mask for expressions that tell digits apart by these texts only. Digits behind a letter stay, as those of `x509`
 * and `tcp4`, and so do numbers that are asked for, as ` 137` or `:6443`.
 */
export function digitMask(texts: readonly string[]): DigitMask {
  const told = new Uint8Array(256 * VALUES);
  for (const text of texts) for (const number of toldNumbers(text)) told[number] = 1;

  function masked(line: string): string {
    return line.replace(NUMBER, (number, at: number) => {
      const isTold =
        at > 0 &&
        number.length >= TOLD_BY &&
        told[line.charCodeAt(at - 1) * VALUES + Number(number.slice(0, TOLD_BY))] === 1;
      return isTold ? number : '0'.repeat(number.length);
    });
  }

  const maskedText = (text: string) => masked(Buffer.from(text).toString('latin1')).toLowerCase();

  return {
    masked,
    told,
    test(asked) {
      const untold = asked
        .filter((text) => !isTold(text))
        .map((text) => maskedText(text.replaceAll(ANY_DIGIT, '0').replace(ANY_LETTER, '')));
      if (untold.length === 0) return () => false;
      return (line) => untold.some((text) => line.toLowerCase().includes(text));
    },
  };
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
