import './test/support/node-20.ts';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The same core is built three times: the page, the command line for plain Node, and the benchmarks.
const NODE_BUILDS: Record<string, { readonly entry: string; readonly outDir: string; readonly file: string; readonly banner: string }> = {
  cli: { entry: 'src/cli.ts', outDir: 'dist/cli', file: 'drydock.mjs', banner: '#!/usr/bin/env node' },
  bench: { entry: 'test/bench/bench.ts', outDir: 'dist/bench', file: 'bench.mjs', banner: '' },
};

export default defineConfig(({ mode }) => {
  const node = NODE_BUILDS[mode];
  return {
    base: './',
    plugins: node ? [] : [react()],
    build: node
      ? {
          ssr: node.entry,
          outDir: node.outDir,
          target: 'node20',
          copyPublicDir: false,
          rollupOptions: { output: { entryFileNames: node.file, chunkFileNames: '[name]-[hash].mjs', banner: node.banner } },
        }
      : { outDir: 'dist/page', target: 'es2022', chunkSizeWarningLimit: 2000 },
    ssr: { noExternal: true },
    worker: { format: 'es' as const },
    test: {
      include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
      testTimeout: 30_000,
    },
  };
});
