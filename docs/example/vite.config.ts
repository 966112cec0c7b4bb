import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  // The core loads what it needs when it needs it, in its worker too.
  worker: { format: 'es' },
  // Vite's development server would move the modules away from the files beside them.
  optimizeDeps: { exclude: ['drydock'] },
  build: { outDir: '../../dist/example', emptyOutDir: true, chunkSizeWarningLimit: 2000 },
});
