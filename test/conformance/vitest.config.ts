import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vitest/config';

const ROOT = join(import.meta.dirname, '../..');
const TABLE = 'upstream-table.ts';

/** Files under src, as paths from the root. */
const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

const imports = (path: string, helpers: readonly string[]): boolean => {
  const text = readFileSync(path, 'utf8');
  return helpers.some((helper) => text.includes(`testing/${helper}'`) || text.includes(`'./${helper}'`));
};

/** The helper, and the helpers made of it or of one of those. */
function withUsers(helpers: readonly string[]): readonly string[] {
  const users = files
    .filter((path) => path.includes('/testing/') && !path.endsWith('.test.ts') && imports(path, helpers))
    .map((path) => basename(path));
  const all = [...new Set([...helpers, ...users])];
  return all.length === helpers.length ? all : withUsers(all);
}
const helpers = withUsers([TABLE]);

/** The test files that run upstream case tables: those that use the helper for it, or one that is made of it. */
const include = files.filter((path) => /\.test\.tsx?$/.test(path) && imports(path, helpers));

/** `npm run conformance`: re-runs upstream's case tables and prints how many pass, by file and by area. */
export default defineConfig({
  test: {
    root: ROOT,
    include: include.map((path) => path.slice(ROOT.length + 1)),
    testTimeout: 30_000,
    reporters: [join(import.meta.dirname, 'reporter.ts')],
  },
});
