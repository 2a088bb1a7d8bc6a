import { RE2JS } from 're2js';
import { askedBy, type Expression } from '../model/expression.ts';

/** Compiles an expression that somebody else wrote: it runs in linear time, whatever text it meets. */
export function linearExpression(source: string): Expression {
  const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
  const names = Object.keys(compiled.namedGroups());
  return {
    ...askedBy(source),
    source,
    test: (text) => compiled.test(text),
    match(text) {
      // `test` is fast and `find` is slow: only texts that match are searched for groups.
      if (!compiled.test(text)) return undefined;
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      const groups: Record<string, string> = {};
      for (const name of names) {
        const value = matcher.group(name);
        if (typeof value === 'string') groups[name] = value;
      }
      return groups;
    },
    find(text) {
      const matcher = compiled.matcher(text);
      return compiled.test(text) && matcher.find() ? (matcher.group() ?? undefined) : undefined;
    },
  };
}
