import { type Asked, type Expression, expression } from '../model/expression.ts';
import { BUILTIN_ASKED } from './asked.generated.ts';

/** As scripts/generate.mjs writes it: a literal with the places where the case of its letters does not matter. */
type Written = {
  readonly literals: readonly (readonly [string, ...(readonly number[])])[];
  readonly digits: readonly string[];
};

/** An expression of a class that ships with Casefile: what it asks of a text was found out when Casefile was built. */
export function builtinExpression(source: string): Expression {
  const written = builtin().get(source);
  return written ? expression(source, toAsked(written)) : expression(source);
}

function toAsked({ literals, digits }: Written): Asked {
  return { literals: literals.map(([text, ...either]) => ({ text, either })), digits };
}

let known: ReadonlyMap<string, Written> | undefined;

function builtin(): ReadonlyMap<string, Written> {
  // The generator wrote it.
  known ??= new Map(JSON.parse(BUILTIN_ASKED) as readonly (readonly [string, Written])[]);
  return known;
}
