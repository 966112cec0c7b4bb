import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, stringAt } from '../../../base/json.ts';
import { attempt } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { Endpoint } from './endpoint.ts';
import type { FieldSet } from './field-set.ts';
import { EMPTY_SET } from './field-set.ts';
import { toFieldsV1 } from './fields-v1.ts';
import { atomOf, fieldSchema, isAtomic, itemElement, itemSchema } from './typed-value.ts';
import { validateTyped } from './validate-typed.ts';

/**
 * What the maker of an object owns, worked out once for every shape: Pods of one template, and the Events about them,
 * differ in values only, and their sets of fields are one and the same value.
 */
export function addedFields(
  object: JsonObject,
  { schema, apiVersion, resetFields = EMPTY_SET }: Endpoint,
  workOut: () => FieldSet | undefined,
): FieldSet | undefined {
  const words = [apiVersion, stringAt(object, 'apiVersion') ?? '', JSON.stringify(toFieldsV1(resetFields))];
  if (!writeShape(object, schema, words)) return workOut();
  const shape = words.join(' ');
  let known = shapes.get(schema);
  if (known === undefined) shapes.set(schema, (known = new Map<string, FieldSet | undefined>()));
  if (known.has(shape)) return known.get(shape);
  const set = workOut();
  if (known.size < MOST_SHAPES) known.set(shape, set);
  return set;
}

const shapes = new WeakMap<PatchSchema, Map<string, FieldSet | undefined>>();
const MOST_SHAPES = 1000;

/** Writes down all that a set of fields depends on; false where the value has not the form of its schema. */
function writeShape(value: JsonValue | undefined, schema: PatchSchema, words: string[]): boolean {
  const atom = atomOf(schema, value) ?? 'map';
  if (value === undefined || value === null) words.push('-');
  else if (atom === 'scalar' || isAtomic(schema, atom)) {
    if (validateTyped(value, schema, true).length > 0) return false;
    words.push(isEmpty(value) ? '0' : '=');
  } else if (atom === 'list') return Array.isArray(value) && writeItems(value, schema, words);
  else return isJsonObject(value) && writeFields(value, schema, words);
  return true;
}

function writeItems(list: readonly JsonValue[], schema: PatchSchema, words: string[]): boolean {
  words.push('[');
  const seen = new Set<string>();
  for (const item of list) {
    const found = attempt(() => itemElement(schema, item));
    if (!found.ok || seen.has(found.value.id)) return false;
    seen.add(found.value.id);
    words.push(JSON.stringify(found.value.id));
    if (!writeShape(item, itemSchema(schema), words)) return false;
  }
  words.push(']');
  return true;
}

function writeFields(map: JsonObject, schema: PatchSchema, words: string[]): boolean {
  words.push('{');
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value === undefined) continue;
    const field = fieldSchema(schema, key);
    if (field === undefined) return false;
    words.push(JSON.stringify(key));
    if (!writeShape(value, field, words)) return false;
  }
  words.push('}');
  return true;
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
