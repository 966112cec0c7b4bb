import '../support/node-20.ts';
import { defineConfig } from 'vitest/config';

/** The pictures of docs/screenshots.md: `npm run screenshots`. */
export default defineConfig({
  test: { include: ['test/screenshots/*.shots.ts'], testTimeout: 300_000, hookTimeout: 900_000 },
});
