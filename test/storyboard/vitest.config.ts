import '../support/node-20.ts';
import { defineConfig } from 'vitest/config';

/** Writes the storyboards of the documentation: `npm run storyboards`. */
export default defineConfig({
  test: { include: ['test/storyboard/**/*.make.ts'], testTimeout: 600_000 },
});
