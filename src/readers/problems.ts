import type { Problem } from '../model/cluster.ts';

/** So many problems of one file are told one by one, and so many files by name. */
const MOST_OF_A_FILE = 10;
const MOST_FILES = 1000;

/** What could not be read; a hostile file cannot fill the report with it. */
type Problems = { add(file: string, message: string): void; all(): readonly Problem[] };

/** A list that counts what it does not tell. */
export function createProblems(): Problems {
  const told: Problem[] = [];
  const counts = new Map<string, number>();
  let otherFiles = 0;
  return {
    add(file, message) {
      const count = counts.get(file);
      if (count === undefined && counts.size >= MOST_FILES) {
        otherFiles++;
        return;
      }
      counts.set(file, (count ?? 0) + 1);
      if ((count ?? 0) < MOST_OF_A_FILE) told.push({ file, message });
    },
    all() {
      const more = [...counts].filter(([, count]) => count > MOST_OF_A_FILE);
      const further = more.map(([file, count]) => ({
        file,
        message: `${count - MOST_OF_A_FILE} more problems like these`,
      }));
      const others = otherFiles > 0 ? [{ file: 'other files', message: `${otherFiles} more problems` }] : [];
      return [...told, ...further, ...others];
    },
  };
}
