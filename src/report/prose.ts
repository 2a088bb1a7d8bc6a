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

/** A step of a fix: what holds for all, and what differs between distributions. */
export type Step = { readonly lead: readonly Piece[]; readonly variants: readonly (readonly Piece[])[] };

/** Splits a step into its lines. */
export function toStep(text: string): Step {
  const [lead = '', ...variants] = text.split('\n');
  return { lead: toPieces(lead), variants: variants.map(toPieces) };
}
