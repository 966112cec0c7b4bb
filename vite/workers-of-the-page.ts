import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const NEW_WORKER = /new URL\('(\.\/[\w.-]+\.worker\.ts)', import\.meta\.url\)/g;

/**
 * Builds the workers of the page together with the page, so that what both need (the kinds, the manifest reader) is
 * one file that the browser downloads once. Vite alone would build each worker apart, with copies of its own.
 */
export function workersOfThePage(): Plugin {
  return {
    name: 'drydock:workers-of-the-page',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: '.worker.ts' },
      handler(code, id) {
        if (id.endsWith('.worker.ts')) return undefined;
        const changed = code.replace(NEW_WORKER, (_, path: string) => {
          const file = this.emitFile({ type: 'chunk', id: join(dirname(id), path) });
          return `import.meta.ROLLUP_FILE_URL_${file}`;
        });
        return changed === code ? undefined : { code: changed, map: null };
      },
    },
  };
}
