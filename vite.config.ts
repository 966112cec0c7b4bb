import './test/support/node-20.ts';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The command line is a second build of the same core, for plain Node: `vite build --mode cli`.
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: mode === 'cli' ? [] : [react()],
  build:
    mode === 'cli'
      ? {
          ssr: 'src/cli.ts',
          outDir: 'dist/cli',
          target: 'node20',
          rollupOptions: { output: { entryFileNames: 'drydock.mjs', chunkFileNames: '[name]-[hash].mjs', banner: '#!/usr/bin/env node' } },
        }
      : { outDir: 'dist/page', target: 'es2022', chunkSizeWarningLimit: 2000 },
  ssr: { noExternal: true },
  worker: { format: 'es' },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    testTimeout: 30_000,
  },
}));
