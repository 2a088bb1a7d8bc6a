import { builtinCatalogue } from '../catalogue/catalogue.ts';
import { UserError } from '../model/errors.ts';
import { manualText } from '../report/manual.ts';

/** `casefile explain`: the manual page of a class. */
export function runExplain(id: string): void {
  const { classes } = builtinCatalogue();
  const found = classes.find((known) => known.id === id);
  if (!found) {
    const name = id.replace(/^.*\//, '');
    const near = classes.filter((known) => known.id.includes(name)).map((known) => known.id);
    throw new UserError(
      `${id}: no such class; ${near.length > 0 ? `do you mean ${near.join(', ')}?` : '`casefile list` shows all'}`,
    );
  }
  process.stdout.write(manualText(found));
}
