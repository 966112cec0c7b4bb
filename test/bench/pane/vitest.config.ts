import { defineConfig } from 'vitest/config';

/** Frame times of the simulation pane in a real browser beside a bare React Flow: `npm run bench:pane`. */
export default defineConfig({
  test: {
    include: ['test/bench/pane/**/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
