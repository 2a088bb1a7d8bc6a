/** A piece of prose: plain words, a name in code type, or a command that can be pasted into a shell. */
export type Piece = { readonly text: string; readonly code: boolean; readonly command: boolean };

const COMMAND = /^(?:sudo )?[a-z][\w.-]* \S/;

/** Splits prose at its backticks. */
export function toPieces(prose: string): Piece[] {
  return prose
    .split('`')
    .map((text, index, all) => {
      const code = index % 2 === 1 && index < all.length - 1;
      return {
        text: index % 2 === 1 && !code ? `\`${text}` : text,
        code,
        command: code && COMMAND.test(text),
      };
    })
    .filter(({ text }) => text !== '');
}

/** The commands that prose holds. */
export function commandsIn(prose: string): string[] {
  return toPieces(prose)
    .filter(({ command }) => command)
    .map(({ text }) => text);
}

/** `1 pod`, `3 pods`, `no pods`. */
export function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  const plural = noun.replace(/([^aeiou])y$/, '$1ie').replace(/(s|x|ch)$/, '$1e');
  return `${number === 0 ? 'no' : groupDigits(number)} ${plural}s`;
}

/** `12,345`: the same in every locale. */
export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Text cut to a number of characters, an ellipsis in the place of what is gone. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A step of a fix: what holds for all, and what differs between distributions. */
export type Step = { readonly lead: readonly Piece[]; readonly variants: readonly (readonly Piece[])[] };

/** Splits a step into its lines. */
export function toStep(text: string): Step {
  const [lead = '', ...variants] = text.split('\n');
  return { lead: toPieces(lead), variants: variants.map(toPieces) };
}
