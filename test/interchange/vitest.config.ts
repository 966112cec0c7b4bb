import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run interchange`: the tables of what other formats become, printed. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['test/interchange/tables.ts'],
    reporters: [['default', { summary: false }]],
    testTimeout: 60_000,
  },
});
