import type { Expression } from '../model/expression.ts';
/** The expressions whose log lines are kept, by classifier. */
export type LineRules = readonly { classifier: string; expressions: readonly Expression[] }[];
/** First version: plain expressions, line by line; a byte automaton takes its place. */
export function compileLineRules(rules: LineRules): LineRules {
  return rules;
}
