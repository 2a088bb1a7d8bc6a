import type { Expression } from '../model/expression.ts';

/** The expressions that may match a text: it holds one of their literals. */
export type Likely = ReadonlySet<Expression>;

/** Tells which of many expressions may match a text, without trying them: most match nothing, but the first try takes long. */
export type Sieve = (text: string) => Likely;

/** So many characters are looked at as one number. */
const WINDOW = 4;

/** A sieve for these expressions. */
export function createSieve(expressions: readonly Expression[]): Sieve {
  const always = new Set<Expression>();
  const starts = new Map<number, { readonly literal: string; readonly expression: Expression }[]>();
  for (const expression of expressions)
    for (const literal of literalsOf(expression)) {
      const window = windowOf(literal);
      if (literal.length < WINDOW) always.add(expression);
      else starts.set(window, [...(starts.get(window) ?? []), { literal, expression }]);
    }
  return (text) => {
    const likely = new Set(always);
    const folded = text.toUpperCase();
    let window = 0;
    for (let end = 1; end <= folded.length; end++) {
      window = shifted(window, folded, end - 1);
      const begun = starts.get(window);
      if (!begun) continue;
      for (const { literal, expression } of begun)
        if (folded.startsWith(literal, end - WINDOW)) likely.add(expression);
    }
    return likely;
  };
}

/** In one case; one that is empty stands everywhere. */
function literalsOf({ literals }: Expression): readonly string[] {
  return literals.length === 0 ? [''] : literals.map(({ text }) => text.toUpperCase());
}

function windowOf(literal: string): number {
  let window = 0;
  for (let at = 0; at < WINDOW; at++) window = shifted(window, literal, at);
  return window;
}

/** The window that ends with a character; what is more than four characters before it is shifted out. */
function shifted(window: number, text: string, at: number): number {
  return (window << 8) ^ text.charCodeAt(at);
}
