import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { entriesOf, objectOf } from '../json-edit.ts';
import { formatElement } from './path-element.ts';
import type { PathElement } from './path-element.ts';
import { atomOf, fieldSchema, isAtomic, isEmptyMap, itemElements, itemSchema, listOf, mapOf } from './typed-value.ts';

/**
 * A configuration laid over the live object: what the configuration sets wins, all else stays.
 * Source: typed/merge.go of sigs.k8s.io/structured-merge-diff/v6. What does not change is shared with the live object.
 */
export function mergeTyped(
  live: JsonValue | undefined,
  config: JsonValue | undefined,
  schema: PatchSchema,
): JsonValue | undefined {
  const atom = (config === undefined ? atomOf(schema, live) : atomOf(schema, config)) ?? 'map';
  const leaf = config === undefined ? live : config;
  if (atom === 'scalar' || isAtomic(schema, atom)) return leaf;
  if (atom === 'list') {
    const [a, b] = [listOf(live), listOf(config)];
    return (a ?? []).length + (b ?? []).length === 0 ? leaf : mergeLists(a ?? [], b ?? [], schema);
  }
  const [a, b] = [mapOf(live), mapOf(config)];
  return isEmptyMap(a) && isEmptyMap(b) ? leaf : mergeMaps(a ?? {}, b ?? {}, schema);
}

function mergeMaps(live: JsonObject, config: JsonObject, schema: PatchSchema): JsonObject | undefined {
  const merged = new Map(entriesOf(live));
  let changed = false;
  for (const [key, value] of entriesOf(config)) {
    const field = fieldSchema(schema, key);
    const before = merged.get(key);
    const next = field ? mergeTyped(before, value, field) : value;
    if (next === before) continue;
    changed = true;
    if (next === undefined) merged.delete(key);
    else merged.set(key, next);
  }
  if (merged.size === 0) return undefined;
  return changed ? objectOf(merged) : live;
}

type List = readonly JsonValue[];

/** Items of both sides keep the configuration's order; items of the live list alone stay where they were among them. */
function mergeLists(live: List, config: List, schema: PatchSchema): List | undefined {
  const right = indexItems(config, schema);
  const duplicate = right.elements.find(
    ({ id }, index) => right.elements.findIndex((other) => other.id === id) !== index,
  );
  if (duplicate) throw new PatchError(`duplicate entries for key ${formatElement(duplicate)}`);
  const left = indexItems(live, schema);
  const shared = right.elements.filter(({ id }) => left.items.has(id)).map(({ id }) => id);
  const out: JsonValue[] = [];
  const push = (before: JsonValue | undefined, after: JsonValue | undefined): void => {
    const merged = mergeTyped(before, after, itemSchema(schema));
    if (merged !== undefined) out.push(merged);
  };
  const done = new Set<string>();
  let nextShared = shared.shift();
  let i = 0;
  let j = 0;
  while (i < left.elements.length || j < right.elements.length) {
    const l = left.elements[i];
    const r = right.elements[j];
    if (l && r) {
      if (l.id === r.id) {
        done.add(l.id);
        push(left.items.get(l.id), right.items.get(l.id));
        i += 1;
        j += 1;
        nextShared = shared.shift();
        continue;
      }
      if (right.items.has(l.id) && nextShared !== undefined && nextShared !== l.id) {
        i += 1;
        continue;
      }
    }
    if (l) {
      if (!right.items.has(l.id)) {
        push(live[i], undefined);
        i += 1;
        continue;
      }
      if (done.has(l.id)) i += 1;
    }
    if (r) {
      done.add(r.id);
      push(left.items.get(r.id), right.items.get(r.id));
      j += 1;
      if (nextShared === r.id) nextShared = shared.shift();
    }
  }
  if (out.length === 0) return undefined;
  return out.length === live.length && out.every((item, index) => item === live[index]) ? live : out;
}

/** The items by their element; items that share one count as null. */
function indexItems(list: List, schema: PatchSchema): { elements: PathElement[]; items: Map<string, JsonValue> } {
  const elements = itemElements(schema, list);
  const items = new Map<string, JsonValue>();
  for (const [index, { id }] of elements.entries()) items.set(id, items.has(id) ? null : (list[index] ?? null));
  return { elements, items };
}
