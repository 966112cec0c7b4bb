import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, step } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { goFormat, goTypeOf } from '../go-format.ts';
import { PatchError } from '../patch-result.ts';
import { DIRECTIVE, badArgument, noListOfLists, noMergeKey } from './directives.ts';

export type List = readonly JsonValue[];

/** Whether lists hold objects or scalars; refuses lists of lists, lists of several types, and empty lists. */
export function elementKind(...lists: readonly List[]): 'map' | 'scalar' {
  const all = lists.flat();
  const [first] = all;
  if (first === undefined) throw new PatchError('no elements in any of the given slices');
  if (Array.isArray(first)) throw noListOfLists();
  const type = goTypeOf(first);
  if (all.some((item) => goTypeOf(item) !== type)) {
    throw new PatchError(`list element types are not identical: [${lists.map((list) => goFormat(list)).join(' ')}]`);
  }
  return isJsonObject(first) ? 'map' : 'scalar';
}

/** What identifies an item: its merge key's value in a list of objects, itself in a list of scalars. */
export function identityOf(item: JsonValue, mergeKey: string): JsonValue | undefined {
  return mergeKey === '' ? item : step(item, mergeKey);
}

export function requireObject(item: JsonValue): JsonObject {
  if (isJsonObject(item)) return item;
  throw badArgument('map[string]interface {}', item);
}

export function requireMergeKey(item: JsonValue, mergeKey: string): JsonValue {
  const value = step(requireObject(item), mergeKey);
  if (value === undefined) throw noMergeKey(item, mergeKey);
  return value;
}

/** Index of the item whose merge key has a value, or -1. Item by item, because upstream refuses what is no map. */
export function findByKey(list: List, mergeKey: string, value: JsonValue): number {
  return list.findIndex((item, index) => {
    if (!isJsonObject(item)) throw new PatchError(`value for key ${index} is not a map`);
    return step(item, mergeKey) === value;
  });
}

/** Objects to delete (`$patch: delete`) apart from the others. */
export function splitDeletions(list: List): { readonly kept: List; readonly deleted: List } {
  return { kept: list.filter((item) => !isDeletion(item)), deleted: list.filter(isDeletion) };
}

export function sortScalars(list: List): List {
  return list.toSorted((a, b) => compareStrings(goFormat(a), goFormat(b)));
}

/**
 * Sorted by merge key. Objects with equal keys (two container ports 80, TCP and UDP) come out in reverse, as upstream's
 * insertion sort with a non-strict order leaves up to twelve of them.
 */
export function sortByKey(list: List, mergeKey: string): List {
  return list.toReversed().sort((a, b) => compareStrings(goFormat(step(a, mergeKey)), goFormat(step(b, mergeKey))));
}

/** Scalars without repetitions; each repetition is replaced by the last item, as upstream does in place. */
export function deduplicateScalars(list: List): List {
  const result = [...list];
  for (let i = 0; i < result.length - 1; i += 1) {
    for (let j = i + 1; j < result.length; j += 1) {
      if (result[i] !== result[j]) continue;
      const last = result.pop()!;
      if (j < result.length) result[j] = last;
      j -= 1;
    }
  }
  return result;
}

/** Items that `other` names, apart from those it does not. */
export function partitionByPresence(
  list: List,
  other: List,
  mergeKey: string,
): { readonly present: List; readonly absent: List } {
  const named = new Set(mergeKey === '' ? other : other.map((item) => step(requireObject(item), mergeKey)));
  named.delete(undefined);
  const isPresent = (item: JsonValue): boolean => named.has(mergeKey === '' ? item : requireMergeKey(item, mergeKey));
  return { present: list.filter(isPresent), absent: list.filter((item) => !isPresent(item)) };
}

function isDeletion(item: JsonValue): boolean {
  return step(requireObject(item), DIRECTIVE) === 'delete';
}
