import { defineConfig } from 'vitest/config';
import { tellSkipped } from './test/support/tell-skipped.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', tellSkipped],
    globalSetup: ['test/support/generate.ts', 'test/support/temporary.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
