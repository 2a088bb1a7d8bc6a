/** Stands in a text for a digit of a character class, and before one for the letter that is there in any case. */
export const ANY_DIGIT = '\ue000';
export const ANY_LETTER = '\ue001';

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
