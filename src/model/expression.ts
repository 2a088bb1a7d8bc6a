import { digitTexts } from './digit-texts.ts';
import { type Literal, requiredLiterals } from './literals.ts';

/** What the source of an expression tells of the texts that it matches. */
export type Asked = {
  /** Every match holds one of these; none when the source gives none. */
  readonly literals: readonly Literal[];
  /** The texts by which it tells one digit from another. */
  readonly digits: readonly string[];
};

/** A regular expression, whichever engine runs it. */
export type Expression = Asked & {
  /** As it was written, for messages. */
  readonly source: string;
  test(text: string): boolean;
  /** The named groups of the first match, or nothing. */
  match(text: string): Readonly<Record<string, string>> | undefined;
  /** What the first match is, or nothing. */
  find(text: string): string | undefined;
};

/** Finds out what an expression asks of a text, which takes longer than to compile it. */
export function askedBy(source: string): Asked {
  return { literals: requiredLiterals(source), digits: digitTexts(source) };
}

const NO_GROUPS: Readonly<Record<string, string>> = {};

/** Compiles an expression of ours; those of a site's own rules run in a linear-time engine instead. */
export function expression(source: string, asked: Asked = askedBy(source)): Expression {
  const compiled = new RegExp(source, 'm');
  return {
    ...asked,
    source,
    test: (text) => compiled.test(text),
    match(text) {
      const found = compiled.exec(text);
      if (!found) return undefined;
      if (!found.groups) return NO_GROUPS;
      const groups: Record<string, string> = {};
      for (const [name, value] of Object.entries(found.groups)) if (value !== undefined) groups[name] = value;
      return groups;
    },
    find: (text) => compiled.exec(text)?.[0],
  };
}
