import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Catalogue, Class, TextClassifier } from '../classifier.ts';
import { UserError } from '../model/errors.ts';
import type { Expression } from '../model/expression.ts';
import type { Place } from '../model/signal.ts';
import { textClass } from './catalogue.ts';
import { linearExpression } from './linear-expression.ts';
import { textClassSchema } from './schema.ts';

/** Tells what makes an expression useless to those who look for it at these places; nothing when it is of use. */
type FlawOf = (expression: Expression, places: readonly Place[]) => string | undefined;

/**
 * Adds a site's own classes: every `*.yaml` below a folder, its id the path; one with the id of a built-in class replaces it.
 * Their expressions run in linear time. A file that does not fit the contract stops the run with its place and what is wrong.
 */
export function withRules(catalogue: Catalogue, folder: string, flawOf: FlawOf): Catalogue {
  const own = filesOf(folder).map((file) => readRule(folder, file, flawOf));
  if (own.length === 0) throw new UserError(`--rules ${folder}: no *.yaml file there`);
  const ids = new Set(own.map(({ id }) => id));
  return { ...catalogue, classes: [...catalogue.classes.filter(({ id }) => !ids.has(id)), ...own] };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  } catch (cause) {
    throw new UserError(`--rules ${folder}: cannot be read as a folder`, { cause });
  }
}

function readRule(folder: string, file: string, flawOf: FlawOf): Class {
  const place = path.join(folder, file);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(place, 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error)
    throw new UserError(`${place}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
  const refuse = (field: readonly PropertyKey[], why: string): never => {
    const node = document.getIn(field, true);
    const at =
      node && typeof node === 'object' && 'range' in node ? (node.range as readonly number[])[0] : undefined;
    const line = at === undefined ? 1 : lines.linePos(at).line;
    throw new UserError(`${place}:${line}: ${field.join('.')}: ${why}`);
  };
  const parsed = textClassSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(issue?.path ?? [], issue?.message ?? 'does not fit');
  }
  const id = file.replaceAll(path.sep, '/').replace(/\.yaml$/, '');
  // The schema holds the file to the contract; only readonly and absent-or-undefined differ.
  const rule = parsed.data as TextClassifier;
  for (const [index, source] of (rule.detect.any ?? []).entries()) {
    const flaw = flawIn(source, rule, flawOf);
    if (flaw) refuse(['detect', 'any', index], flaw);
  }
  return textClass(id, rule, linearExpression);
}

/** What is wrong with an expression, told before a bundle is opened. */
function flawIn(source: string, { detect }: TextClassifier, flawOf: FlawOf): string | undefined {
  try {
    return flawOf(linearExpression(source), detect.in);
  } catch (error) {
    // It is the site's text that is wrong, whatever the compiler says of it.
    return error instanceof Error ? error.message : String(error);
  }
}
