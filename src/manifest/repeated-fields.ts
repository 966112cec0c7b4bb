import { isMap, isSeq } from 'yaml';
import type { Path, PathStep } from '../base/json.ts';
import { parseForEdit } from './edit-source.ts';
import { keyTextOf } from './edit-tree.ts';

/**
 * Fields of a document that stand twice in their map, each named once for every time too many. kubectl takes the last in
 * silence; a strict server refuses them. Aliases are not followed: what they repeat was named where it stands.
 */
export function repeatedFields(text: string, format: 'yaml' | 'json'): readonly Path[] {
  const source = parseForEdit(text, format);
  const found: Path[] = [];
  if (source) walk(source.root, [], found);
  return found;
}

function walk(node: unknown, path: PathStep[], found: Path[]): void {
  if (isSeq(node)) {
    node.items.forEach((item, index) => walk(item, [...path, index], found));
    return;
  }
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = keyTextOf(pair.key);
    if (key === undefined) continue;
    if (seen.has(key)) found.push([...path, key]);
    seen.add(key);
    walk(pair.value, [...path, key], found);
  }
}
