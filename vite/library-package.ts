import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

const IMPORTED = /(?:from|import\()\s*['"](\.[^'"]+)['"]/g;

/**
 * Puts beside the modules of the library what they need of others: the page that a component shows, as one file, and the
 * declarations, of which only those are taken that the entries reach.
 */
export function libraryPackage(root: string, entries: readonly string[]): Plugin {
  return {
    name: 'drydock:library-package',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await copyFile(join(root, 'dist/portable/drydock.html'), join(dir, 'drydock.html'));
      const made = join(root, 'node_modules/.cache/library-types');
      await rm(made, { recursive: true, force: true });
      execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'src/library')], {
        stdio: 'inherit',
      });
      const reached = new Set(entries.map((entry) => join(made, 'library', `${entry}.d.ts`)));
      for (const file of reached) {
        const text = await readFile(file, 'utf8');
        const target = join(dir, 'types', relative(made, file));
        await mkdir(dirname(target), { recursive: true });
        // Declarations name each other as JavaScript does.
        await writeFile(
          target,
          text.replaceAll(IMPORTED, (whole, path: string) => whole.replace(path, asModule(path))),
        );
        for (const [, path = ''] of text.matchAll(IMPORTED))
          reached.add(join(dirname(file), asModule(path).replace(/\.js$/, '.d.ts')));
      }
    },
  };
}

const asModule = (path: string): string => path.replace(/\.tsx?$/, '.js');
