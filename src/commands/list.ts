import { builtinCatalogue } from '../catalogue/catalogue.ts';
import { STAGES } from '../model/stages.ts';

/** `casefile list`: every class of failure with its severity and title, by stage. */
export function runList(): void {
  const { classes } = builtinCatalogue();
  const width = Math.max(...classes.map(({ id }) => id.length));
  for (const stage of STAGES) {
    const here = classes.filter((known) => known.stage === stage);
    if (here.length === 0) continue;
    process.stdout.write(`${stage}\n`);
    for (const { id, severity, title } of here)
      process.stdout.write(`  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}\n`);
    process.stdout.write('\n');
  }
}
