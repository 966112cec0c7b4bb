import type { JsonValue } from '../../../base/json.ts';
import { jsonEqual, step } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { goFormat } from '../go-format.ts';
import { isEmptyObject, withKey } from '../json-edit.ts';
import type { Differ } from './differ.ts';
import { DIRECTIVE } from './directives.ts';
import { sortByOrder } from './element-order.ts';
import { deduplicateScalars, elementKind, requireMergeKey, requireObject, sortByKey, sortScalars } from './lists.ts';
import type { List } from './lists.ts';
import type { FieldMeta } from './lookup.ts';

export interface ListDifference {
  /** Items added or changed; in a list of objects also `$patch: delete` items, last. */
  readonly changes: List;
  /** Scalars for `$deleteFromPrimitiveList`. */
  readonly deletions: List;
  /** For `$setElementOrder`. */
  readonly order: List;
}

const NO_DIFFERENCE: ListDifference = { changes: [], deletions: [], order: [] };

/** Source: diffLists in strategicpatch/patch.go, 1.36. */
export function diffLists(original: List, modified: List, meta: FieldMeta, using: Differ): ListDifference {
  if (original.length === 0) {
    return modified.length === 0 || using.ignoreChanges ? NO_DIFFERENCE : { ...NO_DIFFERENCE, changes: modified };
  }
  return elementKind(original, modified) === 'map'
    ? diffListsOfMaps(original, modified, meta, using)
    : diffListsOfScalars(original, modified, using);
}

function diffListsOfMaps(original: List, modified: List, meta: FieldMeta, using: Differ): ListDifference {
  const { mergeKey } = meta;
  const { changes, deletions } = compareMaps(sortByKey(original, mergeKey), sortByKey(modified, mergeKey), meta, using);
  const ordered = [...sortByOrder(changes, modified, mergeKey), ...deletions];
  const saysSomething = ordered.length > 0;
  const forChanges = !using.ignoreChanges && (saysSomething || !isOrderSame(original, modified, mergeKey));
  const forDeletions = !using.ignoreDeletions && saysSomething;
  const writesOrder = using.elementOrder && (forChanges || forDeletions);
  const order = writesOrder ? modified.map((item) => keyOnly(item, mergeKey)) : [];
  return { changes: ordered, deletions: [], order };
}

function keyOnly(item: JsonValue, mergeKey: string): JsonValue {
  return { [mergeKey]: step(requireObject(item), mergeKey) };
}

function isOrderSame(original: List, modified: List, mergeKey: string): boolean {
  if (original.length !== modified.length) return false;
  return modified.every(
    (item, index) => requireMergeKey(original[index]!, mergeKey) === requireMergeKey(item, mergeKey),
  );
}

/** Walks both sorted lists at once, as a merge sort does. */
function compareMaps(
  original: List,
  modified: List,
  meta: FieldMeta,
  using: Differ,
): { changes: List; deletions: List } {
  const { mergeKey, schema } = meta;
  const changes: JsonValue[] = [];
  const deletions: JsonValue[] = [];
  let i = 0;
  let j = 0;
  while (i < original.length || j < modified.length) {
    const before = original[i];
    const after = modified[j];
    const beforeKey = before === undefined ? undefined : requireMergeKey(before, mergeKey);
    const afterKey = after === undefined ? undefined : requireMergeKey(after, mergeKey);
    const order = compareKeys(beforeKey, afterKey);
    if (order === 0 && before !== undefined && after !== undefined && afterKey !== undefined) {
      const patch = using.diffMaps(requireObject(before), requireObject(after), schema, using);
      if (!isEmptyObject(patch)) changes.push(withKey(patch, mergeKey, afterKey));
    } else if (order > 0 && after !== undefined) {
      if (!using.ignoreChanges) changes.push(after);
    } else if (beforeKey !== undefined && !using.ignoreDeletions) {
      deletions.push({ [mergeKey]: beforeKey, [DIRECTIVE]: 'delete' });
    }
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return { changes, deletions };
}

/** A list that has ended counts as greater than any key. */
function compareKeys(before: JsonValue | undefined, after: JsonValue | undefined): number {
  if (before === undefined) return 1;
  if (after === undefined) return -1;
  return compareStrings(goFormat(before), goFormat(after));
}

function diffListsOfScalars(original: List, modified: List, using: Differ): ListDifference {
  const before = sortScalars(original);
  const { added, removed } = compareScalars(before, sortScalars(modified));
  const changes = using.ignoreChanges ? [] : sortByOrder(added, modified, '');
  const deletions = using.ignoreDeletions ? [] : deduplicateScalars(removed);
  // Upstream has sorted the original in place by now, so an unsorted list that did not change still gets its order.
  const forChanges = !using.ignoreChanges && !jsonEqual(before, modified);
  const writesOrder = using.elementOrder && (deletions.length > 0 || forChanges);
  return { changes, deletions, order: writesOrder ? modified : [] };
}

function compareScalars(original: List, modified: List): { added: List; removed: List } {
  const added: JsonValue[] = [];
  const removed: JsonValue[] = [];
  let i = 0;
  let j = 0;
  while (i < original.length || j < modified.length) {
    const order = compareKeys(original[i], modified[j]);
    if (order < 0) removed.push(original[i]!);
    if (order > 0) added.push(modified[j]!);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return { added, removed };
}
