import { defineConfig } from 'vitest/config';

/** Frame times of the editor in a real browser beside a bare React Flow: `npm run bench:editor`. */
export default defineConfig({
  test: {
    include: ['test/bench/editor/**/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
