import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FAULTS = 54;
/** Of a fault with this number a part shows on another system only. */
const ELSEWHERE: Readonly<Record<number, string>> = {
  52: 'the quarantine of macOS and of Windows; the tar of both is bsdtar, which reads the archive here',
};

/** The numbers at the beginning of the names of tests: `38, 41: a machine with …`. */
function numbersIn(file: string): number[] {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  return [...source.matchAll(/(?:^ *|\()'(\d+(?:, \d+)*): \D/gm)].flatMap(([, numbers = '']) =>
    numbers.split(', ').map(Number),
  );
}

test('each of the faults that the collector promises to survive has a test', () => {
  const files = ['faults-api.test.ts', 'faults-system.test.ts', 'kubectl-versions.test.ts'];
  const tested = new Set(files.flatMap((file) => numbersIn(`./${file}`)));
  expect([...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: FAULTS }, (_, at) => at + 1));
  const elsewhere = Object.entries(ELSEWHERE).map(([number, part]) => `${number} (${part})`);
  console.log(
    `${tested.size} of ${FAULTS} faults have tests; on another system, in part: ${elsewhere.join(', ')}`,
  );
});
