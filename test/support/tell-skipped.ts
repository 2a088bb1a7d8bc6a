import type { Reporter } from 'vitest/node';

/** Says at the end what the tests that were skipped were in need of. */
export const tellSkipped: Reporter = {
  onTestRunEnd(modules) {
    const needs = new Map<string, number>();
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const need = (result.state === 'skipped' && result.note) || 'no reason was given';
        needs.set(need, (needs.get(need) ?? 0) + 1);
      }
    for (const [need, count] of [...needs].sort())
      console.log(`${count} ${count === 1 ? 'test was' : 'tests were'} skipped: ${need}`);
  },
};
