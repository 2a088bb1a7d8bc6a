import { digitTexts } from './line-digits.ts';
import { type Literal, requiredLiterals } from './line-literals.ts';
import { BUILTIN_TEXTS } from './line-texts.generated.ts';

/** The texts of which every match of an expression holds one, and those by which it tells digits apart. */
export type LineTexts = { readonly literals: readonly Literal[]; readonly digits: readonly string[] };

/** As scripts/generate.mjs writes them: a literal with the places where the case of its letters does not matter. */
type Written = {
  readonly literals: readonly (readonly [string, ...(readonly number[])])[];
  readonly digits: readonly string[];
};

/** What an expression asks of a line. To find it out takes long: of the built-in ones it was, when Casefile was built. */
export function lineTexts(source: string): LineTexts {
  const written = builtin().get(source);
  if (!written) return { literals: requiredLiterals(source), digits: digitTexts(source) };
  const literals = written.literals.map(([text, ...either]) => ({ text, either: new Set(either) }));
  return { literals, digits: written.digits };
}

let known: ReadonlyMap<string, Written> | undefined;

function builtin(): ReadonlyMap<string, Written> {
  // The generator wrote it.
  known ??= new Map(JSON.parse(BUILTIN_TEXTS) as readonly (readonly [string, Written])[]);
  return known;
}
