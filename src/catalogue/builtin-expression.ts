import { type Asked, type Expression, expression } from '../model/expression.ts';
import { BUILTIN_ASKED } from './asked.generated.ts';

/** An expression of a class that ships with Casefile: what it asks of a text was found out when Casefile was built. */
export function builtinExpression(source: string): Expression {
  return expression(source, builtin().get(source));
}

let known: ReadonlyMap<string, Asked> | undefined;

function builtin(): ReadonlyMap<string, Asked> {
  // scripts/generate.mjs wrote it.
  known ??= new Map(JSON.parse(BUILTIN_ASKED) as readonly (readonly [string, Asked])[]);
  return known;
}
