/** A compiled regular expression, whichever engine runs it. */
export type Expression = {
  /** As it was written, for messages and for finding its literals. */
  readonly source: string;
  test(text: string): boolean;
  /** The named groups of the first match, or nothing. */
  match(text: string): Readonly<Record<string, string>> | undefined;
  /** What the first match is, or nothing. */
  find(text: string): string | undefined;
};

const NO_GROUPS: Readonly<Record<string, string>> = {};

/** Compiles an expression of ours; those of a site's own rules run in a linear-time engine instead. */
export function expression(source: string): Expression {
  const compiled = new RegExp(source, 'm');
  return {
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
