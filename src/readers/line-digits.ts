import { ANY_DIGIT, ANY_LETTER } from '../model/digit-texts.ts';

/** Numbers stay that begin with the same so many digits, behind the same byte, as one that is asked for. */
const TOLD_BY = 3;
const VALUES = 10 ** TOLD_BY;

/** Takes the numbers out of lines that no expression asks for. */
export type DigitMask = {
  /** The line, one character a byte, with a zero for each digit that does not matter. */
  masked(line: string): string;
  /** A one at 1000 times a byte, and three digits: numbers that begin with these stay behind this byte. */
  readonly told: Uint8Array;
  /** Makes the test whether digits matter all the same to what asks for these texts, in a masked line in small letters. */
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
      const distinct = [...new Set(untold)];
      return (line) => distinct.some((text) => line.includes(text));
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
