import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of an icon of lucide-react, by its name. */
export const ICON = /[\\/]lucide-react[\\/].*[\\/]icons[\\/]([\w-]+)\.m?js$/;

const IMPORT = /import\s*\{([^}]*)\}\s*from\s*["']lucide-react["']/g;
const EXPORT = /export\s*\{([^}]*)\}\s*from\s*["']\.\/icons\/([\w-]+)\.m?js["']/g;

/** The files of the icons that modules import by name. */
export function iconsOf(modules: readonly string[]): ReadonlySet<string> {
  const files = filesByName();
  const names = modules.flatMap((code) => [...code.matchAll(IMPORT)].flatMap(([, list = '']) => namesIn(list)));
  return new Set(
    names.flatMap((name) => {
      const file = files.get(name);
      return file === undefined ? [] : [file];
    }),
  );
}

function filesByName(): ReadonlyMap<string, string> {
  const index = readFileSync(
    join(import.meta.dirname, '../node_modules/lucide-react/dist/esm/lucide-react.mjs'),
    'utf8',
  );
  return new Map(
    [...index.matchAll(EXPORT)].flatMap(([, list = '', file = '']) =>
      list.split(',').map((one): [string, string] => [one.replace(/^\s*default as\s+/, '').trim(), file]),
    ),
  );
}

/** What is imported, under whatever name it is used. */
const namesIn = (list: string): readonly string[] => list.split(',').map((one) => one.trim().split(/\s+as\s+/)[0]!);
