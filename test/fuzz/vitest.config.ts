import '../support/node-20.ts';
import { defineConfig } from 'vitest/config';

/** Long seeded fuzz, run by hand: `npx vitest run --config test/fuzz/vitest.config.ts`. */
export default defineConfig({ test: { include: ['test/fuzz/**/*.fuzz.ts'], environment: 'node' } });
