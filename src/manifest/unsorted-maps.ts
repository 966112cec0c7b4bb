import { isMap, isSeq } from 'yaml';
import { compareStrings } from '../base/compare.ts';
import type { Path, PathStep } from '../base/json.ts';
import { parseForEdit } from './edit-source.ts';
import { keyTextOf } from './edit-tree.ts';
import { repeatedFields } from './repeated-fields.ts';

/**
 * The maps of a document, from a place in it downwards, whose keys do not stand in the order of their letters, outer
 * ones first. Aliases are not followed: what they repeat is looked at where it stands. None in a document with a key that
 * stands twice: it has no order to speak of, and other readers refuse it.
 */
export function unsortedMaps(text: string, format: 'yaml' | 'json', from: Path): readonly Path[] {
  const source = parseForEdit(text, format);
  const found: Path[] = [];
  if (source) walk(source.root, from, [], found);
  return found.length > 0 && repeatedFields(text, format).length > 0 ? [] : found;
}

function walk(node: unknown, rest: Path, path: PathStep[], found: Path[]): void {
  const [next, ...others] = rest;
  if (isSeq(node)) {
    node.items.forEach((item, index) => {
      if (next === undefined) walk(item, [], [...path, index], found);
      else if (next === index) walk(item, others, [], found);
    });
    return;
  }
  if (!isMap(node)) return;
  const entries = node.items.flatMap((pair) => {
    const key = keyTextOf(pair.key);
    return key === undefined ? [] : [{ key, value: pair.value }];
  });
  if (
    next === undefined &&
    entries.some(({ key }, index) => index > 0 && compareStrings(entries[index - 1]!.key, key) > 0)
  )
    found.push([...path]);
  for (const { key, value } of entries) {
    if (next === undefined) walk(value, [], [...path, key], found);
    else if (next === key) walk(value, others, [], found);
  }
}
