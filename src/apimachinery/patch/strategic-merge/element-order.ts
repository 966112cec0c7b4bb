import type { JsonValue } from '../../../base/json.ts';
import { identityOf, requireMergeKey, splitDeletions } from './lists.ts';
import type { List } from './lists.ts';

/**
 * Where each item stands after a merge: the items of the patch in the order of `$setElementOrder`, those that only the
 * server has in the server's order, and both woven together by the server's order where it knows both.
 * Source: normalizeElementOrder in strategicpatch/patch.go, 1.36.
 */
export function mergeElementOrder(
  patchItems: List,
  serverItems: List,
  patchOrder: List,
  serverOrder: List,
  mergeKey: string,
): List {
  const right = sortByOrder(patchItems, patchOrder, mergeKey);
  const left = sortByOrder(serverItems, serverOrder, mergeKey);
  const positions = positionsIn(serverOrder, mergeKey);
  const merged: JsonValue[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const l = positions(left[i]!);
    const r = positions(right[j]!);
    merged.push(l >= 0 && r >= 0 && l < r ? left[i++]! : right[j++]!);
  }
  return [...merged, ...left.slice(i), ...right.slice(j)];
}

/** Items sorted as `order` has them; objects marked `$patch: delete` go last. Refuses objects without the merge key. */
export function sortByOrder(list: List, order: List, mergeKey: string): List {
  if (mergeKey !== '') for (const item of [...list, ...order]) requireMergeKey(item, mergeKey);
  const { kept, deleted } = mergeKey === '' ? { kept: list, deleted: [] } : splitDeletions(list);
  const positions = positionsIn(order, mergeKey);
  const ranked = kept.map((item) => ({ item, position: positions(item) }));
  const sorted = ranked.every(({ position }) => position >= 0)
    ? ranked.sort((a, b) => a.position - b.position)
    : insertionSort(ranked);
  return [...sorted.map(({ item }) => item), ...deleted];
}

/** Index of the first item of the same identity, or -1. */
function positionsIn(order: List, mergeKey: string): (item: JsonValue) => number {
  const first = new Map<JsonValue | undefined, number>();
  order.forEach((item, index) => {
    const identity = identityOf(item, mergeKey);
    if (!first.has(identity)) first.set(identity, index);
  });
  return (item) => first.get(identityOf(item, mergeKey)) ?? -1;
}

/** Items that `order` does not know compare as smaller than anything, so the result depends on the algorithm. */
function insertionSort<T extends { readonly position: number }>(items: readonly T[]): T[] {
  const sorted = [...items];
  for (let i = 1; i < sorted.length; i += 1) {
    for (let j = i; j > 0; j -= 1) {
      const [before, item] = [sorted[j - 1]!, sorted[j]!];
      if (item.position >= 0 && before.position >= 0 && item.position >= before.position) break;
      [sorted[j - 1], sorted[j]] = [item, before];
    }
  }
  return sorted;
}
