import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { entriesOf, objectOf } from '../json-edit.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { FieldSet } from './field-set.ts';
import { below, isEmptySet } from './field-set.ts';
import { fieldElement } from './path-element.ts';
import { atomOf, fieldSchema, isAtomic, itemElements, itemSchema } from './typed-value.ts';
import type { TypedValue } from './typed-value.ts';

/** The value without the fields of a set. Source: typed/remove.go of sigs.k8s.io/structured-merge-diff/v6. */
export function removeItems({ value, schema }: TypedValue, items: FieldSet): TypedValue {
  return { value: remove(value ?? null, items, schema), schema };
}

/** Null where nothing is left, or where the fields lie inside something atomic. */
function remove(value: JsonValue, items: FieldSet, schema: PatchSchema): JsonValue {
  const atom = atomOf(schema, value) ?? 'map';
  if (atom === 'scalar') return value;
  if (isAtomic(schema, atom)) return null;
  if (Array.isArray(value) && atom === 'list') return removeFromList(value, items, schema);
  return isJsonObject(value) && atom === 'map' ? removeFromMap(value, items, schema) : null;
}

function removeFromList(list: readonly JsonValue[], items: FieldSet, schema: PatchSchema): JsonValue {
  const elements = itemElements(schema, list);
  let hadMatches = false;
  const kept = list.flatMap((item, index) => {
    const element = elements[index]!;
    if (items.members.has(element.id)) return [];
    const inner = below(items, element);
    if (isEmptySet(inner)) return [item];
    hadMatches = true;
    return [removeInside(item, inner, itemSchema(schema))];
  });
  return kept.length > 0 || hadMatches ? kept : null;
}

function removeFromMap(map: JsonObject, items: FieldSet, schema: PatchSchema): JsonValue {
  let hadMatches = false;
  const kept = entriesOf(map).flatMap(([key, value]): [string, JsonValue][] => {
    const element = fieldElement(key);
    if (items.members.has(element.id)) return [];
    const inner = below(items, element);
    const field = fieldSchema(schema, key);
    if (isEmptySet(inner) || !field) return [[key, value]];
    hadMatches = true;
    return [[key, removeInside(value, inner, field)]];
  });
  return kept.length > 0 || hadMatches ? objectOf(kept) : null;
}

/** A map or list of which nothing is left stays as an empty one. */
function removeInside(value: JsonValue, items: FieldSet, schema: PatchSchema): JsonValue {
  const rest = remove(value, items, schema);
  if (rest !== null) return rest;
  if (Array.isArray(value)) return [];
  return isJsonObject(value) ? {} : null;
}
