import './test/support/node-20.ts';
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { BrowserTestsFirst } from './vite/browser-tests-first.ts';
import { chunksOfTheFirstLoad } from './vite/chunks-of-the-first-load.ts';
import { embeddedPage } from './vite/embedded-page.ts';
import { installablePage } from './vite/installable-page.ts';
import { libraryPackage } from './vite/library-package.ts';
import { portablePage } from './vite/portable-page.ts';
import { spokenLanguages } from './vite/spoken-languages.ts';
import { workersOfThePage } from './vite/workers-of-the-page.ts';

// The same core is built several times: the page, the command line for plain Node, benchmarks and the agreement.
const NODE_BUILDS: Record<
  string,
  { readonly entry: string; readonly outDir: string; readonly file: string; readonly banner: string }
> = {
  cli: { entry: 'src/cli.ts', outDir: 'dist/cli', file: 'drydock.mjs', banner: '#!/usr/bin/env node' },
  bench: { entry: 'test/bench/bench.ts', outDir: 'dist/bench', file: 'bench.mjs', banner: '' },
  'bench-validate': {
    entry: 'test/bench/validate.ts',
    outDir: 'dist/bench-validate',
    file: 'validate.mjs',
    banner: '',
  },
  'bench-simulator': {
    entry: 'test/bench/simulator.ts',
    outDir: 'dist/bench-simulator',
    file: 'simulator.mjs',
    banner: '',
  },
  agreement: { entry: 'test/agreement/agreement.ts', outDir: 'dist/agreement', file: 'agreement.mjs', banner: '' },
};

/** The development server writes styles and scripts into the page, which the built page's policy refuses. */
const developmentPolicy: Plugin = {
  name: 'drydock:development-policy',
  apply: 'serve',
  transformIndexHtml: (html, { server }) =>
    server ? html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '') : html,
};

/** The page as one file, which runs from a disk. */
const PORTABLE: UserConfig = {
  plugins: [react(), spokenLanguages(), portablePage(import.meta.dirname)],
  build: {
    outDir: 'dist/portable',
    copyPublicDir: false,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 20_000,
    rollupOptions: {
      input: 'src/portable.ts',
      // Vite's loader of parts asks where it is, and has no parts to load here.
      checks: { emptyImportMeta: false },
      output: { format: 'iife', entryFileNames: 'drydock.js', codeSplitting: false },
    },
  },
};

/** What other packages import: ES modules for browsers and Node, which bring all but React. */
const LIBRARY: UserConfig = {
  plugins: [libraryPackage(import.meta.dirname, ['index', 'react'])],
  build: {
    outDir: 'dist/library',
    copyPublicDir: false,
    target: 'es2022',
    // As for a server: addresses beside a module stay as they are written, for who bundles it.
    ssr: true,
    rollupOptions: {
      input: {
        index: 'src/library/index.ts',
        react: 'src/library/react.tsx',
        'core.worker': 'src/library/core.worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
  ssr: {
    noExternal: true,
    external: ['react', 'react/jsx-runtime'],
    resolve: { conditions: ['browser', 'module', 'import', 'default'] },
  },
};

export default defineConfig(({ mode }) => {
  if (mode === 'portable') return PORTABLE;
  if (mode === 'library') return LIBRARY;
  const node = NODE_BUILDS[mode];
  return {
    base: './',
    plugins: node
      ? []
      : [react(), developmentPolicy, spokenLanguages(), workersOfThePage(), embeddedPage(), installablePage()],
    build: node
      ? {
          ssr: node.entry,
          outDir: node.outDir,
          target: 'node20',
          copyPublicDir: false,
          rollupOptions: {
            output: { entryFileNames: node.file, chunkFileNames: '[name]-[hash].mjs', banner: node.banner },
          },
        }
      : {
          outDir: 'dist/page',
          rollupOptions: {
            // What parts share is not put into the entry, which runs after what it imports: it would come too late.
            experimental: { chunkOptimization: false },
            output: {
              codeSplitting: {
                groups: [
                  { name: chunksOfTheFirstLoad(), debugName: 'first load', includeDependenciesRecursively: false },
                ],
              },
            },
          },
          target: 'es2022',
          chunkSizeWarningLimit: 2000,
          // Only a page can preload, and workers import the same files.
          modulePreload: {
            // Browsers that do not know it fetch a little later, and are few.
            polyfill: false,
            resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
          },
        },
    ssr: { noExternal: true },
    worker: { format: 'es' as const },
    test: {
      include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
      // Chromium on a busy machine of two cores takes its time.
      testTimeout: 120_000,
      // A wait for the browser that a busy machine lets run out is tried once more, and the report says so; what a page
      // shows wrongly is not.
      retry: { count: 1, condition: /Timeout \d+ms exceeded/ },
      // Modules are evaluated once in a worker and not once in a file, which is half of the time of all tests together.
      isolate: false,
      // A browser waits at times, which others fill.
      maxWorkers: availableParallelism() + 1,
      sequence: { sequencer: BrowserTestsFirst },
    },
  };
});
