import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { jsonEqual, step } from '../../../base/json.ts';
import { goFormat } from '../go-format.ts';
import { entriesOf, objectOf } from '../json-edit.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { DIRECTIVE, SET_ELEMENT_ORDER, badArgument, badElementOrder, listOfDirective } from './directives.ts';
import { mergeElementOrder } from './element-order.ts';
import { elementKind, identityOf, partitionByPresence, requireMergeKey, splitDeletions } from './lists.ts';
import type { List } from './lists.ts';
import { lookupList } from './lookup.ts';
import { mergeList } from './merge-list.ts';
import type { Merger } from './merger.ts';
import { serverOrderAfterMerge } from './server-order.ts';
import { removeDirectives } from './remove-directives.ts';

/**
 * Merges the lists for which the patch has `$setElementOrder/<list>`, and answers with what is left to merge.
 * Source: mergePatchIntoOriginal in strategicpatch/patch.go, 1.36.
 */
export function mergeOrderedLists(
  original: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
  using: Merger,
): { original: JsonObject; patch: JsonObject } {
  const orders = entriesOf(patch).filter(([key]) => key.startsWith(SET_ELEMENT_ORDER));
  if (orders.length === 0) return { original, patch };
  const merged = new Map(entriesOf(original));
  const rest = new Map(entriesOf(patch));
  for (const [key, order] of orders) {
    rest.delete(key);
    if (using.mode === 'combine') combineOrder(merged, key, order);
    const list = mergeOne(merged, rest, key, order, schema, using);
    if (list !== undefined) {
      merged.set(list.name, list.items);
      rest.delete(list.name);
    }
  }
  return { original: objectOf(merged), patch: objectOf(rest) };
}

function combineOrder(merged: Map<string, JsonValue>, key: string, order: JsonValue): void {
  const before = merged.get(key);
  if (before !== undefined && !jsonEqual(before, order)) throw badElementOrder();
  merged.set(key, order);
}

function mergeOne(
  merged: ReadonlyMap<string, JsonValue>,
  patch: ReadonlyMap<string, JsonValue>,
  key: string,
  order: JsonValue,
  schema: PatchSchema,
  using: Merger,
): { name: string; items: List } | undefined {
  const orderList = requireList(order);
  const name = listOfDirective(key, SET_ELEMENT_ORDER, badElementOrder);
  const before = optionalList(merged.get(name));
  const change = optionalList(patch.get(name));
  const meta = lookupList(schema, name);
  requireSameOrder(change ?? [], orderList, meta.mergeKey);
  if (!before && !change) return undefined;
  let items = before ?? requireList(removeDirectives(change ?? []));
  if (before && change) items = meta.strategy === 'merge' ? mergeList(before, change, meta, using, false) : change;
  const { present, absent } = partitionByPresence(items, orderList, meta.mergeKey);
  elementKind(before ?? [], change ?? []);
  const inPlace = before && change && meta.strategy === 'merge' && meta.mergeKey !== '';
  const serverOrder = inPlace ? serverOrderAfterMerge(before, change, meta.mergeKey) : (before ?? []);
  return { name, items: mergeElementOrder(present, absent, orderList, serverOrder, meta.mergeKey) };
}

function requireList(value: JsonValue | undefined): List {
  if (Array.isArray(value)) return value;
  throw badArgument('[]interface {}', value);
}

function optionalList(value: JsonValue | undefined): List | undefined {
  return value === undefined ? undefined : requireList(value);
}

/** The items of the patch must stand in the order that `$setElementOrder` gives them. */
function requireSameOrder(patch: List, order: List, mergeKey: string): void {
  if (patch.length === 0 || order.length === 0) return;
  const kept = mergeKey === '' ? patch : splitDeletions(patch).kept;
  let at = 0;
  let next = 0;
  while (at < kept.length && next < order.length) {
    if (step(kept[at], DIRECTIVE) !== undefined) {
      at += 1;
      continue;
    }
    if (mergeKey !== '') for (const item of [kept[at]!, order[next]!]) requireMergeKey(item, mergeKey);
    if (identityOf(kept[at]!, mergeKey) === identityOf(order[next]!, mergeKey)) at += 1;
    next += 1;
  }
  if (at >= kept.length) return;
  throw new PatchError(
    `The order in patch list:\n${goFormat(patch)}\n doesn't match ${SET_ELEMENT_ORDER} list:\n${goFormat(order)}\n`,
  );
}
