import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');

/** Documents of at most 4 kB from the corpora, none where those are absent: mutating long ones tells no more and takes longer. */
export function corpusDocuments(): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name) && !entry.parentPath.includes('openapi'))
    .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split(/^---.*\n/m))
    .filter((text) => text.length > 40 && text.length <= 4096);
}
