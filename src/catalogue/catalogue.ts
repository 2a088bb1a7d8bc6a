import type { Catalogue, Class, CodeClassifier, Gate, Noise, TextClassifier } from '../classifier.ts';
import type { Expression } from '../model/expression.ts';
import { CODE_CLASSES, GROUPS, NOISE, TEXT_CLASSES } from './builtin.generated.ts';
import { builtinExpression } from './builtin-expression.ts';

/** How an expression is compiled. */
type Compile = (source: string) => Expression;

/** The classes that ship with Casefile; their files were checked by the tests. */
export function builtinCatalogue(): Catalogue {
  const text = Object.entries(TEXT_CLASSES).map(([id, file]) =>
    textClass(id, file as TextClassifier, builtinExpression),
  );
  const code = Object.entries(CODE_CLASSES).map(([id, classifier]) => codeClass(id, classifier));
  const { groups } = GROUPS as GroupsFile;
  return {
    classes: [...text, ...code]
      .map((known) => steppingBack(known, groups[known.group]?.yieldsTo ?? []))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    noise: (NOISE as readonly { why: string; in: Noise['in']; any: readonly string[] }[]).map(
      ({ why, in: places, any }) => ({
        why,
        in: places,
        any: any.map(builtinExpression),
      }),
    ),
    gates: gatesOf(GROUPS as GroupsFile),
  };
}

/** A YAML class with its expressions compiled. */
export function textClass(id: string, file: TextClassifier, compile: Compile): Class {
  return { ...file, id, by: 'text', group: groupOf(id), expressions: (file.detect.any ?? []).map(compile) };
}

function codeClass(id: string, classifier: CodeClassifier): Class {
  const expressions = (classifier.lines ?? []).map(builtinExpression);
  return { ...classifier, id, by: 'code', group: groupOf(id), expressions };
}

/** A class that also steps back for what its whole group steps back for. */
function steppingBack(known: Class, group: readonly string[]): Class {
  return group.length === 0 ? known : { ...known, yieldsTo: [...(known.yieldsTo ?? []), ...group] };
}

function groupOf(id: string): string {
  return id.replace(/\/.*/, '');
}

type GroupsFile = {
  readonly contexts: Readonly<Record<string, string>>;
  readonly groups: Readonly<
    Record<
      string,
      { readonly needs?: string; readonly never?: readonly string[]; readonly yieldsTo?: readonly string[] }
    >
  >;
};

function gatesOf({ contexts, groups }: GroupsFile): Map<string, Gate> {
  const compiled = new Map(
    Object.entries(contexts).map(([name, source]) => [name, builtinExpression(source)]),
  );
  return new Map(
    Object.entries(groups).map(([group, { needs, never = [] }]) => [
      group,
      {
        ...(needs ? { needs: builtinExpression(needs) } : {}),
        never: never.map((name) => compiled.get(name)).filter((context) => context !== undefined),
      },
    ]),
  );
}
