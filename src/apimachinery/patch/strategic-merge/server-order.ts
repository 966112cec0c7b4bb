import type { JsonValue } from '../../../base/json.ts';
import { step } from '../../../base/json.ts';
import { DIRECTIVE } from './directives.ts';
import type { List } from './lists.ts';

/**
 * The server's order as upstream reads it: after its merge has edited the same array in place, where a deletion moved
 * the rest up and new items filled the freed places at the end. Users see it: in [1, 2, 4], deleting 1 and adding 3
 * gives [2, 4, 3]. Source: mergePatchIntoOriginal and deleteMatchingEntries in strategicpatch/patch.go, 1.36.
 */
export function serverOrderAfterMerge(server: List, patch: List, mergeKey: string): List {
  const array = [...server];
  let length = array.length;
  for (const item of patch) {
    if (step(item, DIRECTIVE) !== 'delete') continue;
    for (
      let at = indexOfSame(array, length, item, mergeKey);
      at >= 0;
      at = indexOfSame(array, length, item, mergeKey)
    ) {
      array.copyWithin(at, at + 1, length);
      length -= 1;
    }
  }
  if (patch.some((item) => step(item, DIRECTIVE) === 'replace')) return array;
  for (const item of patch) {
    if (step(item, DIRECTIVE) !== undefined) continue;
    if (indexOfSame(array, length, item, mergeKey) >= 0) continue;
    array[length] = item;
    length += 1;
  }
  return array.slice(0, server.length);
}

function indexOfSame(array: List, length: number, item: JsonValue, mergeKey: string): number {
  const key = step(item, mergeKey);
  return array.findIndex((other, index) => index < length && step(other, mergeKey) === key);
}
