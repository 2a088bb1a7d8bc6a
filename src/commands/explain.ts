import { builtinCatalogue } from '../catalogue/catalogue.ts';
import { UserError } from '../model/errors.ts';
import { mostSimilar } from '../model/similar.ts';
import { toManualText } from '../report/manual.ts';
import { toManualPage } from '../report/manual-page.ts';

/** `casefile explain`: the manual page of one class of failure, for a terminal or as Markdown. */
export function runExplain(id: string, given: { readonly markdown?: boolean }): void {
  const { classes } = builtinCatalogue();
  const known = classes.find((candidate) => candidate.id === id);
  if (!known) throw new UserError(`explain ${id}: no such class; ${hint(id, classes)}`);
  const terminal = process.stdout.isTTY ?? false;
  const color = terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const width = terminal ? (process.stdout.columns ?? 100) : 100;
  process.stdout.write(given.markdown ? toManualPage(known) : toManualText(known, { color, width }));
}

function hint(id: string, classes: readonly { readonly id: string }[]): string {
  const meant = mostSimilar(
    id,
    classes.map((known) => known.id),
  );
  return meant ? `do you mean ${meant}?` : '`casefile list` shows them all';
}
